import Dataset
import Foundation
import GRDB

// Ids and hashes lie in the file as the bytes they are, 16 and 32.

extension Identifier {
  var databaseValue: DatabaseValue { Blob(guid.bytes).databaseValue }

  init(_ value: DatabaseValue) throws(StoreError) {
    guard let blob = Blob.fromDatabaseValue(value), let guid = GUID(bytes: blob.bytes) else {
      throw .damaged("an id of \(value.storage) is no GUID")
    }
    self.init(guid)
  }
}

extension ContentHash {
  var databaseValue: DatabaseValue { Blob(bytes).databaseValue }

  init(_ value: DatabaseValue) throws(StoreError) {
    guard let blob = Blob.fromDatabaseValue(value), let hash = ContentHash(bytes: blob.bytes) else {
      throw .damaged("a content hash of \(value.storage) is no SHA-256")
    }
    self = hash
  }
}

/// Bytes on their way into or out of the database.
struct Blob: DatabaseValueConvertible {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  init(floats: [Float]) {
    bytes = floats.flatMap { value in
      let bits = value.bitPattern
      return [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
  }

  /// The bytes as little-endian 32-bit floats; `nil` when their count is no multiple of four.
  var floats: [Float]? {
    guard bytes.count % 4 == 0 else { return nil }
    return [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
      for index in 0..<bytes.count / 4 {
        let low = UInt32(bytes[4 * index]) | UInt32(bytes[4 * index + 1]) << 8
        let high = UInt32(bytes[4 * index + 2]) | UInt32(bytes[4 * index + 3]) << 8
        buffer[index] = Float(bitPattern: low | high << 16)
      }
      count = bytes.count / 4
    }
  }

  var databaseValue: DatabaseValue { Data(bytes).databaseValue }

  static func fromDatabaseValue(_ value: DatabaseValue) -> Blob? {
    Data.fromDatabaseValue(value).map { Blob([UInt8]($0)) }
  }
}
