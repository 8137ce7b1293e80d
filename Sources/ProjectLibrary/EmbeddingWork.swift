import Dataset
import Embeddings
import Glibc
import Imaging
import Matrices
import ProjectStore

/// How far the making of embeddings is.
public struct EmbeddingProgress: Hashable, Sendable {
  public let doneCount: Int
  public let imageCount: Int
  /// Seconds since the first one.
  public let seconds: Double
}

extension Library {
  /// Makes and keeps the embeddings that these contents lack, on the calling thread and its helpers.
  ///
  /// What is done stays done when the task is cancelled; nothing is computed twice, also not by two
  /// processes: the second waits for the first and finds its work.
  func ensureEmbeddings(
    of contents: [ContentHash], with embedder: any Embedder,
    progress: (EmbeddingProgress) -> Void
  ) throws {
    let recipe = embedder.recipe.cacheKey
    if try cache.contentsWithoutEmbedding(contents, recipe: recipe).isEmpty { return }
    let lock = try waitForLock("\(path)/locks/embedding")
    defer { lock.release() }
    let missing = try cache.contentsWithoutEmbedding(contents, recipe: recipe)
    let start = now()
    var batch: [(ContentHash, [UInt8])] = []
    var doneCount = 0
    defer {
      // After a failure or a cancellation, too, what was computed is kept; if even that fails, the
      // failure that is on its way tells more.
      try? cache.keep(embeddings: batch, recipe: recipe)
    }
    try inOrder(missing, concurrency: embedder.preferredConcurrency) { content in
      Result { HalfPrecision.bytes(of: try embedder.embed(try self.pixels(of: content))) }
    } consume: { content, result in
      batch.append((content, try result.get()))
      doneCount += 1
      if batch.count == 32 {
        try cache.keep(embeddings: batch, recipe: recipe)
        batch = []
      }
      progress(
        EmbeddingProgress(
          doneCount: doneCount, imageCount: missing.count, seconds: now() - start))
    }
  }

  private func pixels(of content: ContentHash) throws -> PixelImage {
    try decodeImage(try originals.bytes(of: content, name: content.description))
  }

  /// Waits for a lock that another process may hold for minutes, and notices when it is cancelled.
  private func waitForLock(_ path: String) throws -> FileLock {
    while true {
      if let lock = try FileLock.tryAcquire(path) { return lock }
      try Task.checkCancellation()
      usleep(50_000)
    }
  }

  /// The embeddings of contents as a matrix, one row each; all of them must be in the cache.
  func embeddings(of contents: [ContentHash], recipe: EmbeddingRecipe) throws -> Matrix {
    var elements: [Float] = []
    elements.reserveCapacity(contents.count * recipe.dimension)
    for content in contents {
      guard let kept = try cache.embedding(of: content, recipe: recipe.cacheKey),
        let floats = HalfPrecision.numbers(of: kept), floats.count == recipe.dimension
      else { throw StoreError.damaged("the embedding of \(content) is missing or cut short") }
      elements += floats
    }
    return Matrix(rowCount: contents.count, columnCount: recipe.dimension, elements: elements)
  }
}
