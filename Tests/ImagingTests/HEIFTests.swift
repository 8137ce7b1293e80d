import Testing

@testable import Imaging

@Suite struct HEIFTests {
  @Test(
    .enabled(if: HEIFPicture.isAvailable, "libheif is not installed"),
    arguments: PictureFixture.heic)
  func heicShowsWhatWentIn(fixture: PictureFixture) throws {
    let header = try imageHeader(of: fixture.bytes)
    #expect((header.width, header.height) == (fixture.width, fixture.height))
    let picture = try decodeImage(fixture.bytes)
    // The code is lossy: the mean is close and no sample far off.
    let differences = zip(picture.pixels, fixture.picture.pixels).map { abs(Int($0) - Int($1)) }
    #expect(differences.reduce(0, +) <= 2 * differences.count)
    #expect(largestDifference(picture, fixture.picture) <= 32)
  }

  @Test(.enabled(if: HEIFPicture.isAvailable, "libheif is not installed"))
  func limitsAreJudgedBeforePixels() throws {
    let fixture = try #require(PictureFixture.heic.first)
    let pixelCount = fixture.width * fixture.height
    #expect(
      throws: ImagingError.tooManyPixels(
        width: fixture.width, height: fixture.height, limit: pixelCount - 1)
    ) {
      try decodeImage(
        fixture.bytes, limits: DecodingLimits(byteCount: 100_000, pixelCount: pixelCount - 1))
    }
  }

  @Test(.enabled(if: HEIFPicture.isAvailable, "libheif is not installed"))
  func heicCutAnywhereIsRefused() throws {
    let fixture = try #require(PictureFixture.heic.first)
    for count in stride(from: 16, to: fixture.bytes.count - 1, by: 101) {
      #expect {
        try decodeImage(Array(fixture.bytes.prefix(count)))
      } throws: { error in
        guard case .damaged(.heic, let detail) = error as? ImagingError else { return false }
        return !detail.isEmpty
      }
    }
  }

  @Test(.enabled(if: !HEIFPicture.isAvailable, "libheif is installed"))
  func withoutTheLibraryTheReasonIsSaid() throws {
    let fixture = try #require(PictureFixture.heic.first)
    #expect(throws: ImagingError.decoderMissing(.heic, library: "libheif")) {
      try decodeImage(fixture.bytes)
    }
  }

  @Test func kindIsToldByTheBrands() throws {
    func file(_ brands: String...) -> [UInt8] {
      [0, 0, 0, UInt8(8 + 4 * brands.count)] + Array("ftyp".utf8)
        + brands.flatMap { Array($0.utf8) }
    }
    #expect(imageFormat(of: file("heic", "\0\0\0\0", "mif1")) == .heic)
    #expect(imageFormat(of: file("mif1", "\0\0\0\0", "heic")) == .heic)
    #expect(imageFormat(of: file("mif1", "\0\0\0\0", "avif")) == nil)
    #expect(unreadFormat(of: file("mif1", "\0\0\0\0", "avif")) == .avif)
    #expect(imageFormat(of: file("mp42", "\0\0\0\0")) == nil)
    #expect(throws: ImagingError.unread(.avif)) { try decodeImage(file("avif", "\0\0\0\0")) }
  }
}
