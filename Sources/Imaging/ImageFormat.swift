/// A kind of image file that can be decoded.
public enum ImageFormat: String, Sendable, CaseIterable {
  case jpeg
  case png
}

/// Tells the kind of an image file by its first bytes; its name plays no part.
///
/// - Returns: `nil` when the bytes begin like none of the formats that can be decoded.
public func imageFormat(of bytes: [UInt8]) -> ImageFormat? {
  if bytes.starts(with: [0xFF, 0xD8, 0xFF]) { return .jpeg }
  if bytes.starts(with: PNGHeader.signature) { return .png }
  return nil
}
