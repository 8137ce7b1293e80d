/// What an image file says about itself before any pixel is decoded.
public struct ImageHeader: Equatable, Sendable {
  public let format: ImageFormat
  /// Pixels across and down once the picture stands upright: the size of the decoded picture.
  public let width: Int
  public let height: Int
  let orientation: ExifOrientation

  init(format: ImageFormat, storedWidth: Int, storedHeight: Int, orientation: ExifOrientation) {
    self.format = format
    self.width = orientation.swapsSides ? storedHeight : storedWidth
    self.height = orientation.swapsSides ? storedWidth : storedHeight
    self.orientation = orientation
  }

  /// Pixels across and down as they lie in the file.
  var storedWidth: Int { orientation.swapsSides ? height : width }
  var storedHeight: Int { orientation.swapsSides ? width : height }
}

/// Reads the header of an image file and holds it against the limits.
///
/// Takes no memory for pixels. A sound header says nothing about the pixels that follow it.
///
/// - Throws: `.tooManyBytes` and `.tooManyPixels` beyond the limits; `.notAnImage` for other kinds of
///   file, `.unread` for those that are known; `.unsupported`, `.truncated`, `.damaged` or
///   `.decoderMissing` when the header cannot be read.
public func imageHeader(
  of bytes: [UInt8], limits: DecodingLimits = .standard
) throws(ImagingError) -> ImageHeader {
  guard bytes.count <= limits.byteCount else {
    throw .tooManyBytes(found: bytes.count, limit: limits.byteCount)
  }
  guard let format = imageFormat(of: bytes) else {
    if let format = unreadFormat(of: bytes) { throw .unread(format) }
    throw .notAnImage
  }
  let header =
    switch format {
    case .jpeg: try JPEGHeader(bytes).imageHeader
    case .png: try PNGHeader(bytes).imageHeader
    case .gif: try GIFHeader(bytes).imageHeader
    case .bmp: try BMPHeader(bytes).imageHeader
    case .webp: try webPHeader(of: bytes)
    case .heic: try heifHeader(of: bytes)
    }
  let (pixelCount, overflows) = header.width.multipliedReportingOverflow(by: header.height)
  guard !overflows, pixelCount <= limits.pixelCount else {
    throw .tooManyPixels(width: header.width, height: header.height, limit: limits.pixelCount)
  }
  return header
}
