import Dataset
import Embeddings
import ProjectStore

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
    _ files: [FilePath], with classifier: Classifier, in library: Library,
    progress: @Sendable (Int, Int) -> Void
  ) throws -> [Result<JudgedPicture, Refusal>] {
    var results: [Result<JudgedPicture, Refusal>] = []
    try inOrder(files, concurrency: classifier.embedder.preferredConcurrency) { path in
      Result { try Self.judge(path, with: classifier, in: library) }
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
    _ path: FilePath, with classifier: Classifier, in library: Library
  ) throws -> JudgedPicture {
    let bytes = try readPicture(path, limits: library.limits)
    let content = contentHash(of: bytes)
    // A picture that the library has seen is not embedded again.
    let kept = try library.cache.embedding(
      of: content, recipe: classifier.embedder.recipe.cacheKey)
    let halves =
      try kept
      ?? HalfPrecision.bytes(
        of: classifier.embedder.embed(try decodePicture(bytes, limits: library.limits)))
    return JudgedPicture(content: content, probabilities: classifier.probabilities(halves))
  }
}
