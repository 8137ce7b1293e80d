import Imaging
import Testing
import WorkbenchTesting

@Suite struct GeometryTests {
  @Test(arguments: 0..<30 as Range<UInt64>)
  func mirroringSwapsColumnsAndTwiceIsNothing(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let picture = noise(
      width: Int.random(in: 1...70, using: &generator),
      height: Int.random(in: 1...70, using: &generator), seed: seed)
    let mirrored = picture.mirrored()
    #expect(mirrored.mirrored() == picture)
    for y in 0..<picture.height {
      for x in 0..<picture.width {
        #expect(mirrored.pixel(x, y) == picture.pixel(picture.width - 1 - x, y))
      }
    }
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func croppingKeepsPixelsAndComposes(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let picture = noise(width: 40, height: 30, seed: seed)
    let (x, y) = (
      Int.random(in: 0...20, using: &generator), Int.random(in: 0...10, using: &generator)
    )
    let cut = picture.cropped(x: x, y: y, width: 20, height: 20)
    #expect(cut.pixel(0, 0) == picture.pixel(x, y))
    #expect(cut.pixel(19, 19) == picture.pixel(x + 19, y + 19))
    #expect(
      cut.cropped(x: 3, y: 5, width: 9, height: 7)
        == picture.cropped(x: x + 3, y: y + 5, width: 9, height: 7))
    #expect(picture.cropped(x: 0, y: 0, width: 40, height: 30) == picture)
  }

  @Test func croppingAndMirroringCommute() {
    let picture = noise(width: 40, height: 30, seed: 1)
    #expect(
      picture.mirrored().cropped(x: 4, y: 6, width: 10, height: 12)
        == picture.cropped(x: 26, y: 6, width: 10, height: 12).mirrored())
  }
}

extension PixelImage {
  fileprivate func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    Array(pixels[(y * width + x) * 3..<(y * width + x) * 3 + 3])
  }
}
