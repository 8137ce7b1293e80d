/// Reads the run-length encoding of BMP files, with the same view of irregular files as Pillow.
struct BMPRuns {
  let bytes: [UInt8]
  /// Where the next byte is; padding depends on whether it is even.
  var offset: Int
  let width: Int
  let height: Int

  private var indices: [UInt8] = []

  init(bytes: [UInt8], offset: Int, width: Int, height: Int) {
    (self.bytes, self.offset, self.width, self.height) = (bytes, offset, width, height)
  }

  /// Reads numbers of colours, row after row as they come in the file.
  ///
  /// - Throws: `.truncated` when the runs end before the picture does.
  mutating func indices(bitCount: Int) throws(ImagingError) -> [UInt8] {
    let count = width * height
    indices.reserveCapacity(count)
    var x = 0
    loop: while indices.count < count, let length = next(), let value = next() {
      switch (length, value) {
      case (1..., _):
        let run = min(Int(length), max(width - x, 0), count - indices.count)
        appendRun(of: value, count: run, bitCount: bitCount)
        x += run
      case (_, 0):
        let rest = indices.count % width
        if rest > 0 { appendZeros(width - rest) }
        x = 0
      case (_, 1): break loop
      case (_, 2):
        guard let right = next(), let up = next() else { break loop }
        appendZeros(min(count - indices.count, Int(right) + Int(up) * width))
        x = indices.count % width
      default:
        appendLiterals(min(count - indices.count, Int(value)), bitCount: bitCount)
        x += Int(value)
        if offset % 2 != 0 { offset += 1 }
      }
    }
    guard indices.count == count else { throw .truncated(.bmp) }
    return indices
  }

  private mutating func next() -> UInt8? {
    guard offset < bytes.count else { return nil }
    offset += 1
    return bytes[offset - 1]
  }

  private mutating func appendZeros(_ count: Int) {
    indices.append(contentsOf: repeatElement(0, count: count))
  }

  private mutating func appendRun(of value: UInt8, count: Int, bitCount: Int) {
    if bitCount == 8 {
      indices.append(contentsOf: repeatElement(value, count: count))
    } else {
      for index in 0..<count { indices.append(index % 2 == 0 ? value >> 4 : value & 0xF) }
    }
  }

  /// Appends as many as there are.
  private mutating func appendLiterals(_ count: Int, bitCount: Int) {
    if bitCount == 8 {
      for _ in 0..<count {
        guard let value = next() else { return }
        indices.append(value)
      }
    } else {
      for index in stride(from: 0, to: count, by: 2) {
        guard let value = next() else { return }
        indices.append(value >> 4)
        if index + 1 < count { indices.append(value & 0xF) }
      }
    }
  }
}
