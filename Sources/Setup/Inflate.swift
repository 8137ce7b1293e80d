/// Unpacks a raw deflate stream (RFC 1951) of known length.
struct Inflate {
  /// The stream means nothing, ends early, or gives another number of bytes than promised.
  struct Failure: Error {}

  private let input: UnsafeRawBufferPointer
  private var position = 0
  private var bits: UInt64 = 0
  private var bitCount = 0

  /// - Parameter byteCount: Exactly how many bytes come out; nothing beyond is ever written.
  static func unpack(
    _ input: UnsafeRawBufferPointer, byteCount: Int
  ) throws(Failure) -> [UInt8] {
    var stream = Inflate(input: input)
    var output = [UInt8](repeating: 0, count: byteCount)
    let written = try stream.run(into: &output)
    guard written == byteCount else { throw Failure() }
    return output
  }

  private init(input: UnsafeRawBufferPointer) {
    self.input = input
  }

  private mutating func run(into output: inout [UInt8]) throws(Failure) -> Int {
    var written = 0
    var isLast = false
    while !isLast {
      isLast = try take(1) == 1
      switch try take(2) {
      case 0: try copyStored(to: &output, at: &written)
      case 1: try expand(Self.fixedLiterals, Self.fixedDistances, to: &output, at: &written)
      case 2:
        let (literals, distances) = try readTables()
        try expand(literals, distances, to: &output, at: &written)
      default: throw Failure()
      }
    }
    return written
  }

  // MARK: Bits

  /// Fills the buffer to 48 bits or more, with zeros after the end.
  @inline(__always)
  private mutating func refill() {
    while bitCount <= 48 {
      if position < input.count { bits |= UInt64(input[position]) << UInt64(bitCount) }
      position += 1
      bitCount += 8
    }
  }

  @inline(__always)
  private mutating func drop(_ count: Int) throws(Failure) {
    bits >>= UInt64(count)
    bitCount -= count
    // Whole bytes in the buffer that were never in the input mean that it ended too early.
    guard position - bitCount / 8 <= input.count else { throw Failure() }
  }

  @inline(__always)
  private mutating func take(_ count: Int) throws(Failure) -> Int {
    refill()
    let value = Int(bits & (1 << UInt64(count) - 1))
    try drop(count)
    return value
  }

  // MARK: Blocks

  private mutating func copyStored(
    to output: inout [UInt8], at written: inout Int
  ) throws(Failure) {
    try drop(bitCount % 8)
    let count = try take(16)
    guard try take(16) == ~count & 0xFFFF, written + count <= output.count else { throw Failure() }
    for _ in 0..<count {
      output[written] = UInt8(try take(8))
      written += 1
    }
  }

  private mutating func expand(
    _ literals: HuffmanTable, _ distances: HuffmanTable, to output: inout [UInt8],
    at written: inout Int
  ) throws(Failure) {
    while true {
      let symbol = try next(in: literals)
      if symbol < 256 {
        guard written < output.count else { throw Failure() }
        output[written] = UInt8(symbol)
        written += 1
        continue
      }
      if symbol == 256 { return }
      guard symbol - 257 < Self.lengthBases.count else { throw Failure() }
      let length = Self.lengthBases[symbol - 257] + (try take(Self.lengthExtras[symbol - 257]))
      let code = try next(in: distances)
      guard code < Self.distanceBases.count else { throw Failure() }
      let distance = Self.distanceBases[code] + (try take(Self.distanceExtras[code]))
      guard distance <= written, written + length <= output.count else { throw Failure() }
      // The run may overlap what it makes: one byte after another, not as a block.
      for _ in 0..<length {
        output[written] = output[written - distance]
        written += 1
      }
    }
  }

  @inline(__always)
  private mutating func next(in table: HuffmanTable) throws(Failure) -> Int {
    refill()
    let entry = table.entries[Int(bits & UInt64(table.entries.count - 1))]
    guard entry.length > 0 else { throw Failure() }
    try drop(Int(entry.length))
    return Int(entry.symbol)
  }

  /// Reads the code lengths of a block that brings its own codes.
  private mutating func readTables() throws(Failure) -> (HuffmanTable, HuffmanTable) {
    let literalCount = try take(5) + 257
    let distanceCount = try take(5) + 1
    let orderCount = try take(4) + 4
    var orderLengths = [Int](repeating: 0, count: 19)
    for place in Self.lengthOrder.prefix(orderCount) { orderLengths[place] = try take(3) }
    let orderTable = try HuffmanTable(lengths: orderLengths[...])
    var lengths: [Int] = []
    while lengths.count < literalCount + distanceCount {
      switch try next(in: orderTable) {
      case let length where length < 16: lengths.append(length)
      case 16:
        guard let last = lengths.last else { throw Failure() }
        lengths += Array(repeating: last, count: try take(2) + 3)
      case 17: lengths += Array(repeating: 0, count: try take(3) + 3)
      default: lengths += Array(repeating: 0, count: try take(7) + 11)
      }
    }
    guard lengths.count == literalCount + distanceCount, lengths[256] > 0 else { throw Failure() }
    return (
      try HuffmanTable(lengths: lengths[..<literalCount]),
      try HuffmanTable(lengths: lengths[literalCount...])
    )
  }

  // MARK: Constants of RFC 1951

  private static let lengthOrder = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
  ]
  private static let lengthExtras = [
    0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
  ]
  private static let lengthBases = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
    163, 195, 227, 258,
  ]
  private static let distanceExtras = (0..<30).map { max(0, $0 / 2 - 1) }
  private static let distanceBases = [
    1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
    3073, 4097, 6145, 8193, 12289, 16385, 24577,
  ]
  private static let fixedLiterals = HuffmanTable(
    complete: (0..<288).map { $0 < 144 ? 8 : $0 < 256 ? 9 : $0 < 280 ? 7 : 8 })
  private static let fixedDistances = HuffmanTable(complete: Array(repeating: 5, count: 32))
}
