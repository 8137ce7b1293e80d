import CHeif

/// Which standards a file of the HEIF family keeps.
struct HEIFBrands {
  private static let heic = ["heic", "heix", "heim", "heis", "hevc", "hevx"]

  private let brands: [String]

  /// Takes a file; `nil` when it does not begin with a list of brands.
  init?(_ bytes: [UInt8]) {
    let view = ByteView(bytes: bytes.prefix(256))
    guard view.has("ftyp", at: 4), let length = view.uint32(at: 0),
      let list = view.slice(at: 8, count: min(length, view.bytes.count) - 8)
    else { return nil }
    brands = stride(from: list.startIndex, to: list.endIndex - 3, by: 4).map {
      String(decoding: list[$0..<$0 + 4], as: UTF8.self)
    }
  }

  var isHEIC: Bool { brands.contains(where: Self.heic.contains) && !isAVIF }
  var isAVIF: Bool { brands.contains("avif") || brands.contains("avis") }
}

func heifHeader(of bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
  try bytes.withUnsafeBufferPointer { (bytes) throws(ImagingError) in
    try HEIFPicture(bytes).imageHeader
  }
}

/// Decodes a HEIC file whose size has been judged.
func decodeHEIF(_ bytes: [UInt8]) throws(ImagingError) -> PixelImage {
  try bytes.withUnsafeBufferPointer { (bytes) throws(ImagingError) in
    try HEIFPicture(bytes).decoded()
  }
}

/// A HEIC file opened by libheif, its pixels not decoded yet.
struct HEIFPicture: ~Copyable {
  private let handle: OpaquePointer
  private let hasAlpha: Bool
  let imageHeader: ImageHeader

  /// Whether libheif is installed. Looked for once.
  static var isAvailable: Bool { cheif_isAvailable() }

  /// Opens a file whose bytes stay where they are for as long as the picture is used.
  ///
  /// - Throws: `.decoderMissing` where libheif is not installed; `.damaged`.
  init(_ bytes: UnsafeBufferPointer<UInt8>) throws(ImagingError) {
    guard Self.isAvailable else { throw .decoderMissing(.heic, library: "libheif") }
    var (width, height, hasAlpha): (UInt32, UInt32, Bool) = (0, 0, false)
    let (opened, detail) = withMessage {
      cheif_open(bytes.baseAddress, bytes.count, &width, &height, &hasAlpha, $0)
    }
    guard let opened else { throw .damaged(.heic, detail: detail) }
    handle = opened
    self.hasAlpha = hasAlpha
    // libheif turns pictures upright itself, by the container's word; EXIF must not turn them twice.
    imageHeader = ImageHeader(
      format: .heic, storedWidth: Int(width), storedHeight: Int(height), orientation: .upright)
  }

  deinit { cheif_close(handle) }

  borrowing func decoded() throws(ImagingError) -> PixelImage {
    let pixelCount = imageHeader.width * imageHeader.height
    var (isDecoded, detail) = (false, "")
    let sampleCount = pixelCount * (hasAlpha ? 4 : 3)
    let rows = [UInt8](unsafeUninitializedCapacity: sampleCount) { buffer, count in
      (isDecoded, detail) = withMessage { cheif_decode(handle, buffer.baseAddress, $0) }
      count = isDecoded ? buffer.count : 0
    }
    guard isDecoded else { throw .damaged(.heic, detail: detail) }
    return PixelImage(
      width: imageHeader.width, height: imageHeader.height,
      pixels: hasAlpha ? laidOverBackground(rgba: rows) : rows)
  }
}

private func laidOverBackground(rgba: [UInt8]) -> [UInt8] {
  let count = rgba.count / 4 * 3
  return [UInt8](unsafeUninitializedCapacity: count) { target, initializedCount in
    for place in 0..<count {
      let pixel = place / 3 * 4
      target[place] = overBackground(rgba[pixel + place % 3], alpha: rgba[pixel + 3])
    }
    initializedCount = count
  }
}

/// Calls a function of CHeif and returns what it says about failure, in both of its ways.
private func withMessage<Result>(
  _ call: (UnsafeMutablePointer<CChar>) -> Result
) -> (result: Result, detail: String) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CHEIF_MESSAGE_SIZE)) { message in
    // A temporary allocation of more than no bytes has an address.
    let start = message.baseAddress!
    start.pointee = 0
    let result = call(start)
    return (result, String(cString: start))
  }
}
