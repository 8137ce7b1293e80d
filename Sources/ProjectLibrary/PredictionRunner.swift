import Dataset
import Embeddings
import Imaging
import ProjectStore
import WorkThreads

/// A file with the probabilities of its picture.
struct JudgedPicture: Sendable {
  let content: ContentHash
  /// In the order of the classifier's tags.
  let probabilities: [Float]
  /// The embedding that was made for it; `nil` where one was kept.
  var newEmbedding: [UInt8]?
}

/// Judges files on a thread of its own.
actor PredictionRunner {
  private nonisolated let executor = ThreadExecutor("prediction", .same)
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
    try judge(
      try readPicture(path, limits: library.limits), with: classifier, in: library, within: nil)
  }

  /// Judges one picture on the thread that asks.
  ///
  /// - Throws: `Refusal`; `PictureOutOfBounds`; what keeps the backbone from running at all.
  nonisolated func judge(
    _ bytes: [UInt8], with classifier: Classifier, in library: Library, within bounds: PictureBounds
  ) throws -> JudgedPicture {
    try Self.judge(bytes, with: classifier, in: library, within: bounds)
  }

  private static func judge(
    _ bytes: [UInt8], with classifier: Classifier, in library: Library,
    within bounds: PictureBounds?
  ) throws -> JudgedPicture {
    let content = contentHash(of: bytes)
    // A picture that the library has seen is not embedded again.
    let kept = try library.cache.embedding(
      of: content, recipe: classifier.embedder.recipe.cacheKey)
    let halves: [UInt8]
    if let kept {
      halves = kept
    } else {
      if let bounds {
        let header = try pictureHeader(of: bytes, limits: library.limits)
        try bounds.check(width: header.width, height: header.height)
      }
      let image = try decodePicture(
        bytes, limits: library.limits,
        reducedTo: classifier.embedder.recipe.decodedShortSide)
      halves = HalfPrecision.bytes(of: try classifier.embedder.embed(image))
    }
    return JudgedPicture(
      content: content, probabilities: classifier.probabilities(halves),
      newEmbedding: kept == nil ? halves : nil)
  }
}
