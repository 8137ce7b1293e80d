import CWebP

/// Decodes a WebP file whose size has been judged, or the first frame of an animation; pixels as they
/// lie in the file.
func decodeWebP(_ bytes: [UInt8], header: ImageHeader) throws(ImagingError) -> PixelImage {
  let (width, height) = (header.storedWidth, header.storedHeight)
  var status = CWEBP_OK
  let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
    status = cwebp_decode(
      bytes, bytes.count, UInt32(width), UInt32(height), transparentBackground,
      buffer.baseAddress)
    count = status == CWEBP_OK ? buffer.count : 0
  }
  try check(status)
  return PixelImage(width: width, height: height, pixels: pixels)
}

func webPHeader(of bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
  guard let container = WebPContainer(bytes) else { throw .notAnImage }
  return try container.imageHeader(of: bytes)
}

/// The chunks of a WebP file.
struct WebPContainer {
  private static let firstChunk = 12

  private let view: ByteView

  /// Takes a file; `nil` when it begins like no WebP.
  init?(_ bytes: [UInt8]) {
    view = ByteView(bytes: bytes[...], isLittleEndian: true)
    let kinds: [StaticString] = ["VP8 ", "VP8L", "VP8X"]
    guard view.has("RIFF", at: 0), view.has("WEBP", at: 8),
      kinds.contains(where: { view.has($0, at: Self.firstChunk) })
    else { return nil }
  }

  func imageHeader(of bytes: [UInt8]) throws(ImagingError) -> ImageHeader {
    var (width, height): (UInt32, UInt32) = (0, 0)
    try check(cwebp_size(bytes, bytes.count, &width, &height))
    guard width > 0, height > 0 else {
      throw .damaged(.webp, detail: "\(width) × \(height) pixels")
    }
    return ImageHeader(
      format: .webp, storedWidth: Int(width), storedHeight: Int(height),
      orientation: orientation ?? .upright)
  }

  private var orientation: ExifOrientation? {
    var offset = Self.firstChunk
    while let length = view.uint32(at: offset + 4) {
      if view.has("EXIF", at: offset), var exif = view.slice(at: offset + 8, count: length) {
        // Some programs copy the mark that EXIF data has in a JPEG.
        if exif.starts(with: JPEGHeader.exifPrefix) {
          exif.removeFirst(JPEGHeader.exifPrefix.count)
        }
        return ExifOrientation(exif: exif)
      }
      offset += 8 + length + length % 2
    }
    return nil
  }
}

private func check(_ status: cwebp_status) throws(ImagingError) {
  switch status {
  case CWEBP_OK: return
  case CWEBP_TRUNCATED: throw .truncated(.webp)
  case CWEBP_OUT_OF_MEMORY: throw .outOfMemory(.webp)
  default: throw .damaged(.webp, detail: "libwebp refuses it")
  }
}
