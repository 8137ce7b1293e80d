public import Imaging

/// What a recipe's graph takes of one picture: the pixels of every view of every input.
///
/// Much smaller than a photo (about 400 kB for `compact`), so that pictures can wait for the graph
/// without being decoded twice.
public struct EmbeddingPixels: Sendable {
  /// One element per input of the recipe, each with one picture per view, in order.
  public let inputs: [[PixelImage]]

  public init(inputs: [[PixelImage]]) { self.inputs = inputs }

  /// The memory that they take.
  public var byteCount: Int {
    inputs.joined().reduce(0) { $0 + $1.pixels.count }
  }
}

extension EmbeddingRecipe {
  /// What the shorter side of a picture keeps, in pixels, when its file is decoded at a part of its
  /// size for an embedding, as by `decodeImage(_:limits:reducedTo:)`.
  ///
  /// Twice as many as a view needs, which is where Pillow's `thumbnail` lets the decoder reduce, too;
  /// never fewer than `leastDecodedShortSide`. What it changes, `Tests/Benchmarks/reducing.py` measures.
  public var decodedShortSide: Int { max(Self.leastDecodedShortSide, 2 * squareSide) }

  /// What all recipes but those of large encoders ask for; thumbnails are made of as many pixels, so
  /// that a picture need not be decoded twice.
  public static let leastDecodedShortSide = 658

  /// Cuts everything out of a picture that the recipe's graph takes.
  public func pixels(of image: PixelImage) -> EmbeddingPixels {
    let seen = seesSquares ? image.resized(toWidth: squareSide, height: squareSide) : image
    return EmbeddingPixels(
      inputs: inputs.map { input in
        input.views.map { $0.pixels(of: seen, side: input.side) }
      })
  }
}
