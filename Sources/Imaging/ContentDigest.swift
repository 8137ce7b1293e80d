import Crypto

/// Computes the SHA-256 digest of bytes: 32 bytes.
public func sha256(_ bytes: [UInt8]) -> [UInt8] {
  var hash = SHA256()
  bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
  return Array(hash.finalize())
}
