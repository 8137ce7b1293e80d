import Imaging
import Testing

@Suite struct EncodingTests {
  @Test(arguments: [(1, 1), (3, 200), (257, 5), (40, 30)])
  func pngLosesNothing(width: Int, height: Int) throws {
    let picture = noise(width: width, height: height, seed: 7)
    let data = try picture.pngData()
    #expect(imageFormat(of: data) == .png)
    #expect(try decodeImage(data) == picture)
  }

  @Test func jpegIsCloserAndLargerTheHigherItsQuality() throws {
    let picture = softShapes(width: 120, height: 90, seed: 7)
    let (rough, fine) = (try picture.jpegData(quality: 20), try picture.jpegData(quality: 95))
    #expect(rough.count < fine.count)
    #expect(largestDifference(try decodeImage(fine), picture) <= 8)
    #expect(imageFormat(of: fine) == .jpeg)
  }

  @Test func jpegOfTooLongASideIsRefused() throws {
    let picture = noise(width: 65_501, height: 1, seed: 7)
    #expect {
      try picture.jpegData(quality: 80)
    } throws: { error in
      guard case .notEncoded(.jpeg, let detail) = error as? ImagingError else { return false }
      return !detail.isEmpty
    }
  }

  @Test func digestIsThatOfTheStandard() {
    let hex = sha256(Array("abc".utf8)).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    // FIPS 180-2, appendix B.1.
    #expect(hex.joined() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
