/// Reads the codes of a GIF frame: numbers of growing length in blocks of up to 255 bytes.
struct GIFCodes {
  private let bytes: [UInt8]
  private var offset: Int
  private var blockEnd: Int
  private var bits: UInt32 = 0
  private var bitCount = 0

  /// Begins with the block whose length stands at an offset.
  init(_ bytes: [UInt8], at offset: Int) {
    self.bytes = bytes
    (self.offset, blockEnd) = (offset, offset)
  }

  /// The next code of so many bits, at most 12; `nil` when the blocks end, or the file does within
  /// one.
  mutating func next(_ codeBits: Int) -> Int? {
    while bitCount < codeBits {
      if offset == blockEnd {
        guard offset < bytes.count, bytes[offset] > 0,
          offset + Int(bytes[offset]) < bytes.count
        else { return nil }
        blockEnd = offset + 1 + Int(bytes[offset])
        offset += 1
      }
      bits |= UInt32(bytes[offset]) << UInt32(bitCount)
      bitCount += 8
      offset += 1
    }
    let code = Int(bits & (1 << UInt32(codeBits) - 1))
    bits >>= UInt32(codeBits)
    bitCount -= codeBits
    return code
  }
}

/// Expands codes to numbers of colours: the variable-length Lempel-Ziv-Welch code of GIF.
struct GIFStrings {
  private static let tableLength = 4096

  private var codes: GIFCodes
  private let bitCount: Int
  /// A string is a shorter one and a last number.
  private var shorter = [UInt16](repeating: 0, count: tableLength)
  private var last = [UInt8](repeating: 0, count: tableLength)
  private var length = 0
  private var codeBits: Int
  private var previous: Int?
  private var firstOfPrevious: UInt8 = 0

  private var clearCode: Int { 1 << bitCount }

  init(_ codes: GIFCodes, bitCount: Int) {
    self.codes = codes
    self.bitCount = bitCount
    codeBits = bitCount + 1
    length = 1 << bitCount + 2
  }

  /// Puts the next string into `string`, last number first.
  ///
  /// - Throws: `.truncated` when the codes end; `.damaged` for a code that stands for nothing yet.
  mutating func readNext(into string: inout [UInt8]) throws(ImagingError) {
    string.removeAll(keepingCapacity: true)
    guard var code = codes.next(min(codeBits, 12)) else { throw .truncated(.gif) }
    while code == clearCode {
      (length, codeBits, previous) = (clearCode + 2, bitCount + 1, nil)
      guard let next = codes.next(min(codeBits, 12)) else { throw .truncated(.gif) }
      code = next
    }
    // The codes end here, though pixels are missing.
    guard code != clearCode + 1 else { throw .truncated(.gif) }
    guard let previous else {
      guard code < clearCode else { throw Self.unknown(code) }
      firstOfPrevious = UInt8(truncatingIfNeeded: code)
      string.append(firstOfPrevious)
      self.previous = code
      return
    }
    guard code <= length else { throw Self.unknown(code) }
    var rest = code
    if code == length {
      string.append(firstOfPrevious)
      rest = previous
    }
    while rest >= clearCode {
      // Each string is made of an earlier one, so this ends.
      guard rest < Self.tableLength, rest > clearCode + 1 else { throw Self.unknown(code) }
      string.append(last[rest])
      rest = Int(shorter[rest])
    }
    firstOfPrevious = UInt8(truncatingIfNeeded: rest)
    string.append(firstOfPrevious)
    if length < Self.tableLength {
      (last[length], shorter[length]) = (firstOfPrevious, UInt16(previous))
      length += 1
      if length == 1 << codeBits, codeBits < 12 { codeBits += 1 }
    }
    self.previous = code
  }

  private static func unknown(_ code: Int) -> ImagingError {
    .damaged(.gif, detail: "code \(code) before it has a meaning")
  }
}
