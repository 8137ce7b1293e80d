import CZlib

/// Unpacks raw deflate streams (RFC 1951) of known length.
enum Inflate {
  /// The stream means nothing, ends early or late, or gives another number of bytes than promised.
  struct Failure: Error {}

  /// - Parameter byteCount: Exactly how many bytes come out; nothing beyond is ever written.
  static func unpack(
    _ input: UnsafeRawBufferPointer, byteCount: Int
  ) throws(Failure) -> [UInt8] {
    var status: Int32 = -1
    let bytes = [UInt8](unsafeUninitializedCapacity: byteCount) { output, count in
      let input = input.assumingMemoryBound(to: UInt8.self)
      status = CZlib_inflate(input.baseAddress, input.count, output.baseAddress, byteCount)
      count = status == 0 ? byteCount : 0
    }
    guard status == 0 else { throw Failure() }
    return bytes
  }
}

/// The checksum of zip files.
enum CyclicChecksum {
  static func value(of bytes: [UInt8]) -> UInt32 { CZlib_crc32(bytes, bytes.count) }
}
