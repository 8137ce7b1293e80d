import Testing
import WorkbenchTesting

@testable import Imaging

@Suite struct ResizeTests {
  @Test(arguments: ResizeFixture.standard.results)
  func pixelsAreThoseOfPillow(result: ResizeFixture.Result) {
    let resized = ResizeFixture.standard.source.resized(
      toWidth: result.width, height: result.height)
    #expect(resized == result.picture)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func onePlainColourStaysAsItIs(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let colour = (0..<3).map { _ in UInt8.random(in: 0...255, using: &generator) }
    func plain(_ width: Int, _ height: Int) -> PixelImage {
      PixelImage(
        width: width, height: height,
        pixels: [[UInt8]](repeating: colour, count: width * height).flatMap { $0 })
    }
    func side() -> Int { Int.random(in: 1...60, using: &generator) }
    let (width, height) = (side(), side())
    #expect(plain(side(), side()).resized(toWidth: width, height: height) == plain(width, height))
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func cuttingWhileResizingIsCuttingAfterIt(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    func side() -> Int { Int.random(in: 1...50, using: &generator) }
    let picture = noise(width: side(), height: side(), seed: seed)
    let (width, height) = (side(), side())
    let left = Int.random(in: 0..<width, using: &generator)
    let top = Int.random(in: 0..<height, using: &generator)
    let columns = left..<Int.random(in: left + 1...width, using: &generator)
    let rows = top..<Int.random(in: top + 1...height, using: &generator)
    #expect(
      picture.resized(toWidth: width, height: height, columns: columns, rows: rows)
        == picture.resized(toWidth: width, height: height).cropped(
          x: left, y: top, width: columns.count, height: rows.count))
  }

  @Test func sameSizeIsTheSamePicture() {
    let picture = noise(width: 33, height: 18, seed: 3)
    #expect(picture.resized(toWidth: 33, height: 18) == picture)
  }

  @Test(
    .enabled(if: ResamplingPath.avx2.isAvailable, "no AVX2"), arguments: 0..<60 as Range<UInt64>)
  func processorWithAVX2GivesTheSamePixels(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    func side() -> Int { Int.random(in: 1...90, using: &generator) }
    let picture = noise(width: side() * side() / 20 + 1, height: side(), seed: seed)
    let (width, height) = (side(), side())
    let columns = Int.random(in: 0..<width, using: &generator)..<width
    let rows = 0..<Int.random(in: 1...height, using: &generator)
    let resized = ResamplingPath.allCases.map {
      picture.resized(toWidth: width, height: height, columns: columns, rows: rows, path: $0)
    }
    #expect(resized[0] == resized[1])
    #expect(picture.halved(path: .portable) == picture.halved(path: .avx2))
  }

  @Test func halvingAveragesFourPixels() {
    let picture = PixelImage(
      width: 3, height: 2,
      pixels: [0, 9, 1, 1, 9, 1, 100, 7, 255, 0, 9, 2, 2, 9, 2, 103, 8, 255])
    let halved = PixelImage(width: 2, height: 1, pixels: [1, 9, 2, 102, 8, 255])
    #expect(picture.halved(path: .portable) == halved)
  }

  @Test func fittingKeepsTheRatioAndNeverEnlarges() {
    let wide = noise(width: 400, height: 100, seed: 1)
    #expect(wide.resizedToFit(maxSide: 256) == wide.resized(toWidth: 256, height: 64))
    let tall = noise(width: 3, height: 1000, seed: 2).resizedToFit(maxSide: 100)
    #expect((tall.width, tall.height) == (1, 100))
    let small = noise(width: 256, height: 20, seed: 3)
    #expect(small.resizedToFit(maxSide: 256) == small)
  }

  /// The limits of near-duplicates were measured with thumbnails that were resized without a short cut.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func fittingShowsWhatResizingDoes(seed: UInt64) {
    let picture = softShapes(width: 1001, height: 833, seed: seed)
    let (fitted, resized) = (
      picture.resizedToFit(maxSide: 128), picture.resized(toWidth: 128, height: 107)
    )
    #expect(largestDifference(fitted, resized) <= 8)
    #expect((perceptualHash(of: fitted) ^ perceptualHash(of: resized)).nonzeroBitCount <= 6)
  }
}
