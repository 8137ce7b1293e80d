import Imaging
import Testing

@Suite struct PerceptualHashTests {
  private func distance(_ left: PixelImage, _ right: PixelImage) -> Int {
    (perceptualHash(of: left) ^ perceptualHash(of: right)).nonzeroBitCount
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func staysCloseUnderWhatDoesNotChangeWhatIsShown(seed: UInt64) throws {
    let picture = softShapes(width: 200, height: 150, seed: seed)
    #expect(distance(picture, picture.resized(toWidth: 91, height: 68)) <= 6)
    #expect(distance(picture, picture.resized(toWidth: 400, height: 300)) <= 6)
    #expect(distance(picture, try decodeImage(picture.jpegData(quality: 40))) <= 6)
    #expect(distance(picture, picture.mapped { 30 + $0 * 7 / 10 }) <= 6)
    #expect(distance(picture, picture.mapped { $0 * 8 / 10 }) <= 6)
  }

  @Test func isFarBetweenDifferentPictures() {
    let pictures = (0..<30).map { softShapes(width: 80, height: 60, seed: $0) }
    var distances: [Int] = []
    for (index, picture) in pictures.enumerated() {
      for other in pictures[..<index] { distances.append(distance(picture, other)) }
    }
    #expect(distances.allSatisfy { $0 > 10 })
    let mean = Double(distances.reduce(0, +)) / Double(distances.count)
    #expect(24...36 ~= mean)
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func mirroredHashIsThatOfTheMirroredPicture(seed: UInt64) {
    let picture = softShapes(width: 120, height: 90, seed: seed)
    let expected = perceptualHash(of: picture.mirrored())
    let found = mirroredPerceptualHash(of: perceptualHash(of: picture))
    #expect((expected ^ found).nonzeroBitCount <= 12)
    #expect(mirroredPerceptualHash(of: found) == perceptualHash(of: picture))
  }

  @Test func plainPicturesHashTo0() {
    for level: UInt8 in [0, 77, 255] {
      let plain = PixelImage(
        width: 50, height: 40, pixels: [UInt8](repeating: level, count: 50 * 40 * 3))
      #expect(perceptualHash(of: plain) == 0)
    }
  }
}

extension PixelImage {
  fileprivate func mapped(_ change: (Int) -> Int) -> PixelImage {
    PixelImage(
      width: width, height: height,
      pixels: pixels.map { UInt8(clamping: change(Int($0))) })
  }
}
