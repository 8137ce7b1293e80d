/// Decodes an image file to upright RGB.
///
/// The pixels are those that Pillow gives after `ImageOps.exif_transpose` and `convert("RGB")`, with
/// these choices where formats leave one: transparency lies over neutral gray (128) in the file's own
/// values; colour profiles and gamma are ignored; samples of 16 bits lose their lower 8; the
/// orientation is taken from EXIF data alone; of an animation the first frame is decoded, on its
/// canvas. HEIC is decoded by libheif, which Pillow does not read.
///
/// - Parameter shortSide: Pixels that the shorter side need not exceed, 1 or more. A JPEG that has so
///   many of them at a half, a quarter or an eighth of its size is decoded at the smallest of these,
///   as Pillow does after `draft`: its transform gives fewer pixels in less time. Other formats are
///   always decoded in full. `nil` asks for every pixel.
/// - Throws: `.tooManyBytes` and `.tooManyPixels` beyond the limits, before memory is taken;
///   `.notAnImage` for other kinds of file, `.unread` for those that are known; `.unsupported`,
///   `.truncated`, `.damaged`, `.decoderMissing` or `.outOfMemory` when there are no pixels to be had.
public func decodeImage(
  _ bytes: [UInt8], limits: DecodingLimits = .standard, reducedTo shortSide: Int? = nil
) throws(ImagingError) -> PixelImage {
  let header = try imageHeader(of: bytes, limits: limits)
  let stored =
    switch header.format {
    case .jpeg: try decodeJPEG(bytes, reducedTo: shortSide)
    case .png: try decodePNG(bytes, header: header)
    case .gif: try decodeGIF(bytes)
    case .bmp: try decodeBMP(bytes)
    case .webp: try decodeWebP(bytes, header: header)
    case .heic: try decodeHEIF(bytes)
    }
  return stored.turnedUpright(from: header.orientation)
}
