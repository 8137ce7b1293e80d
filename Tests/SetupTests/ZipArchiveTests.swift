import Foundation
import Testing
import WorkbenchTesting

@testable import Setup

@Suite struct ZipArchiveTests {
  private let file: Data

  init() throws {
    file = try Data(contentsOf: TinyPackages.folder.appendingPathComponent(TinyPackages.tinyFile))
  }

  @Test func everyKindOfEntryUnpacks() throws {
    let archive = try ZipArchive(file)
    let text = (0..<2000).map { "\($0) bottles, " }.joined()
    let runs = String(repeating: "a", count: 5000) + String(repeating: "ab", count: 5000)
    let expected: [(String, [UInt8])] = [
      ("tiny/stored.bin", Self.numbers(1000)),
      ("tiny/fixed.txt", Array("short".utf8)),
      ("tiny/text.txt", Array(text.utf8)),
      ("tiny/runs.bin", Array(runs.utf8) + [UInt8](repeating: 0, count: 40_000)),
      ("tiny/random.bin", Self.numbers(4000)),
      ("tiny/empty.txt", []),
    ]
    for (name, bytes) in expected {
      #expect(try archive.bytes(of: name, limit: 1 << 20) == bytes, "\(name)")
      #expect(archive.byteCount(of: name) == bytes.count)
    }
  }

  @Test func wrongQuestionsAreAnsweredWithFacts() throws {
    let archive = try ZipArchive(file)
    #expect(throws: ZipFault.missingEntry("tiny/none")) {
      try archive.bytes(of: "tiny/none", limit: 10)
    }
    #expect(throws: ZipFault.tooLarge(entry: "tiny/stored.bin", byteCount: 1000, limit: 999)) {
      try archive.bytes(of: "tiny/stored.bin", limit: 999)
    }
    #expect(throws: ZipFault.notAZipFile) { try ZipArchive(Data("no zip file at all!!!!".utf8)) }
    #expect(throws: ZipFault.notAZipFile) { try ZipArchive(Data()) }
  }

  @Test func changedContentIsNoticed() throws {
    var changed = file
    // The first entry is stored: its bytes follow its 30-byte header and 15-byte name.
    changed[60] ^= 1
    #expect(throws: ZipFault.wrongChecksum(entry: "tiny/stored.bin")) {
      try ZipArchive(changed).bytes(of: "tiny/stored.bin", limit: 1000)
    }
  }

  @Test func sliceOfDataIsReadFromItsStart() throws {
    let slice = (Data([1, 2, 3]) + file)[3...]
    #expect(try ZipArchive(slice).bytes(of: "tiny/fixed.txt", limit: 10) == Array("short".utf8))
  }

  @Test(arguments: UInt64(0)..<400) func flippedBytesNeverTrap(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = file
    // Half of the seeds hit the list of files at the end, where offsets and sizes are.
    let range = seed % 2 == 0 ? 0..<bytes.count : bytes.count - 520..<bytes.count
    for _ in 0...Int(seed % 5) {
      bytes[Int.random(in: range, using: &generator)] = UInt8(generator.next() & 0xFF)
    }
    guard let archive = try? ZipArchive(bytes) else { return }
    for name in ["stored.bin", "fixed.txt", "text.txt", "runs.bin", "random.bin", "empty.txt"] {
      _ = try? archive.bytes(of: "tiny/\(name)", limit: 1 << 20)
    }
  }

  @Test(arguments: UInt64(0)..<300) func noiseInflatesToAnErrorAtWorst(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let noise = (0..<200).map { _ in UInt8(generator.next() & 0xFF) }
    for byteCount in [0, 10, 1000] {
      noise.withUnsafeBytes { bytes in
        _ = try? Inflate.unpack(bytes, byteCount: byteCount)
      }
    }
  }

  @Test func cutStreamIsRefused() throws {
    // zlib.compress(b"a" * 100) without its wrapping.
    let stream: [UInt8] = [0x4B, 0x4C, 0xA4, 0x3D, 0x00, 0x00]
    let whole = try stream.withUnsafeBytes { try Inflate.unpack($0, byteCount: 100) }
    #expect(whole == [UInt8](repeating: 0x61, count: 100))
    for count in 0..<stream.count - 1 {
      #expect(throws: Inflate.Failure.self) {
        try stream[..<count].withUnsafeBytes { try Inflate.unpack($0, byteCount: 100) }
      }
    }
    for byteCount in [99, 101] {
      #expect(throws: Inflate.Failure.self) {
        try stream.withUnsafeBytes { try Inflate.unpack($0, byteCount: byteCount) }
      }
    }
  }

  /// The generator of make_packages.py.
  private static func numbers(_ count: Int) -> [UInt8] {
    var state = 1
    return (0..<count).map { _ in
      state = (state * 1_103_515_245 + 12_345) % (1 << 31)
      return UInt8(state >> 16 & 255)
    }
  }
}
