import Imaging
import Testing
import WorkbenchTesting

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

  @Test func fittingKeepsTheRatioAndNeverEnlarges() {
    let wide = noise(width: 400, height: 100, seed: 1)
    #expect(wide.resizedToFit(maxSide: 256) == wide.resized(toWidth: 256, height: 64))
    let tall = noise(width: 3, height: 1000, seed: 2)
    #expect(tall.resizedToFit(maxSide: 100) == tall.resized(toWidth: 1, height: 100))
    let small = noise(width: 256, height: 20, seed: 3)
    #expect(small.resizedToFit(maxSide: 256) == small)
  }
}
