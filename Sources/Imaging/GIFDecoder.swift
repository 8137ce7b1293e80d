/// Decodes the first frame of a GIF file whose size has been judged, on its canvas.
///
/// Around the frame the canvas is transparent where the frame has a transparent colour, else of the
/// first colour: so does Pillow.
func decodeGIF(_ bytes: [UInt8]) throws(ImagingError) -> PixelImage {
  let header = try GIFHeader(bytes)
  var colors = header.colors
  if let index = header.transparentIndex {
    let gray = transparentBackground
    colors.set(Int(index), to: (gray, gray, gray))
  }
  var indices = [UInt8](
    repeating: header.transparentIndex ?? 0, count: header.width * header.height)
  var strings = GIFStrings(GIFCodes(bytes, at: header.dataOffset), bitCount: header.bitCount)
  let frame = header.frame
  var string: [UInt8] = []
  // Numbers of the string that are still to be placed.
  var leftCount = 0
  for y in rowOrder(height: frame.height, isInterlaced: header.isInterlaced) {
    var to = (frame.y + y) * header.width + frame.x
    let end = to + frame.width
    while to < end {
      if leftCount == 0 {
        try strings.readNext(into: &string)
        leftCount = string.count
      }
      for index in string[..<leftCount].reversed().prefix(end - to) {
        indices[to] = index
        to += 1
        leftCount -= 1
      }
    }
  }
  return colors.picture(of: indices, width: header.width, height: header.height)
}

/// The rows of a frame in the order of the file.
private func rowOrder(height: Int, isInterlaced: Bool) -> [Int] {
  guard isInterlaced else { return Array(0..<height) }
  return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap { start, step in
    Array(stride(from: start, to: height, by: step))
  }
}
