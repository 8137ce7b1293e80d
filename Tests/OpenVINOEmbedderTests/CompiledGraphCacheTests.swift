import Embeddings
import Foundation
import Testing

@testable import OpenVINOEmbedder

@Suite struct CompiledGraphCacheTests {
  private static let content = Data((0..<1000).map { UInt8($0 % 251) })

  @Test func entryComesBackUnderItsKeyOnly() throws {
    try TestRuntime.withFolder { folder in
      let cache = CompiledGraphCache(folder: folder.appendingPathComponent("new"), name: "a")
      let key = self.key("one")
      #expect(cache.bytes(for: key) == nil)
      cache.store(for: key) { try Self.content.write(to: URL(fileURLWithPath: $0)) }
      #expect(cache.bytes(for: key) == Self.content)
      #expect(cache.bytes(for: self.key("two")) == nil)
      #expect(
        CompiledGraphCache(folder: cache.folder, name: "b").bytes(for: key) == nil)
    }
  }

  @Test func keyKeepsTextsApart() {
    #expect(text(of: key("ab", "c")) != text(of: key("a", "bc")))
    #expect(text(of: key("a")) == text(of: key("a")))
  }

  @Test func newEntryReplacesTheOld() throws {
    try TestRuntime.withFolder { folder in
      let cache = CompiledGraphCache(folder: folder, name: "a")
      for name in ["one", "two", "three"] {
        cache.store(for: key(name)) { try Self.content.write(to: URL(fileURLWithPath: $0)) }
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names.count == 1)
      #expect(cache.bytes(for: key("three")) == Self.content)
    }
  }

  @Test func flippedByteOrCutEndIsAsIfAbsent() throws {
    try TestRuntime.withFolder { folder in
      let cache = CompiledGraphCache(folder: folder, name: "a")
      let key = self.key("one")
      cache.store(for: key) { try Self.content.write(to: URL(fileURLWithPath: $0)) }
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.path).first)
      let file = folder.appendingPathComponent(name)
      let whole = try Data(contentsOf: file)
      for index in whole.indices {
        var flipped = whole
        flipped[index] ^= 0x10
        try flipped.write(to: file)
        #expect(cache.bytes(for: key) == nil, "byte \(index)")
      }
      for count in [0, 7, 8, 500, whole.count - 1] {
        try whole.prefix(count).write(to: file)
        #expect(cache.bytes(for: key) == nil, "\(count) bytes")
      }
    }
  }

  @Test func failedExportLeavesNothing() throws {
    try TestRuntime.withFolder { folder in
      let cache = CompiledGraphCache(folder: folder, name: "a")
      cache.store(for: key("one")) { path in
        try Self.content.write(to: URL(fileURLWithPath: path))
        throw CocoaError(.fileWriteOutOfSpace)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(names == [])
    }
  }

  @Test(.enabled(if: TestRuntime.isInPlace))
  func cachedGraphAnswersLikeTheCompiledOne() throws {
    try TestRuntime.withFolder { folder in
      let picture = TestRuntime.picture(seed: 1)
      let expected = try TestRuntime.embedder(.compact).embed(picture)
      func answer() throws -> [Float] {
        try TestRuntime.embedder(.compact, cacheFolder: folder).embed(picture)
      }
      func entry() throws -> URL {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        try #require(names.count == 1)
        return folder.appendingPathComponent(names[0])
      }
      #expect(try answer() == expected)
      let file = try entry()
      let number = try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
      #expect(try answer() == expected)
      // An entry that was not taken would have been written anew, as another file.
      let numberAfterUse =
        try FileManager.default.attributesOfItem(atPath: file.path)[.systemFileNumber]
      #expect(number as? NSNumber == numberAfterUse as? NSNumber)

      // OpenVINO would take these weights as they are and answer wrongly.
      var damaged = try Data(contentsOf: file)
      for index in damaged.count / 2..<damaged.count / 2 + 4000 { damaged[index] ^= 0xFF }
      try damaged.write(to: file)
      #expect(try answer() == expected)
      #expect(try Data(contentsOf: file) != damaged)
    }
  }

  @Test(.enabled(if: TestRuntime.isInPlace))
  func entryThatTheRuntimeDoesNotTakeIsMadeAnew() throws {
    try TestRuntime.withFolder { folder in
      let picture = TestRuntime.picture(seed: 2)
      let expected = try TestRuntime.embedder(.compact, cacheFolder: folder).embed(picture)
      let name = try #require(
        FileManager.default.contentsOfDirectory(atPath: folder.path).first)
      // Whole by its checksum, but no compiled graph.
      var checksum = Checksum()
      Self.content.withUnsafeBytes { checksum.add($0) }
      let entry = Self.content + withUnsafeBytes(of: checksum.value.littleEndian) { Data($0) }
      try entry.write(to: folder.appendingPathComponent(name))
      #expect(try TestRuntime.embedder(.compact, cacheFolder: folder).embed(picture) == expected)
    }
  }

  private func key(_ facts: String...) -> CompiledGraphCache.Key {
    CompiledGraphCache.Key(graph: Data([1, 2, 3]), circumstances: facts)
  }

  private func text(of key: CompiledGraphCache.Key) -> String { "\(key)" }
}
