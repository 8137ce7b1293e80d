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

  /// Returns the maps that the recipe's pooling pools: an element for each view, in the order of the
  /// inputs and of their views, each with the maps of the network that sees it; `nil` where the
  /// pooling is not known.
  ///
  /// Blocks like `embed`; the first time it may take a second more.
  func featureMaps(of pixels: EmbeddingPixels) throws -> [[FeatureMap]]?
}

extension Embedder {
  /// Nothing is known of how an embedding comes about.
  public func featureMaps(of pixels: EmbeddingPixels) throws -> [[FeatureMap]]? { nil }

  /// Returns the picture's embedding: `recipe.dimension` numbers.
  public func embed(_ image: PixelImage) throws -> [Float] { try embed(recipe.pixels(of: image)) }
}
