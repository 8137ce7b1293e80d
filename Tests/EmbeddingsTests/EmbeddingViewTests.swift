import Embeddings
import Imaging
import Testing

@Suite struct EmbeddingViewTests {
  /// Red grows to the right, green downwards.
  private func ramp(_ width: Int, _ height: Int) -> PixelImage {
    PixelImage(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { (index: Int) -> [UInt8] in
        let (x, y) = (index % width, index / width)
        return [UInt8(x * 255 / width), UInt8(y * 255 / height), 7]
      })
  }

  @Test(arguments: [(400, 300), (300, 400), (1, 1), (5, 9000), (9000, 5), (288, 288)])
  func viewsAreSquares(size: (Int, Int)) {
    for view in EmbeddingView.allCases {
      let pixels = view.pixels(of: ramp(size.0, size.1), side: 24)
      #expect(pixels.width == 24 && pixels.height == 24)
    }
  }

  @Test func squeezedViewIsTheWholePictureMirrored() {
    let image = ramp(400, 300)
    #expect(
      EmbeddingView.squeezed.pixels(of: image, side: 224)
        == image.resized(toWidth: 224, height: 224).mirrored())
  }

  @Test func centredViewIsCutFromShortSideTimes256Over224() {
    let image = ramp(400, 300)
    // 288 · 256/224 = 329.14 and 329 · 400/300 = 438.67.
    #expect(
      EmbeddingView.centred.pixels(of: image, side: 288)
        == image.resized(toWidth: 439, height: 329)
        .cropped(x: 75, y: 20, width: 288, height: 288))
  }

  @Test func middleOfALongPictureIsWhatItsMiddleGives() {
    let image = ramp(4000, 100)
    let middle = image.cropped(x: 1800, y: 0, width: 400, height: 100)
    #expect(
      EmbeddingView.centred.pixels(of: image, side: 64)
        == EmbeddingView.centred.pixels(of: middle, side: 64))
  }

  @Test func plainPictureStaysPlain() {
    let image = PixelImage(
      width: 37, height: 91, pixels: Array(repeating: 99, count: 37 * 91 * 3))
    for view in EmbeddingView.allCases {
      #expect(view.pixels(of: image, side: 50).pixels.allSatisfy { $0 == 99 })
    }
  }

  @Test func recipesAreWhatTheCacheKeysSay() {
    #expect(EmbeddingRecipe.compact.cacheKey == "compact/2")
    #expect(EmbeddingRecipe.compact.dimension == 2 * 1280 + 112 + 192)
    #expect(EmbeddingRecipe.general.dimension == 2864 + 2 * 1280 + 120 + 208)
    #expect(EmbeddingRecipe.general.inputs.map(\.shape).last == [2, 260, 260, 3])
  }
}
