public import Dataset
import GRDB
import Synchronization

/// The file that holds what can be made again: thumbnails and embeddings, by content.
///
/// It may be deleted at any time. Every entry carries a checksum: one that was changed on the disk is
/// as if it were not there. A file that SQLite finds damaged is begun anew, also while it is in use.
public final class CacheStore: Sendable {
  /// The path of `cache.sqlite`.
  public let path: String
  private let file: Mutex<CacheFile>
  private let wasRenewed: @Sendable () -> Void

  /// Opens the file, making it first if need be.
  ///
  /// - Parameter wasRenewed: Told when the file was damaged and has been begun anew.
  /// - Throws: `.unreadable`, `.busy` or `.diskFull`.
  public init(
    path: String, wasRenewed: @escaping @Sendable () -> Void = {}
  ) throws(StoreError) {
    self.path = path
    self.wasRenewed = wasRenewed
    do {
      file = Mutex(try CacheFile(path: path))
    } catch .corrupted {
      CacheFile.remove(path)
      file = Mutex(try CacheFile(path: path))
      wasRenewed()
    }
  }

  /// The thumbnail of a content as JPEG, at most 256 pixels a side; `nil` when it is not kept.
  public func thumbnail(of content: ContentHash) throws -> [UInt8]? {
    try read { db in
      Self.entry(
        try Row.fetchOne(
          db, sql: "SELECT jpeg, checksum FROM thumbnail WHERE content = ?",
          arguments: [content.databaseValue]))
    }
  }

  /// Keeps thumbnails (JPEG) and embeddings (16-bit floats, little-endian), in one transaction.
  public func keep(
    thumbnails: [(content: ContentHash, jpeg: [UInt8])] = [],
    embeddings: [(content: ContentHash, halves: [UInt8])] = [], recipe: String = ""
  ) throws {
    if thumbnails.isEmpty && embeddings.isEmpty { return }
    try write { db in
      for (content, jpeg) in thumbnails {
        try db.execute(
          sql: "INSERT OR REPLACE INTO thumbnail (content, jpeg, checksum) VALUES (?, ?, ?)",
          arguments: [content.databaseValue, Blob(jpeg), checksum(of: jpeg)])
      }
      for (content, halves) in embeddings {
        try db.execute(
          sql: """
            INSERT OR REPLACE INTO embedding (content, recipe, halves, checksum)
            VALUES (?, ?, ?, ?)
            """,
          arguments: [content.databaseValue, recipe, Blob(halves), checksum(of: halves)])
      }
    }
  }

  /// The embedding of a content under a recipe, as 16-bit floats; `nil` when it is not kept.
  public func embedding(of content: ContentHash, recipe: String) throws -> [UInt8]? {
    try read { db in
      Self.entry(
        try Row.fetchOne(
          db, sql: "SELECT halves, checksum FROM embedding WHERE content = ? AND recipe = ?",
          arguments: [content.databaseValue, recipe]))
    }
  }

  /// Drops embeddings, so that they are made again.
  public func forgetEmbeddings(of contents: [ContentHash], recipe: String) throws {
    if contents.isEmpty { return }
    try write { db in
      for content in contents {
        try db.execute(
          sql: "DELETE FROM embedding WHERE content = ? AND recipe = ?",
          arguments: [content.databaseValue, recipe])
      }
    }
  }

  /// Those of the contents that have no embedding under the recipe, in their order.
  ///
  /// Looks at what is listed, not at what is in it: an entry that was changed on the disk shows when it
  /// is read.
  public func contentsWithoutEmbedding(
    _ contents: [ContentHash], recipe: String
  ) throws -> [ContentHash] {
    try read { db in
      let statement = try db.makeStatement(
        sql: "SELECT 1 FROM embedding WHERE content = ? AND recipe = ?")
      return try contents.filter { content in
        try Int.fetchOne(statement, arguments: [content.databaseValue, recipe]) == nil
      }
    }
  }

  /// What SQLite finds wrong with the file; nothing when it is sound.
  public func faults() throws -> [String] { try read(integrityFaults) }

  /// An entry's bytes, unless they are not what was written.
  private static func entry(_ row: Row?) -> [UInt8]? {
    guard let row else { return nil }
    let bytes = (row[0] as Blob).bytes
    return checksum(of: bytes) == row[1] ? bytes : nil
  }

  // MARK: - The file

  /// Forgets everything in a new file.
  public func beginAnew() throws { _ = try renewed(from: file.withLock { $0 }) }

  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try access { try $0.pool.read(body) }
  }

  private func write(_ body: (Database) throws -> Void) throws {
    try access { try $0.pool.write(body) }
  }

  private func access<Value>(_ body: (CacheFile) throws -> Value) throws -> Value {
    let current = file.withLock { $0 }
    do {
      return try StoreError.wordingAny(path) { try body(current) }
    } catch StoreError.corrupted {
      return try StoreError.wordingAny(path) { try body(try renewed(from: current)) }
    }
  }

  /// The file that takes the place of one that could not be read.
  private func renewed(from broken: CacheFile) throws -> CacheFile {
    try file.withLock { file in
      // Another thread may have been here first, and so may another process.
      if file !== broken { return file }
      if broken.isInPlace { CacheFile.remove(path) }
      file = try CacheFile(path: path)
      wasRenewed()
      return file
    }
  }
}
