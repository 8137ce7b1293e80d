import Imaging
import Testing
import WorkbenchTesting

@Suite struct DecodingTests {
  @Test(arguments: PictureFixture.png + PictureFixture.gif + PictureFixture.bmp)
  func hasThePixelsOfPillow(fixture: PictureFixture) throws {
    #expect(try decodeImage(fixture.bytes) == fixture.picture)
  }

  @Test(arguments: PictureFixture.jpeg + PictureFixture.webp)
  func hasThePixelsOfPillowUpToRounding(fixture: PictureFixture) throws {
    let picture = try decodeImage(fixture.bytes)
    try #require(picture.width == fixture.width && picture.height == fixture.height)
    // Releases of libjpeg-turbo and libwebp may round differently.
    #expect(largestDifference(picture, fixture.picture) <= 1)
  }

  @Test(arguments: PictureFixture.reduced)
  func reducedPictureHasThePixelsOfPillowUpToRounding(fixture: PictureFixture) throws {
    let shortSide = min(fixture.width, fixture.height)
    let picture = try decodeImage(fixture.bytes, reducedTo: shortSide)
    try #require(picture.width == fixture.width && picture.height == fixture.height)
    #expect(largestDifference(picture, fixture.picture) <= 1)
    let larger = try decodeImage(fixture.bytes, reducedTo: shortSide + 1)
    #expect(min(larger.width, larger.height) > shortSide)
  }

  @Test(arguments: PictureFixture.all)
  func pictureThatIsNoLargerThanAskedForIsDecodedInFull(fixture: PictureFixture) throws {
    let shortSide = min(fixture.width, fixture.height)
    let whole = try decodeImage(fixture.bytes)
    #expect(try decodeImage(fixture.bytes, reducedTo: shortSide) == whole)
    #expect(try decodeImage(fixture.bytes, reducedTo: 1000) == whole)
    if !PictureFixture.jpeg.contains(where: { $0.name == fixture.name }) {
      #expect(try decodeImage(fixture.bytes, reducedTo: 1) == whole)
    }
  }

  @Test(arguments: PictureFixture.all)
  func headerTellsTheSizeOfTheDecodedPicture(fixture: PictureFixture) throws {
    let header = try imageHeader(of: fixture.bytes)
    #expect((header.width, header.height) == (fixture.width, fixture.height))
    #expect(header.format == imageFormat(of: fixture.bytes))
  }

  @Test(arguments: PictureFixture.all)
  func fileCutAnywhereGivesAPictureOrAnError(fixture: PictureFixture) {
    for count in stride(from: 0, to: fixture.bytes.count, by: 7) {
      let start = Array(fixture.bytes.prefix(count))
      do {
        // A file cut behind its last pixel is whole.
        #expect(largestDifference(try decodeImage(start), fixture.picture) <= 1)
      } catch {
        let format = imageFormat(of: fixture.bytes)
        #expect(
          error == .notAnImage || error == format.map { .truncated($0) }, "cut to \(count) bytes")
      }
    }
  }

  @Test(arguments: PictureFixture.all)
  func wrongBytesGiveAPictureOrAnError(fixture: PictureFixture) {
    var generator = SplitMix64(seed: 1)
    let limits = DecodingLimits(byteCount: 1_000_000, pixelCount: 1_000_000)
    for _ in 0..<60 {
      var bytes = fixture.bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      do {
        let picture = try decodeImage(bytes, limits: limits)
        #expect(picture.width * picture.height <= limits.pixelCount)
      } catch {
        #expect(!ImageFormat.allCases.contains { error == .outOfMemory($0) })
      }
    }
  }

  @Test func otherBytesAreNotAnImage() {
    for bytes: [UInt8] in [
      [], [0xFF], [0xFF, 0xD8], Array("GIF88a".utf8), Array("BMW".utf8), Array("plain".utf8),
    ] {
      #expect(imageFormat(of: bytes) == nil)
      #expect(throws: ImagingError.notAnImage) { try decodeImage(bytes) }
    }
  }

  @Test func jpegWithoutItsEndIsTruncatedAndWithBytesBehindItIsNot() throws {
    let fixture = try PictureFixture.named("4:2:0")
    #expect(throws: ImagingError.truncated(.jpeg)) {
      try decodeImage(Array(fixture.bytes.dropLast(2)))
    }
    #expect(throws: ImagingError.truncated(.jpeg)) {
      try decodeImage(fixture.bytes.dropLast(100) + [UInt8](repeating: 0, count: 100))
    }
    #expect(try decodeImage(fixture.bytes + [1, 2, 3]) == decodeImage(fixture.bytes))
  }

  /// An unknown version of JFIF is worth a warning to the decoder, and nothing else.
  @Test func warningCostsNothing() throws {
    var bytes = try PictureFixture.named("4:2:0").bytes
    let picture = try decodeImage(bytes)
    bytes[try jfifVersion(in: bytes)] = 9
    #expect(try decodeImage(bytes) == picture)
  }

  /// The decoder tells of a warning alone, though it has given up before the first row.
  @Test func warningDoesNotHideAnError() throws {
    var bytes = try PictureFixture.named("progressive").bytes
    bytes[try jfifVersion(in: bytes)] = 9
    let scan = try #require(bytes.firstIndex(ofSequence: [0xFF, 0xDA]))
    let table = try #require(bytes[scan...].firstIndex(ofSequence: [0xFF, 0xC4]))
    bytes[table + 5] = 0xFF
    #expect(
      throws: ImagingError.damaged(.jpeg, detail: "Bogus Huffman table definition")
    ) { try decodeImage(bytes) }
  }

  private func jfifVersion(in bytes: [UInt8]) throws -> Int {
    try #require(bytes.firstIndex(ofSequence: Array("JFIF".utf8))) + 5
  }

  @Test func variantsThatAreNotDecodedAreNamed() throws {
    let fixture = try PictureFixture.named("gray")
    let frame = try #require(fixture.bytes.firstIndex(ofSequence: [0xFF, 0xC0]))
    func changed(_ offset: Int, to value: UInt8) -> [UInt8] {
      var bytes = fixture.bytes
      bytes[frame + offset] = value
      return bytes
    }
    #expect(throws: ImagingError.unsupported(.jpeg, .jpegProcess(marker: 0xC3))) {
      try decodeImage(changed(1, to: 0xC3))
    }
    #expect(throws: ImagingError.unsupported(.jpeg, .sampleBits(12))) {
      try decodeImage(changed(4, to: 12))
    }
    #expect(throws: ImagingError.unsupported(.jpeg, .componentCount(2))) {
      try decodeImage(changed(9, to: 2))
    }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int, SubSequence: Collection<UInt8> {
  fileprivate func firstIndex(ofSequence sequence: [UInt8]) -> Int? {
    indices.first { self[$0...].starts(with: sequence) }
  }
}
