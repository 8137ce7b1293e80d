/// A kind of image file that can be decoded.
public enum ImageFormat: String, Sendable, CaseIterable {
  case jpeg
  case png
  case gif
  case bmp
  case webp
  /// HEIC, where libheif is installed.
  case heic
}

/// A kind of image file that is known and not decoded.
public enum UnreadFormat: String, Sendable, CaseIterable {
  case avif
  case jpeg2000
  case jpegXL
  case tiff
}

/// Tells the kind of an image file by its first bytes; its name plays no part.
///
/// - Returns: `nil` when the bytes begin like none of the formats that can be decoded.
public func imageFormat(of bytes: [UInt8]) -> ImageFormat? {
  if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
  if bytes.starts(with: PNGHeader.signature) { return .png }
  if GIFHeader.signatures.contains(where: bytes.starts(with:)) { return .gif }
  if BMPHeader.isLikely(in: bytes) { return .bmp }
  if WebPContainer(bytes) != nil { return .webp }
  if HEIFBrands(bytes)?.isHEIC == true { return .heic }
  return nil
}

/// Tells which kind of image that is not decoded a file is.
///
/// - Returns: `nil` when the bytes begin like none of them.
public func unreadFormat(of bytes: [UInt8]) -> UnreadFormat? {
  if bytes.starts(with: [0x49, 0x49, 42, 0]) || bytes.starts(with: [0x4D, 0x4D, 0, 42]) {
    return .tiff
  }
  if bytes.starts(with: [0, 0, 0, 12] + Array("JXL \r\n".utf8)) { return .jpegXL }
  let jpeg2000 = [[0, 0, 0, 12] + Array("jP  \r\n".utf8), [0xFF, 0x4F, 0xFF, 0x51]]
  if jpeg2000.contains(where: bytes.starts(with:)) { return .jpeg2000 }
  if HEIFBrands(bytes)?.isAVIF == true { return .avif }
  return nil
}
