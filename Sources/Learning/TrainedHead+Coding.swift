import Matrices

/// The stored form, all numbers little-endian:
///
///     "TBHD"  kind: UInt8 = 1  version: UInt8 = 1  activation: UInt8  0: UInt8
///     classCount: UInt32  dimension: UInt32
///     weights: classCount · dimension × Float32   bias, scales, offsets: classCount × Float32 each
extension TrainedHead {
  private static let magic = Array("TBHD".utf8)
  private static let linearKind: UInt8 = 1
  private static let linearVersion: UInt8 = 1
  private static let headerSize = 16

  /// The bytes that `init(decoding:)` reads back to an equal head.
  public func encoded() -> [UInt8] {
    switch kind {
    case .linear(let head):
      var bytes = Self.magic
      bytes += [Self.linearKind, Self.linearVersion, head.activation.rawValue, 0]
      bytes.append(UInt32(head.classCount))
      bytes.append(UInt32(head.dimension))
      bytes.reserveCapacity(bytes.count + 4 * head.classCount * (head.dimension + 3))
      for number in head.weights.elements { bytes.append(number.bitPattern) }
      for numbers in [head.bias, head.calibration.scales, head.calibration.offsets] {
        for number in numbers { bytes.append(number.bitPattern) }
      }
      return bytes
    }
  }

  /// Reads what `encoded()` wrote.
  ///
  /// - Throws: `.notAHead`, `.headUnknown`, `.headSizeWrong` or `.headValueInvalid` for other
  ///   bytes.
  public init(decoding bytes: [UInt8]) throws(LearningError) {
    guard bytes.starts(with: Self.magic) else { throw .notAHead }
    guard bytes.count >= Self.headerSize else {
      throw .headSizeWrong(expected: Self.headerSize, found: bytes.count)
    }
    guard bytes[4] == Self.linearKind, bytes[5] == Self.linearVersion else {
      throw .headUnknown(kind: bytes[4], version: bytes[5])
    }
    guard let activation = Activation(rawValue: bytes[6]) else {
      throw .headValueInvalid(byteOffset: 6)
    }
    let classCount = Int(bytes.unsignedInteger(at: 8))
    let dimension = Int(bytes.unsignedInteger(at: 12))
    // Two 32-bit sizes may announce more bytes than an Int counts.
    let (numberCount, overflows) = classCount.multipliedReportingOverflow(by: dimension + 3)
    let (byteCount, alsoOverflows) = numberCount.multipliedReportingOverflow(by: 4)
    guard !overflows, !alsoOverflows, byteCount == bytes.count - Self.headerSize else {
      throw .headSizeWrong(
        expected: overflows || alsoOverflows ? Int.max : byteCount &+ Self.headerSize,
        found: bytes.count)
    }
    var numbers: [Float] = []
    numbers.reserveCapacity(numberCount)
    for offset in stride(from: Self.headerSize, to: bytes.count, by: 4) {
      let number = Float(bitPattern: bytes.unsignedInteger(at: offset))
      guard number.isFinite else { throw .headValueInvalid(byteOffset: offset) }
      numbers.append(number)
    }
    let weightCount = classCount * dimension
    func part(_ index: Int) -> [Float] {
      Array(numbers[weightCount + index * classCount..<weightCount + (index + 1) * classCount])
    }
    self.init(
      .linear(
        LinearHead(
          weights: Matrix(
            rowCount: classCount, columnCount: dimension, elements: Array(numbers[..<weightCount])),
          bias: part(0), activation: activation,
          calibration: Calibration(scales: part(1), offsets: part(2)))))
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ number: UInt32) {
    for shift in stride(from: 0, to: 32, by: 8) {
      append(UInt8(truncatingIfNeeded: number >> UInt32(shift)))
    }
  }

  fileprivate func unsignedInteger(at offset: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(self[offset + $1]) << UInt32(8 * $1) }
  }
}
