import Foundation

/// The bytes of numbers that are already in little-endian order.
func littleEndianData<Number: FixedWidthInteger>(_ numbers: [Number]) -> Data {
  numbers.withUnsafeBytes { Data($0) }
}

/// Reads numbers stored in little-endian order; bytes that fill no whole number are left out.
func numbers<Number: FixedWidthInteger>(
  fromLittleEndian data: Data, as type: Number.Type
) -> [Number] {
  data.withUnsafeBytes { bytes in
    stride(from: 0, through: bytes.count - MemoryLayout<Number>.size, by: MemoryLayout<Number>.size)
      .map { Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: Number.self)) }
  }
}
