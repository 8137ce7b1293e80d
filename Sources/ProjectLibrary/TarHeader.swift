/// The header of a regular file in a tar archive (POSIX ustar), 512 bytes.
struct TarHeader: Equatable {
  static let byteCount = 512

  /// ASCII, at most 100 bytes.
  let name: String
  let size: Int

  init(name: String, size: Int) {
    precondition(name.utf8.count <= 100 && name.utf8.allSatisfy { $0 < 128 }, name)
    precondition((0..<1 << 33).contains(size), "\(size) bytes")
    self.name = name
    self.size = size
  }

  /// Bytes that follow a file's content, so that the next header begins at a multiple of 512.
  static func padding(after size: Int) -> Int { (byteCount - size % byteCount) % byteCount }

  var bytes: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: Self.byteCount)
    func put(_ text: String, at place: Int) {
      bytes.replaceSubrange(place..<place + text.utf8.count, with: Array(text.utf8))
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(Self.octal(size, digits: 11), at: 124)
    put("00000000000", at: 136)
    put("        ", at: Self.checksumPlace.lowerBound)
    put("0", at: 156)
    put("ustar", at: 257)
    put("00", at: 263)
    put(Self.octal(Self.checksum(of: bytes), digits: 6), at: Self.checksumPlace.lowerBound)
    bytes[154] = 0
    return bytes
  }

  /// Reads a header; `nil` for anything but a sound one of a regular file.
  init?(reading bytes: [UInt8]) {
    guard bytes.count == Self.byteCount,
      Array(bytes[257..<262]) == Array("ustar".utf8),
      bytes[156] == UInt8(ascii: "0") || bytes[156] == 0,
      // A prefix would be part of the name.
      bytes[345] == 0,
      Self.number(bytes[Self.checksumPlace]) == Self.checksum(of: bytes),
      let size = Self.number(bytes[124..<136])
    else { return nil }
    let name = bytes[0..<100].prefix { $0 != 0 }
    guard name.allSatisfy({ (0x20..<0x7F).contains($0) }) else { return nil }
    self.name = String(decoding: name, as: UTF8.self)
    self.size = size
  }

  private static let checksumPlace = 148..<156

  /// The sum of all bytes, those of the checksum taken for spaces.
  private static func checksum(of bytes: [UInt8]) -> Int {
    bytes.indices.reduce(0) {
      $0 + (checksumPlace.contains($1) ? 0x20 : Int(bytes[$1]))
    }
  }

  private static func octal(_ number: Int, digits: Int) -> String {
    let text = String(number, radix: 8)
    return String(repeating: "0", count: digits - text.count) + text
  }

  /// Octal digits, then spaces or zeros.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    let digits = bytes.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
    guard !digits.isEmpty, digits.count <= 11,
      bytes.dropFirst(digits.count).allSatisfy({ $0 == 0 || $0 == 0x20 })
    else { return nil }
    return Int(String(decoding: digits, as: UTF8.self), radix: 8)
  }
}
