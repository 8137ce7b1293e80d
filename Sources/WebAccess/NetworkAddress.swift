import Glibc

/// An address of the internet protocol, of either version.
public struct NetworkAddress: Hashable, Sendable {
  /// 4 bytes or 16, the first of the network first.
  public let bytes: [UInt8]

  /// Traps unless there are 4 bytes or 16.
  public init(bytes: [UInt8]) {
    precondition(bytes.count == 4 || bytes.count == 16, "\(bytes.count) bytes are no address")
    self.bytes = bytes
  }

  /// Whether it belongs to the public internet: to no private, local or reserved network, and is for
  /// one computer only.
  ///
  /// An address of version 6 that stands for one of version 4 is judged as that.
  public var isPublic: Bool {
    if let inner = versionFour { return !Self.reservedFour.contains { $0.holds(inner) } }
    // Only 2000::/3 is given out to computers.
    guard bytes[0] & 0xE0 == 0x20 else { return false }
    return !Self.reservedSix.contains { $0.holds(bytes) }
  }

  /// The address of version 4 that this is, or that it stands for.
  private var versionFour: [UInt8]? {
    if bytes.count == 4 { return bytes }
    let standIns = [Self.mapped, Self.translated]
    return standIns.contains { $0.holds(bytes) } ? Array(bytes[12...]) : nil
  }

  /// ::ffff:0:0/96, by which programs of version 6 name those of version 4.
  private static let mapped = Network(
    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0], prefixLength: 96)
  /// 64:ff9b::/96, by which networks of version 6 alone reach those of version 4.
  private static let translated = Network(
    [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], prefixLength: 96)

  /// The networks of version 4 that are not of the public internet (IANA's registry of special
  /// purposes), multicast and what is kept for later.
  private static let reservedFour = [
    Network([0, 0, 0, 0], prefixLength: 8), Network([10, 0, 0, 0], prefixLength: 8),
    Network([100, 64, 0, 0], prefixLength: 10), Network([127, 0, 0, 0], prefixLength: 8),
    Network([169, 254, 0, 0], prefixLength: 16), Network([172, 16, 0, 0], prefixLength: 12),
    Network([192, 0, 0, 0], prefixLength: 24), Network([192, 0, 2, 0], prefixLength: 24),
    Network([192, 88, 99, 0], prefixLength: 24), Network([192, 168, 0, 0], prefixLength: 16),
    Network([198, 18, 0, 0], prefixLength: 15), Network([198, 51, 100, 0], prefixLength: 24),
    Network([203, 0, 113, 0], prefixLength: 24), Network([224, 0, 0, 0], prefixLength: 3),
  ]

  /// Those of version 6 within 2000::/3: protocols' own, of which tunnels carry any address of version
  /// 4, documentation, and 6to4.
  private static let reservedSix = [
    Network([0x20, 0x01, 0, 0], prefixLength: 23),
    Network([0x20, 0x01, 0x0D, 0xB8], prefixLength: 32),
    Network([0x20, 0x02], prefixLength: 16), Network([0x3F, 0xFF, 0, 0], prefixLength: 20),
  ]
}

/// The addresses that begin with the same bits.
private struct Network: Sendable {
  let start: [UInt8]
  let prefixLength: Int

  init(_ start: [UInt8], prefixLength: Int) {
    self.start = start
    self.prefixLength = prefixLength
  }

  func holds(_ address: [UInt8]) -> Bool {
    let whole = prefixLength / 8
    guard address.count >= whole, address[..<whole] == start[..<whole] else { return false }
    let rest = prefixLength % 8
    return rest == 0 || (address[whole] ^ start[whole]) >> UInt8(8 - rest) == 0
  }
}

extension NetworkAddress: CustomStringConvertible {
  /// As `inet_ntop` writes it.
  public var description: String {
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    let family = bytes.count == 4 ? AF_INET : AF_INET6
    // There is room for either version's longest text.
    _ = inet_ntop(family, bytes, &text, socklen_t(text.count))
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Reads the usual text of an address; `nil` for anything else.
  public init?(_ text: String) {
    var four = in_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      self = withUnsafeBytes(of: four) { NetworkAddress(bytes: Array($0)) }
      return
    }
    var six = in6_addr()
    guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
    self = withUnsafeBytes(of: six) { NetworkAddress(bytes: Array($0)) }
  }
}
