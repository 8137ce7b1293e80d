import Foundation

/// Compiled graphs kept between runs, so that a short command does not compile for half a second.
///
/// OpenVINO has a cache of its own, but it takes an entry with flipped bits for good and then
/// embeds wrongly. Here every entry ends in a checksum and appears whole, by renaming; what cannot
/// be read or written is as if it were not there. Safe for several processes at once.
struct CompiledGraphCache {
  /// Folder of its own; made when first needed.
  let folder: URL
  /// What this entry is of; a new entry replaces older ones of the same name.
  let name: String

  /// What an entry depends on, as one number.
  struct Key {
    fileprivate let text: String

    init(graph: Data, circumstances: [String]) {
      var checksum = Checksum()
      graph.withUnsafeBytes { checksum.add($0) }
      for fact in circumstances {
        // The length keeps neighbouring texts apart.
        withUnsafeBytes(of: fact.utf8.count.littleEndian) { checksum.add($0) }
        Array(fact.utf8).withUnsafeBytes { checksum.add($0) }
      }
      text = String(checksum.value, radix: 16)
    }
  }

  private static let checksumSize = MemoryLayout<UInt64>.size

  private func file(for key: Key) -> URL {
    folder.appendingPathComponent("\(name)-\(key.text).blob")
  }

  /// Returns an entry, or `nil` where there is none or its checksum is wrong.
  func bytes(for key: Key) -> Data? {
    // An entry that cannot be read costs a compilation, nothing else.
    guard let data = try? Data(contentsOf: file(for: key), options: .mappedIfSafe),
      data.count > Self.checksumSize
    else { return nil }
    let content = data.dropLast(Self.checksumSize)
    var checksum = Checksum()
    content.withUnsafeBytes { checksum.add($0) }
    let stored = data.suffix(Self.checksumSize).reversed().reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return checksum.value == stored ? content : nil
  }

  /// Adds an entry that `export` writes to the path it is given.
  func store(for key: Key, export: (String) throws -> Void) {
    let files = FileManager.default
    let temporary = folder.appendingPathComponent(".\(name)-\(UUID().uuidString).tmp")
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      try export(temporary.path)
      let handle = try FileHandle(forUpdating: temporary)
      defer { handle.closeFile() }
      var checksum = Checksum()
      let content = try Data(contentsOf: temporary, options: .mappedIfSafe)
      content.withUnsafeBytes { checksum.add($0) }
      try handle.seekToEnd()
      try handle.write(contentsOf: withUnsafeBytes(of: checksum.value.littleEndian) { Data($0) })
      removeEntries()
      guard rename(temporary.path, file(for: key).path) == 0 else {
        throw CocoaError(.fileWriteUnknown)
      }
    } catch {
      // Without an entry the next run compiles again; there may be no temporary file to remove.
      try? files.removeItem(at: temporary)
    }
  }

  /// Removes finished entries of this name, of other graphs, processors or settings.
  private func removeEntries() {
    // A folder that cannot be listed is no reason not to write to it.
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for entry in names where entry.hasPrefix("\(name)-") && entry.hasSuffix(".blob") {
      // Another process may have removed it first.
      try? FileManager.default.removeItem(at: folder.appendingPathComponent(entry))
    }
  }
}

/// A 64-bit checksum against accidents, not attackers: FNV-1a over eight bytes at a time.
struct Checksum {
  private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// Adds bytes; the split into calls is part of what is summed.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    let wordCount = bytes.count / 8
    for index in 0..<wordCount {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)))
    }
    for byte in bytes[(wordCount * 8)...] { mix(UInt64(byte)) }
  }

  private mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01B3
    // The product's upper bits know most; without this the top bits of a word would never reach
    // below.
    value ^= value >> 32
  }
}
