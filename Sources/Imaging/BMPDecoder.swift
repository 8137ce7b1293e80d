/// Decodes a BMP file whose size has been judged.
func decodeBMP(_ bytes: [UInt8]) throws(ImagingError) -> PixelImage {
  let header = try BMPHeader(bytes)
  switch header.layout {
  case .runs(let bitCount):
    var runs = BMPRuns(
      bytes: bytes, offset: header.pixelOffset, width: header.width, height: header.height)
    let indices = try runs.indices(bitCount: bitCount)
    return header.colors.picture(
      of: header.isTopDown ? indices : rowsReversed(indices, rowLength: header.width),
      width: header.width, height: header.height)
  case .indices(let bitCount):
    return try header.picture(in: bytes, pixelBits: bitCount) { row, x in
      let bit = x * bitCount
      let index = row[bit >> 3] >> UInt8(8 - bitCount - bit & 7) & UInt8(1 << bitCount - 1)
      return header.colors.color(Int(index))
    }
  case .packed(let greenBits):
    let greenMost = 1 << greenBits - 1
    return try header.picture(in: bytes, pixelBits: 16) { row, x in
      let value = Int(row[2 * x]) | Int(row[2 * x + 1]) << 8
      return (
        UInt8((value >> (5 + greenBits) & 31) * 255 / 31),
        UInt8((value >> 5 & greenMost) * 255 / greenMost), UInt8((value & 31) * 255 / 31)
      )
    }
  case .samples(let places):
    return try header.picture(in: bytes, pixelBits: 8 * places.pixelLength) { row, x in
      let start = x * places.pixelLength
      let color = (
        row[start + places.red], row[start + places.green], row[start + places.blue]
      )
      guard let alpha = places.alpha.map({ row[start + $0] }) else { return color }
      return (
        overBackground(color.0, alpha: alpha), overBackground(color.1, alpha: alpha),
        overBackground(color.2, alpha: alpha)
      )
    }
  }
}

private func rowsReversed(_ indices: [UInt8], rowLength: Int) -> [UInt8] {
  var reversed: [UInt8] = []
  reversed.reserveCapacity(indices.count)
  for start in stride(from: indices.count - rowLength, through: 0, by: -rowLength) {
    reversed += indices[start..<start + rowLength]
  }
  return reversed
}

extension BMPHeader {
  /// Reads every pixel out of its row, which begins at a multiple of four bytes.
  fileprivate func picture(
    in bytes: [UInt8], pixelBits: Int,
    color: (_ row: UnsafeBufferPointer<UInt8>, _ x: Int) -> (UInt8, UInt8, UInt8)
  ) throws(ImagingError) -> PixelImage {
    // Neither can overflow: both sides have at most 32 bits.
    let rowLength = (width * pixelBits + 7) / 8
    let rowStride = (width * pixelBits + 31) / 32 * 4
    let (before, overflows) = rowStride.multipliedReportingOverflow(by: height - 1)
    guard !overflows, pixelOffset <= bytes.count - rowLength,
      before <= bytes.count - rowLength - pixelOffset
    else { throw .truncated(.bmp) }
    let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { target, count in
      bytes.withUnsafeBufferPointer { bytes in
        var to = 0
        for y in 0..<height {
          let start = pixelOffset + rowStride * (isTopDown ? y : height - 1 - y)
          let row = UnsafeBufferPointer(rebasing: bytes[start..<start + rowLength])
          for x in 0..<width {
            (target[to], target[to + 1], target[to + 2]) = color(row, x)
            to += 3
          }
        }
      }
      count = target.count
    }
    return PixelImage(width: width, height: height, pixels: pixels)
  }
}
