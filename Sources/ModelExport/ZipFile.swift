/// A zip file of files that are stored as they are: models hardly shrink.
public struct ZipFile: Sendable {
  private var body: [UInt8] = []
  private var directory: [UInt8] = []
  private var count = 0

  public init() {}

  /// Adds a file; its name must be new, and the whole under 4 GB.
  public mutating func add(_ name: String, _ bytes: [UInt8]) {
    let start = body.count
    precondition(start + bytes.count < 1 << 32, "a zip file of \(start + bytes.count) bytes")
    let name = Array(name.utf8)
    // Version 2.0, names in UTF-8, stored; times are those of the format's beginning, so that equal
    // files give equal bytes.
    var common: [UInt8] = [20, 0, 0, 8, 0, 0, 0, 0, 0x21, 0]
    common += Self.bytes(Self.checksum(bytes), 4)
    common += Self.bytes(UInt32(bytes.count), 4) + Self.bytes(UInt32(bytes.count), 4)
    common += Self.bytes(UInt32(name.count), 2) + [0, 0]
    body += [0x50, 0x4B, 3, 4] + common + name + bytes
    directory += [0x50, 0x4B, 1, 2, 20, 0] + common + [UInt8](repeating: 0, count: 10)
    directory += Self.bytes(UInt32(start), 4) + name
    count += 1
  }

  /// The file.
  public var bytes: [UInt8] {
    body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.bytes(UInt32(count), 2)
      + Self.bytes(UInt32(count), 2) + Self.bytes(UInt32(directory.count), 4)
      + Self.bytes(UInt32(body.count), 4) + [0, 0]
  }

  private static func bytes(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> UInt32(8 * $0)) }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] ^ $0 >> 8 }
  }
}
