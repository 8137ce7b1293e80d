/// Reads little-endian numbers and byte runs from the front, never past the end.
struct ByteReader {
  let bytes: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var remaining: Int { bytes.count - offset }

  mutating func byte() throws(BackboneError) -> UInt8 {
    guard offset < bytes.count else { throw .truncated(offset: offset) }
    defer { offset += 1 }
    return bytes[offset]
  }

  mutating func integer<Number: FixedWidthInteger>(
    _ type: Number.Type
  ) throws(BackboneError) -> Number {
    let size = MemoryLayout<Number>.size
    guard remaining >= size else { throw .truncated(offset: offset) }
    defer { offset += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }

  mutating func run(of count: Int) throws(BackboneError) -> Range<Int> {
    guard count >= 0, count <= remaining else { throw .truncated(offset: offset) }
    defer { offset += count }
    return offset..<offset + count
  }

  mutating func text(of count: Int) throws(BackboneError) -> String {
    let start = offset
    guard let text = String(validating: bytes[try run(of: count)], as: UTF8.self) else {
      throw .malformed(expected: "UTF-8 text", offset: start)
    }
    return text
  }

  mutating func line() throws(BackboneError) -> String {
    guard let end = bytes[offset...].prefix(256).firstIndex(of: UInt8(ascii: "\n")) else {
      throw .malformed(expected: "line of at most 255 bytes", offset: offset)
    }
    let text = try text(of: end - offset)
    offset += 1
    return text
  }
}
