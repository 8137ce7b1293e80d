import GRDB
import Glibc

/// One file of the cache: where it lies, another may have taken its place by now.
final class CacheFile: Sendable {
  let pool: DatabasePool
  private let path: String
  private let identity: Identity?

  /// - Throws: `.corrupted`, `.unreadable`, `.busy` or `.diskFull`.
  init(path: String) throws(StoreError) {
    self.path = path
    pool = try StoreError.wording(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 4
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Self.migrator()
      if try !pool.read(migrator.hasCompletedMigrations) { try migrator.migrate(pool) }
      return pool
    }
    identity = Identity(path)
  }

  /// Whether the path still leads to this file.
  var isInPlace: Bool { identity != nil && Identity(path) == identity }

  /// Removes a file that cannot be read. Nothing in it is lost for good; whoever has it open goes on
  /// with it.
  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm"] { unlink(path + suffix) }
  }

  private static func migrator() -> DatabaseMigrator {
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
    migrator.registerMigration("2") { db in
      for (table, entry) in [("thumbnail", "jpeg"), ("embedding", "halves")] {
        try db.execute(
          sql: "ALTER TABLE \(table) ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0")
        let sums = DatabaseFunction("entry_checksum", argumentCount: 1, pure: true) { values in
          Blob.fromDatabaseValue(values[0]).map { checksum(of: $0.bytes) }
        }
        db.add(function: sums)
        try db.execute(sql: "UPDATE \(table) SET checksum = entry_checksum(\(entry))")
        db.remove(function: sums)
      }
    }
    return migrator
  }
}

/// Which file a path leads to.
private struct Identity: Equatable, Sendable {
  let device: UInt
  let number: UInt

  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }
}

/// A checksum against accidents, not attackers: FNV-1a over eight bytes at a time.
func checksum(of bytes: [UInt8]) -> Int64 {
  var value: UInt64 = 0xCBF2_9CE4_8422_2325
  func mix(_ word: UInt64) {
    value = (value ^ word) &* 0x0000_0100_0000_01B3
    // The product's upper bits know most; without this those of a word would never reach below.
    value ^= value >> 32
  }
  bytes.withUnsafeBytes { bytes in
    let wordCount = bytes.count / 8
    for index in 0..<wordCount {
      mix(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)))
    }
    for byte in bytes[(8 * wordCount)...] { mix(UInt64(byte)) }
  }
  return Int64(bitPattern: value)
}

/// What SQLite finds wrong with a file; nothing when it is sound.
func integrityFaults(_ db: Database) throws -> [String] {
  let answers = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)")
  return answers == ["ok"] ? [] : answers
}
