import Foundation

/// Reads single files out of a zip file, as Python wheels are, without the extensions that wheels
/// of this size do not need (64-bit sizes, encryption, several volumes).
///
/// Safe with any bytes: offsets are checked, unpacked sizes are bounded, and checksums compared.
struct ZipArchive {
  private let data: Data
  private let entries: [String: Entry]

  private struct Entry {
    let method: Int
    let checksum: UInt32
    let packedCount: Int
    let byteCount: Int
    let headerOffset: Int
  }

  /// Reads the list of files at the archive's end.
  init(_ data: Data) throws(ZipFault) {
    // Slices of data start elsewhere than 0.
    self.data = data.startIndex == 0 ? data : Data(data)
    guard let end = Self.endRecord(of: self.data) else { throw .notAZipFile }
    let count = try self.data.number(UInt16.self, at: end + 10)
    var offset = Int(try self.data.number(UInt32.self, at: end + 16))
    var entries: [String: Entry] = [:]
    for _ in 0..<count {
      guard try self.data.number(UInt32.self, at: offset) == 0x0201_4B50 else {
        throw .truncated(offset: offset)
      }
      let nameCount = Int(try self.data.number(UInt16.self, at: offset + 28))
      let extraCount = Int(try self.data.number(UInt16.self, at: offset + 30))
      let commentCount = Int(try self.data.number(UInt16.self, at: offset + 32))
      let name = try self.data.run(at: offset + 46, count: nameCount)
      entries[String(decoding: name, as: UTF8.self)] = Entry(
        method: Int(try self.data.number(UInt16.self, at: offset + 10)),
        checksum: try self.data.number(UInt32.self, at: offset + 16),
        packedCount: Int(try self.data.number(UInt32.self, at: offset + 20)),
        byteCount: Int(try self.data.number(UInt32.self, at: offset + 24)),
        headerOffset: Int(try self.data.number(UInt32.self, at: offset + 42)))
      offset += 46 + nameCount + extraCount + commentCount
    }
    self.entries = entries
  }

  /// How many bytes a file says it unpacks to; 0 for a file that is not there.
  func byteCount(of name: String) -> Int { entries[name]?.byteCount ?? 0 }

  /// Returns one file's bytes.
  ///
  /// - Parameter limit: Bytes that are too many; nothing is unpacked then.
  func bytes(of name: String, limit: Int) throws(ZipFault) -> [UInt8] {
    guard let entry = entries[name] else { throw .missingEntry(name) }
    guard entry.byteCount <= limit else {
      throw .tooLarge(entry: name, byteCount: entry.byteCount, limit: limit)
    }
    let header = entry.headerOffset
    guard try data.number(UInt32.self, at: header) == 0x0403_4B50 else {
      throw .truncated(offset: header)
    }
    let nameCount = Int(try data.number(UInt16.self, at: header + 26))
    let extraCount = Int(try data.number(UInt16.self, at: header + 28))
    let packed = try data.run(at: header + 30 + nameCount + extraCount, count: entry.packedCount)
    let bytes: [UInt8]
    switch entry.method {
    case 0: bytes = [UInt8](packed)
    case 8:
      do {
        bytes = try packed.withUnsafeBytes { try Inflate.unpack($0, byteCount: entry.byteCount) }
      } catch {
        throw .damagedEntry(name)
      }
    default: throw .unsupportedMethod(entry: name, method: entry.method)
    }
    guard bytes.count == entry.byteCount, CyclicChecksum.value(of: bytes) == entry.checksum else {
      throw .wrongChecksum(entry: name)
    }
    return bytes
  }

  /// Finds the record that ends every zip file, from the back, over a comment of any length.
  private static func endRecord(of data: Data) -> Int? {
    guard data.count >= 22 else { return nil }
    return (max(0, data.count - 22 - 0xFFFF)...data.count - 22).reversed().first { offset in
      data[offset] == 0x50 && data[offset + 1] == 0x4B && data[offset + 2] == 5
        && data[offset + 3] == 6
    }
  }
}

extension Data {
  fileprivate func run(at offset: Int, count: Int) throws(ZipFault) -> Data {
    guard offset >= 0, count >= 0, offset <= self.count - count else {
      throw .truncated(offset: offset)
    }
    return self[offset..<offset + count]
  }

  fileprivate func number<Number: FixedWidthInteger>(
    _ type: Number.Type, at offset: Int
  ) throws(ZipFault) -> Number {
    let size = MemoryLayout<Number>.size
    guard offset >= 0, offset <= count - size else { throw .truncated(offset: offset) }
    return withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }
}
