/// The stored form of embeddings: IEEE 754 binary16, little-endian, two bytes a number.
///
/// An embedding's blocks have length 1 or less, so its numbers lose at most one part in 2,048 (or
/// 2⁻²⁵, for the smallest) and none overflows.
public enum HalfPrecision {
  /// Rounds each number to the nearest 16-bit float, ties to even; from ±65,520 on it is infinite.
  public static func bytes(of numbers: [Float]) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: numbers.count * 2) { buffer, count in
      for (index, number) in numbers.enumerated() {
        let bits = Float16(number).bitPattern
        buffer[2 * index] = UInt8(truncatingIfNeeded: bits)
        buffer[2 * index + 1] = UInt8(truncatingIfNeeded: bits >> 8)
      }
      count = numbers.count * 2
    }
  }

  /// Returns the numbers exactly as stored; `nil` for an odd count of bytes.
  public static func numbers(of bytes: [UInt8]) -> [Float]? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    return (0..<bytes.count / 2).map { index in
      let bits = UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8
      return Float(Float16(bitPattern: bits))
    }
  }
}
