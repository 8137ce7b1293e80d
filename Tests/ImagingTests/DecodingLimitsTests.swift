import Imaging
import Testing

@Suite struct DecodingLimitsTests {
  @Test(arguments: PictureFixture.all)
  func limitsAreJudgedToThePixelAndTheByte(fixture: PictureFixture) throws {
    let (bytes, pixels) = (fixture.bytes.count, fixture.width * fixture.height)
    let enough = DecodingLimits(byteCount: bytes, pixelCount: pixels)
    #expect(throws: Never.self) { try decodeImage(fixture.bytes, limits: enough) }
    #expect(throws: ImagingError.tooManyBytes(found: bytes, limit: bytes - 1)) {
      try decodeImage(
        fixture.bytes, limits: DecodingLimits(byteCount: bytes - 1, pixelCount: pixels))
    }
    #expect(
      throws: ImagingError.tooManyPixels(
        width: fixture.width, height: fixture.height, limit: pixels - 1)
    ) {
      try decodeImage(
        fixture.bytes, limits: DecodingLimits(byteCount: bytes, pixelCount: pixels - 1))
    }
  }

  /// Small files whose headers claim pixels of gigabytes.
  @Test func bombsAreRefusedByTheirHeaders() throws {
    func bomb(_ fixture: String, at offset: Int, _ bytes: [UInt8]) throws -> [UInt8] {
      var file = try PictureFixture.named(fixture).bytes
      file.replaceSubrange(offset..<offset + bytes.count, with: bytes)
      return file
    }
    let side = [UInt8](repeating: 0xFF, count: 4)
    let gif = try PictureFixture.named("GIF").bytes
    let frame = try #require(gif[(13 + 3 << (gif[10] & 7 + 1))...].firstIndex(of: 0x2C))
    let bombs: [([UInt8], Int, Int)] = [
      (try bomb("GIF", at: 6, side), 65_535, 65_535),
      (try bomb("GIF", at: frame + 5, side), 65_535, 65_535),
      (
        try bomb("BMP 24 bits , short header", at: 18, [0xFF, 0xFF, 0xFF, 0x7F] + [1, 0, 0, 1]),
        0x7FFF_FFFF, 0x0100_0001
      ),
      (try bomb("BMP runs of 8 bits", at: 18, [0, 0, 1, 0, 0, 0, 1, 0]), 65_536, 65_536),
      (
        try bomb("WebP with three frames", at: 24, [0x1F, 0x4E, 0, 0x1F, 0x4E, 0]),
        20_000, 20_000
      ),
    ]
    for (file, width, height) in bombs {
      #expect(
        throws: ImagingError.tooManyPixels(width: width, height: height, limit: 100_000_000)
      ) { try decodeImage(file) }
    }
  }

  /// A header that claims 4.6 · 10¹⁸ pixels, which also do not fit an `Int` as bytes.
  @Test func decompressionBombIsRefusedByItsHeader() throws {
    var bytes = try PictureFixture.named("type 2, 8 bits").bytes
    bytes.replaceSubrange(16..<24, with: [0x7F, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF])
    let side = 0x7FFF_FFFF
    #expect(
      throws: ImagingError.tooManyPixels(width: side, height: side, limit: 100_000_000)
    ) { try decodeImage(bytes) }
  }
}
