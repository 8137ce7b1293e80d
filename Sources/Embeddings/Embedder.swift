public import Imaging

/// Turns pictures into embeddings.
public protocol Embedder: Sendable {
  var recipe: EmbeddingRecipe { get }

  /// How many calls of `embed` at once make best use of this computer.
  var preferredConcurrency: Int { get }

  /// Returns the picture's embedding: `recipe.dimension` numbers.
  ///
  /// Blocks the calling thread for milliseconds; may be called from several threads at once. The
  /// answer depends on the picture alone, not on what else is being embedded.
  func embed(_ image: PixelImage) throws -> [Float]
}
