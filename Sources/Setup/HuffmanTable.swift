/// Codes of a deflate block: the next 15 bits of the stream, as an index, give symbol and code
/// length.
struct HuffmanTable {
  struct Entry {
    let symbol: UInt16
    /// Bits of the code; 0 where no code begins like this.
    let length: UInt8
  }

  /// A power of two: one entry for every value of as many bits as the longest code has.
  let entries: [Entry]

  /// Assigns codes to symbols by their lengths (RFC 1951, 3.2.2).
  ///
  /// - Parameter lengths: 0…15 for each symbol; 0 for one that does not occur.
  /// - Throws: `Inflate.Failure` for lengths that no set of codes has. A single code may stand
  ///   alone.
  init(lengths: ArraySlice<Int>) throws(Inflate.Failure) {
    let table = Self.entries(lengths: lengths)
    guard let table else { throw Inflate.Failure() }
    entries = table
  }

  /// Takes the lengths of a complete set of codes, as the two that RFC 1951 fixes are.
  init(complete lengths: [Int]) {
    guard let table = Self.entries(lengths: lengths[...]) else {
      preconditionFailure("\(lengths) are the lengths of no set of codes")
    }
    entries = table
  }

  private static func entries(lengths: ArraySlice<Int>) -> [Entry]? {
    let longest = lengths.max() ?? 0
    var entries = [Entry](repeating: Entry(symbol: 0, length: 0), count: 1 << longest)
    var code = 0
    for length in 1..<max(2, longest + 1) {
      for (symbol, _) in zip(0..., lengths).filter({ $0.1 == length }) {
        guard code < 1 << length else { return nil }
        // Codes come from the stream with their first bit lowest.
        var reversed = 0
        for bit in 0..<length where code >> bit & 1 == 1 { reversed |= 1 << (length - 1 - bit) }
        for index in stride(from: reversed, to: entries.count, by: 1 << length) {
          entries[index] = Entry(symbol: UInt16(symbol), length: UInt8(length))
        }
        code += 1
      }
      code <<= 1
    }
    return entries
  }
}
