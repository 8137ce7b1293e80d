public import Imaging

/// Turns pictures into embeddings.
public protocol Embedder: Sendable {
  var recipe: EmbeddingRecipe { get }

  /// How many calls of `embed` at once make best use of this computer.
  var preferredConcurrency: Int { get }

  /// Returns the embedding of the picture that the pixels were cut out of: `recipe.dimension` numbers.
  ///
  /// Blocks the calling thread for milliseconds; may be called from several threads at once. The
  /// answer depends on the pixels alone, not on what else is being embedded.
  ///
  /// - Parameter pixels: Made by `recipe.pixels(of:)`.
  func embed(_ pixels: EmbeddingPixels) throws -> [Float]
}

extension Embedder {
  /// Returns the picture's embedding: `recipe.dimension` numbers.
  public func embed(_ image: PixelImage) throws -> [Float] { try embed(recipe.pixels(of: image)) }
}
