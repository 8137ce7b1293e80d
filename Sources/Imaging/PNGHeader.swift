/// The parts of a PNG file that matter before its pixels: size and orientation.
struct PNGHeader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  private static let headerChunk = fourBytes("IHDR")
  private static let exifChunk = fourBytes("eXIf")
  private static let largestSide = 0x7FFF_FFFF

  private(set) var imageHeader: ImageHeader

  /// Reads a file that begins with the signature.
  init(_ bytes: [UInt8]) throws(ImagingError) {
    let view = ByteView(bytes: bytes[...])
    guard let length = view.uint32(at: 8), let kind = view.uint32(at: 12),
      let width = view.uint32(at: 16), let height = view.uint32(at: 20)
    else { throw .truncated(.png) }
    guard length == 13, kind == Self.headerChunk else {
      throw .damaged(.png, detail: "the first chunk is not IHDR")
    }
    guard 1...Self.largestSide ~= width, 1...Self.largestSide ~= height else {
      throw .damaged(.png, detail: "\(width) × \(height) pixels")
    }
    imageHeader = ImageHeader(
      format: .png, storedWidth: width, storedHeight: height,
      orientation: Self.orientation(in: view) ?? .upright)
  }

  /// Looks through all chunks, since eXIf may follow the pixels.
  private static func orientation(in view: ByteView) -> ExifOrientation? {
    var offset = signature.count
    while let length = view.uint32(at: offset), let kind = view.uint32(at: offset + 4) {
      if kind == exifChunk, let exif = view.slice(at: offset + 8, count: length) {
        return ExifOrientation(exif: exif)
      }
      offset += 12 + length
    }
    return nil
  }

  private static func fourBytes(_ name: StaticString) -> Int {
    name.withUTF8Buffer { $0.reduce(0) { $0 << 8 | Int($1) } }
  }
}
