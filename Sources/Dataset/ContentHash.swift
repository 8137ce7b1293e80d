/// The SHA-256 of an image file's bytes: what makes two files "the same picture".
public struct ContentHash: Hashable, Sendable, Comparable, LosslessStringConvertible {
  /// The 32 bytes of the digest.
  public let bytes: [UInt8]

  /// Takes a digest; `nil` unless it has 32 bytes.
  public init?(bytes: [UInt8]) {
    guard bytes.count == 32 else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 hexadecimal digits of either case; `nil` for any other text.
  public init?(_ text: String) {
    let digits = text.utf8.map(GUID.value(ofHexDigit:))
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = digits[index], let low = digits[index + 1] else { return nil }
      bytes.append(UInt8(high << 4 | low))
    }
    self.bytes = bytes
  }

  /// 64 lower-case hexadecimal digits.
  public var description: String {
    String(
      decoding: bytes.flatMap { [GUID.hexDigits[Int($0 >> 4)], GUID.hexDigits[Int($0 & 15)]] },
      as: UTF8.self)
  }

  public static func < (left: Self, right: Self) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}
