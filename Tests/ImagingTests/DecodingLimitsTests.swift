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
