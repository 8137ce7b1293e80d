import Dataset
import Embeddings
import Imaging

/// A file with the probabilities of its picture.
struct JudgedPicture: Sendable {
  let content: ContentHash
  /// In the order of the classifier's tags.
  let probabilities: [Float]
}

/// Judges files on a thread of its own.
actor PredictionRunner {
  private nonisolated let executor = QueueExecutor("prediction")
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// One result a file, in their order.
  ///
  /// - Throws: `CancellationError`, or what keeps the backbone from running at all.
  func judge(
    _ files: [FilePath], with classifier: Classifier, progress: @Sendable (Int, Int) -> Void
  ) throws -> [Result<JudgedPicture, Refusal>] {
    var results: [Result<JudgedPicture, Refusal>] = []
    try inOrder(files, concurrency: classifier.embedder.preferredConcurrency) { path in
      Result { try Self.judge(path, with: classifier) }
    } consume: { _, result in
      do {
        results.append(.success(try result.get()))
      } catch let refusal as Refusal {
        results.append(.failure(refusal))
      }
      progress(results.count, files.count)
    }
    return results
  }

  private static func judge(
    _ path: FilePath, with classifier: Classifier
  ) throws -> JudgedPicture {
    let bytes = try readPicture(path)
    let image = try decodePicture(bytes)
    return JudgedPicture(
      content: contentHash(of: bytes), probabilities: try classifier.probabilities(of: image))
  }
}
