public import Dataset
import GRDB
import Glibc

/// The file that holds what can be made again: thumbnails and embeddings, by content.
///
/// It may be deleted at any time. A cache that cannot be read is begun anew.
public final class CacheStore: Sendable {
  /// The path of `cache.sqlite`.
  public let path: String
  private let pool: DatabasePool

  /// Opens the file, making it first if need be.
  ///
  /// - Throws: `.unreadable`, `.busy` or `.diskFull`.
  public init(path: String) throws(StoreError) {
    self.path = path
    do {
      pool = try Self.open(path)
    } catch .unreadable {
      // Nothing in it is lost for good. Whoever has the old file open goes on with it.
      for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
      pool = try Self.open(path)
    }
  }

  private static func open(_ path: String) throws(StoreError) -> DatabasePool {
    try StoreError.wording(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 4
      let pool = try DatabasePool(path: path, configuration: configuration)
      var migrator = DatabaseMigrator()
      migrator.registerMigration("1") { db in
        try db.execute(
          sql: """
            CREATE TABLE thumbnail (content BLOB NOT NULL PRIMARY KEY, jpeg BLOB NOT NULL);
            CREATE TABLE embedding (
              content BLOB NOT NULL,
              recipe TEXT NOT NULL,
              halves BLOB NOT NULL,
              PRIMARY KEY (content, recipe)
            ) WITHOUT ROWID;
            """)
      }
      if try !pool.read(migrator.hasCompletedMigrations) { try migrator.migrate(pool) }
      return pool
    }
  }

  /// The thumbnail of a content as JPEG, at most 256 pixels a side; `nil` when it is not kept.
  public func thumbnail(of content: ContentHash) throws -> [UInt8]? {
    try StoreError.wordingAny(path) {
      try pool.read { db in
        try Blob.fetchOne(
          db, sql: "SELECT jpeg FROM thumbnail WHERE content = ?",
          arguments: [content.databaseValue])
      }?.bytes
    }
  }

  /// Keeps thumbnails (JPEG) and embeddings (16-bit floats, little-endian), in one transaction.
  public func keep(
    thumbnails: [(content: ContentHash, jpeg: [UInt8])] = [],
    embeddings: [(content: ContentHash, halves: [UInt8])] = [], recipe: String = ""
  ) throws {
    if thumbnails.isEmpty && embeddings.isEmpty { return }
    try StoreError.wordingAny(path) {
      try pool.write { db in
        for (content, jpeg) in thumbnails {
          try db.execute(
            sql: "INSERT OR REPLACE INTO thumbnail (content, jpeg) VALUES (?, ?)",
            arguments: [content.databaseValue, Blob(jpeg)])
        }
        for (content, halves) in embeddings {
          try db.execute(
            sql: "INSERT OR REPLACE INTO embedding (content, recipe, halves) VALUES (?, ?, ?)",
            arguments: [content.databaseValue, recipe, Blob(halves)])
        }
      }
    }
  }

  /// The embedding of a content under a recipe, as 16-bit floats; `nil` when it is not made yet.
  public func embedding(of content: ContentHash, recipe: String) throws -> [UInt8]? {
    try StoreError.wordingAny(path) {
      try pool.read { db in
        try Blob.fetchOne(
          db, sql: "SELECT halves FROM embedding WHERE content = ? AND recipe = ?",
          arguments: [content.databaseValue, recipe])
      }?.bytes
    }
  }

  /// Those of the contents that have no embedding under the recipe, in their order.
  public func contentsWithoutEmbedding(
    _ contents: [ContentHash], recipe: String
  ) throws -> [ContentHash] {
    try StoreError.wordingAny(path) {
      try pool.read { db in
        let statement = try db.makeStatement(
          sql: "SELECT 1 FROM embedding WHERE content = ? AND recipe = ?")
        return try contents.filter { content in
          try Int.fetchOne(statement, arguments: [content.databaseValue, recipe]) == nil
        }
      }
    }
  }
}
