/// A 128-bit identifier, written as a lower-case hyphenated GUID.
///
/// Programs that speak the serving contract parse ids into GUID types, so no other form of id exists.
public struct GUID: Hashable, Sendable, Comparable, LosslessStringConvertible {
  /// The first eight bytes, most significant first.
  public let high: UInt64
  /// The last eight bytes, most significant first.
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Makes a random identifier (version 4 of RFC 9562).
  public static func random(using generator: inout some RandomNumberGenerator) -> GUID {
    let high = generator.next() as UInt64
    let low = generator.next() as UInt64
    return GUID(
      high: (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000,
      low: (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000)
  }

  /// Makes a random identifier from the system's generator.
  public static func random() -> GUID {
    var generator = SystemRandomNumberGenerator()
    return random(using: &generator)
  }

  /// Reads a hyphenated GUID in either case; `nil` for any other text.
  public init?(_ text: String) {
    var digits: [UInt64] = []
    digits.reserveCapacity(32)
    for (index, byte) in text.utf8.enumerated() {
      let isHyphenPlace = index == 8 || index == 13 || index == 18 || index == 23
      if isHyphenPlace {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Self.value(ofHexDigit: byte), digits.count < 32 else { return nil }
      digits.append(digit)
    }
    guard digits.count == 32 else { return nil }
    self.init(
      high: digits[..<16].reduce(0) { $0 << 4 | $1 }, low: digits[16...].reduce(0) { $0 << 4 | $1 })
  }

  /// Reads 16 bytes, most significant first; `nil` for any other count.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 16 else { return nil }
    self.init(
      high: bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) },
      low: bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) })
  }

  /// The 16 bytes, most significant first.
  public var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: high >> (56 - 8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: low >> (56 - 8 * $0)) }
  }

  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(36)
    for (index, byte) in bytes.enumerated() {
      if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
      text.append(Self.hexDigits[Int(byte >> 4)])
      text.append(Self.hexDigits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  public static func < (left: GUID, right: GUID) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  static let hexDigits = Array("0123456789abcdef".utf8)

  static func value(ofHexDigit byte: UInt8) -> UInt64? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }
}

/// A GUID that names one `Subject`, so that a tag's id cannot be passed for an image's.
public struct Identifier<Subject>: Hashable, Sendable, Comparable, LosslessStringConvertible {
  public let guid: GUID

  public init(_ guid: GUID) { self.guid = guid }

  public init?(_ text: String) {
    guard let guid = GUID(text) else { return nil }
    self.guid = guid
  }

  public static func random() -> Self { Self(.random()) }

  public var description: String { guid.description }

  public static func < (left: Self, right: Self) -> Bool { left.guid < right.guid }
}

public typealias ProjectID = Identifier<Project>
public typealias TagID = Identifier<Tag>
public typealias ImageID = Identifier<Image>
public typealias IterationID = Identifier<Iteration>
