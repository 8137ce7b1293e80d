public import Embeddings
import Imaging

/// Makes embeddings of mean colours, so that tests can train without a network of neurons.
///
/// The picture is squeezed to a square and cut into 4 × 4 blocks; the mean red, green and blue of
/// each, in 0…1, are the embedding.
public struct FakeEmbedder: Embedder {
  private static let blocks = 4
  private static let side = 24

  public let recipe: EmbeddingRecipe
  public let preferredConcurrency = 1

  public init(version: Int = 1) {
    recipe = EmbeddingRecipe(
      name: "fake", version: version, dimension: Self.blocks * Self.blocks * 3,
      inputs: [EmbeddingInput(name: "pixels", side: Self.side, views: [.squeezed])])
  }

  public func embed(_ pixels: EmbeddingPixels) -> [Float] {
    let image = pixels.inputs[0][0]
    return (0..<Self.blocks).flatMap { row in
      (0..<Self.blocks).flatMap { column in
        meanColor(of: image, rows: Self.span(row), columns: Self.span(column))
      }
    }
  }

  /// The pixels of one of the blocks.
  private static func span(_ block: Int) -> Range<Int> {
    block * side / blocks..<(block + 1) * side / blocks
  }

  private func meanColor(
    of image: PixelImage, rows: Range<Int>, columns: Range<Int>
  ) -> [Float] {
    var sums = [0, 0, 0]
    for row in rows {
      for column in columns {
        let pixel = (row * image.width + column) * 3
        for channel in 0..<3 { sums[channel] += Int(image.pixels[pixel + channel]) }
      }
    }
    return sums.map { Float($0) / Float(255 * rows.count * columns.count) }
  }
}
