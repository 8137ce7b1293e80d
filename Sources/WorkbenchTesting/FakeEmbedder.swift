public import Embeddings
public import Imaging

/// Makes embeddings of mean colours, so that tests can train without a network of neurons.
///
/// The picture is cut into 4 × 4 blocks; the mean red, green and blue of each, in 0…1, are the
/// embedding.
public struct FakeEmbedder: Embedder {
  private static let blocks = 4

  public let recipe: EmbeddingRecipe
  public let preferredConcurrency = 1

  public init(version: Int = 1) {
    recipe = EmbeddingRecipe(
      name: "fake", version: version, dimension: Self.blocks * Self.blocks * 3)
  }

  public func embed(_ image: PixelImage) -> [Float] {
    (0..<Self.blocks).flatMap { row in
      (0..<Self.blocks).flatMap { column in
        meanColor(
          of: image, rows: Self.span(row, of: image.height),
          columns: Self.span(column, of: image.width))
      }
    }
  }

  /// The pixels of one of the blocks; pictures smaller than 4 pixels repeat some.
  private static func span(_ block: Int, of length: Int) -> Range<Int> {
    let start = min(block * length / blocks, length - 1)
    return start..<max(start + 1, (block + 1) * length / blocks)
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
