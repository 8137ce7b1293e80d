public import Dataset
import GRDB
import Synchronization

/// The file that holds what can be made again: thumbnails and embeddings, by content.
///
/// It may be deleted at any time, also while it is in use. Every entry carries a checksum: one that was
/// changed on the disk is as if it were not there. A file that SQLite finds damaged is begun anew. It is
/// opened when something of it is asked for, so that nothing else depends on it.
public final class CacheStore: Sendable {
  /// The path of `cache.sqlite`.
  public let path: String
  private let file = Mutex<CacheFile?>(nil)
  private let exclusively: @Sendable (() throws -> Void) throws -> Void
  private let wasRenewed: @Sendable () -> Void

  /// - Parameters:
  ///   - path: Of `cache.sqlite`; its folder must exist when something is asked for.
  ///   - exclusively: Runs its argument while no other process does so for the same file; two that lay
  ///     out the tables at the same moment would fail.
  ///   - wasRenewed: Told when the file was damaged and has been begun anew.
  public init(
    path: String,
    exclusively: @escaping @Sendable (() throws -> Void) throws -> Void = { try $0() },
    wasRenewed: @escaping @Sendable () -> Void = {}
  ) {
    self.path = path
    self.exclusively = exclusively
    self.wasRenewed = wasRenewed
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
  public func beginAnew() throws { _ = try renewed(from: opened(), damaged: true) }

  private func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try access { try $0.pool.read(body) }
  }

  private func write(_ body: (Database) throws -> Void) throws {
    try access { try $0.pool.write(body) }
  }

  private func access<Value>(_ body: (CacheFile) throws -> Value) throws -> Value {
    let current = try opened()
    do {
      return try StoreError.wordingAny(path) { try body(current) }
    } catch let error as StoreError {
      // Whoever deleted the file took it from under connections that were about to be opened.
      guard error.isCorruption || !current.isInPlace else { throw error }
      let next = try renewed(from: current, damaged: error.isCorruption)
      return try StoreError.wordingAny(path) { try body(next) }
    }
  }

  private func opened() throws -> CacheFile {
    try file.withLock { file in
      if let file { return file }
      let opened = try open()
      file = opened
      return opened
    }
  }

  /// The file that takes the place of one that could not be read.
  private func renewed(from broken: CacheFile, damaged: Bool) throws -> CacheFile {
    try file.withLock { file in
      // Another thread may have been here first, and so may another process.
      if let file, file !== broken { return file }
      if damaged && broken.isInPlace { CacheFile.remove(path) }
      let next = try open()
      file = next
      if damaged { wasRenewed() }
      return next
    }
  }

  /// Opens the file that lies at the path, or makes one. One that is damaged is removed, and one that is
  /// deleted while it is being opened is no trouble of the caller's: there are a few attempts.
  private func open() throws -> CacheFile {
    var opened: CacheFile?
    try exclusively {
      for attemptsLeft in (0..<4).reversed() where opened == nil {
        do {
          let file = try CacheFile(path: path)
          if file.isInPlace || attemptsLeft == 0 { opened = file }
        } catch StoreError.corrupted where attemptsLeft > 0 {
          CacheFile.remove(path)
          wasRenewed()
        } catch StoreError.unreadable where attemptsLeft > 0 {
        }
      }
    }
    guard let opened else { preconditionFailure("the last attempt gives a file or throws") }
    return opened
  }
}
