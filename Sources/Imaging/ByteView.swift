/// Reads whole numbers out of bytes that may end anywhere.
struct ByteView {
  let bytes: ArraySlice<UInt8>
  var isLittleEndian = false

  /// The byte at an offset from the start of the view; `nil` past its end.
  func uint8(at offset: Int) -> Int? {
    guard offset >= 0, offset < bytes.count else { return nil }
    return Int(bytes[bytes.startIndex + offset])
  }

  func uint16(at offset: Int) -> Int? {
    guard let first = uint8(at: offset), let second = uint8(at: offset + 1) else { return nil }
    return isLittleEndian ? second << 8 | first : first << 8 | second
  }

  func uint32(at offset: Int) -> Int? {
    guard let first = uint16(at: offset), let second = uint16(at: offset + 2) else { return nil }
    return isLittleEndian ? second << 16 | first : first << 16 | second
  }

  /// The `count` bytes from an offset on; `nil` when there are fewer.
  func slice(at offset: Int, count: Int) -> ArraySlice<UInt8>? {
    guard offset >= 0, count >= 0, offset <= bytes.count - count else { return nil }
    return bytes[(bytes.startIndex + offset)...].prefix(count)
  }

  /// Whether the view holds these characters at an offset.
  func has(_ text: StaticString, at offset: Int) -> Bool {
    text.withUTF8Buffer { slice(at: offset, count: $0.count)?.elementsEqual($0) ?? false }
  }
}
