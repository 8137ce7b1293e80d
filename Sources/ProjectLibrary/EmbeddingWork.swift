import Dataset
import Embeddings
import Glibc
import Imaging
import Matrices
import ProjectStore

/// How far the making of embeddings is.
public struct EmbeddingProgress: Hashable, Sendable {
  public let doneCount: Int
  /// Those done and those known to be missing; grows while an import runs.
  public let imageCount: Int
  /// Seconds of work so far.
  public let seconds: Double

  public init(doneCount: Int, imageCount: Int, seconds: Double) {
    self.doneCount = doneCount
    self.imageCount = imageCount
    self.seconds = seconds
  }
}

/// A picture that needs an embedding.
struct PictureToEmbed: Sendable {
  let content: ContentHash
  /// What the graph takes of it; `nil` when that has to be cut out of the original.
  let pixels: EmbeddingPixels?
}

/// Makes and keeps embeddings.
///
/// One process at a time does, so that nothing is computed twice; a training that waits for its
/// embeddings goes before jobs that only work ahead.
extension Library {
  /// Makes the embeddings that these contents lack, for somebody who waits for them.
  ///
  /// What is done stays done when the task is cancelled.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, and what the embedder throws.
  private func ensureEmbeddings(
    of contents: [ContentHash], with embedder: any Embedder,
    progress: (EmbeddingProgress) -> Void
  ) throws {
    let recipe = embedder.recipe.cacheKey
    if try cache.contentsWithoutEmbedding(contents, recipe: recipe).isEmpty { return }
    let turn = try waitForEmbeddingTurn(isUrgent: true)
    defer { turn.end() }
    let missing = try cache.contentsWithoutEmbedding(contents, recipe: recipe)
    let start = now()
    var report = EmbeddingReport()
    let pictures = missing.map { PictureToEmbed(content: $0, pixels: nil) }
    try embed(pictures, with: embedder, into: &report) { report in
      progress(
        EmbeddingProgress(
          doneCount: report.madeCount, imageCount: missing.count, seconds: now() - start))
    }
    // Without every one of them there is no training: the first that failed tells why.
    if let content = report.unreadable.first {
      _ = try embedder.embed(picture(content, for: embedder.recipe))
    }
  }

  /// Makes the embeddings of pictures in this process's turn, and keeps them 32 at a time.
  ///
  /// A picture that cannot be read costs only itself.
  func embed(
    _ pictures: [PictureToEmbed], with embedder: any Embedder, into report: inout EmbeddingReport,
    progress: (EmbeddingReport) -> Void
  ) throws {
    let recipe = embedder.recipe.cacheKey
    // Another process may have made some since they were counted.
    let missing = Set(
      try cache.contentsWithoutEmbedding(pictures.map(\.content), recipe: recipe))
    var batch: [(ContentHash, [UInt8])] = []
    do {
      try inOrder(
        pictures.filter { missing.contains($0.content) },
        concurrency: embedder.preferredConcurrency
      ) { picture in
        self.embed(picture, with: embedder)
      } consume: { picture, result in
        guard let halves = try result.get() else {
          report.unreadable.insert(picture.content)
          return
        }
        batch.append((picture.content, halves))
        report.madeCount += 1
        if batch.count == 32 {
          try cache.keep(embeddings: batch, recipe: recipe)
          batch = []
        }
        progress(report)
      }
    } catch {
      // What was computed is kept all the same; if even that fails, the failure that is on its way tells
      // more.
      try? cache.keep(embeddings: batch, recipe: recipe)
      throw error
    }
    try cache.keep(embeddings: batch, recipe: recipe)
  }

  /// The embedding as 16-bit floats; `nil` when the original cannot be read.
  private func embed(
    _ picture: PictureToEmbed, with embedder: any Embedder
  ) -> Result<[UInt8]?, any Error> {
    Result {
      var pixels = picture.pixels
      do {
        pixels =
          try pixels
          ?? embedder.recipe.pixels(
            of: self.picture(picture.content, for: embedder.recipe))
      } catch is ImagingError {
      } catch LibraryError.originalMissing {
      } catch LibraryError.originalDamaged {
      }
      return try pixels.map { HalfPrecision.bytes(of: try embedder.embed($0)) }
    }
  }

  private func picture(
    _ content: ContentHash, for recipe: EmbeddingRecipe
  ) throws -> PixelImage {
    try decodeImage(
      try originals.bytes(of: content, name: content.description), limits: limits,
      reducedTo: recipe.decodedShortSide)
  }

  /// The contents that have no embedding yet; of all images of the project, oldest first, where
  /// `contents` is `nil`.
  func contentsToEmbed(
    in project: Project, among contents: [ContentHash]?, besides report: EmbeddingReport
  ) throws -> ArraySlice<ContentHash> {
    let recipe = try embedder(for: project.domain).recipe.cacheKey
    let contents = try contents ?? store.read { try $0.contents(of: project.id) }
    return try cache.contentsWithoutEmbedding(contents, recipe: recipe)
      .filter { !report.unreadable.contains($0) }[...]
  }

  /// The embeddings of contents as a matrix, one row each; those that are missing are made.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, and what the embedder throws.
  func embeddings(
    of contents: [ContentHash], with embedder: any Embedder,
    progress: (EmbeddingProgress) -> Void
  ) throws -> Matrix {
    let recipe = embedder.recipe
    try ensureEmbeddings(of: contents, with: embedder, progress: progress)
    if let rows = try keptEmbeddings(of: contents, recipe: recipe) { return rows }
    // Some were changed on the disk, and are as good as missing.
    let changed = try contents.filter { try numbers(of: $0, recipe: recipe) == nil }
    try cache.forgetEmbeddings(of: changed, recipe: recipe.cacheKey)
    try ensureEmbeddings(of: contents, with: embedder, progress: progress)
    guard let rows = try keptEmbeddings(of: contents, recipe: recipe) else {
      throw StoreError.damaged("embeddings in \(cache.path) change while they are used")
    }
    return rows
  }

  /// `nil` when one of them is not to be had.
  private func keptEmbeddings(
    of contents: [ContentHash], recipe: EmbeddingRecipe
  ) throws -> Matrix? {
    var elements: [Float] = []
    elements.reserveCapacity(contents.count * recipe.dimension)
    for content in contents {
      guard let numbers = try numbers(of: content, recipe: recipe) else { return nil }
      elements += numbers
    }
    return Matrix(rowCount: contents.count, columnCount: recipe.dimension, elements: elements)
  }

  private func numbers(of content: ContentHash, recipe: EmbeddingRecipe) throws -> [Float]? {
    try cache.embedding(of: content, recipe: recipe.cacheKey)
      .flatMap(HalfPrecision.numbers)
      .flatMap { $0.count == recipe.dimension ? $0 : nil }
  }
}
