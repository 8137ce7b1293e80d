public import Dataset
import GRDB
import Synchronization

/// The file that holds what people did and what was trained: `library.sqlite`.
///
/// Several processes may have it open at once. Reads run side by side and never wait for a write; a
/// write that has returned is on the disk.
public final class ProjectStore: Sendable {
  /// The path of `library.sqlite`.
  public let path: String
  let pool: DatabasePool
  /// A connection that does nothing but notice what others do.
  private let watcher = Mutex<DatabaseQueue?>(nil)
  private let now: @Sendable () -> Double

  /// Opens the file, making it or bringing it up to date first.
  ///
  /// - Parameters:
  ///   - path: Of `library.sqlite`; its folder must exist.
  ///   - now: Tells the time of a change, in seconds since 1970.
  /// - Throws: `.newerLibrary`, `.corrupted`, `.unreadable`, `.busy` or `.diskFull`.
  public init(path: String, now: @escaping @Sendable () -> Double) throws(StoreError) {
    self.path = path
    self.now = now
    pool = try StoreError.wording(path) {
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      configuration.maximumReaderCount = 4
      configuration.prepareDatabase { db in
        // The usual 2 MB hold a tenth of what a search through 100,000 images reads.
        try db.execute(sql: "PRAGMA cache_size = -24000")
        // What a person did must survive a power cut, not only a crash.
        if !db.configuration.readonly { try db.execute(sql: "PRAGMA synchronous = FULL") }
      }
      let pool = try DatabasePool(path: path, configuration: configuration)
      let migrator = Schema.migrator()
      let applied = try pool.read { db in
        guard try !migrator.hasBeenSuperseded(db) else {
          let migration = try migrator.appliedIdentifiers(db).sorted().last ?? ""
          throw StoreError.newerLibrary(path: path, migration: migration)
        }
        return try migrator.hasCompletedMigrations(db)
      }
      if !applied { try migrator.migrate(pool) }
      return pool
    }
  }

  /// Reads one consistent state of the library, whatever others write meanwhile.
  public func read<Value>(_ body: (Snapshot) throws -> Value) throws -> Value {
    try StoreError.wordingAny(path) { try pool.read { db in try body(Snapshot(db: db)) } }
  }

  /// A number that is another one after each change that anybody made, this process included.
  ///
  /// It says nothing but that something has changed, and costs microseconds.
  public func changeCounter() throws -> Int64 {
    try StoreError.wordingAny(path) {
      try watcher.withLock { watcher in
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try watcher ?? DatabaseQueue(path: path, configuration: configuration)
        watcher = queue
        return try queue.read { try Int64.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
      }
    }
  }

  /// Changes a project: what `body` records becomes one change, all of it or nothing.
  ///
  /// - Parameters:
  ///   - actor: Who asked for it; undo takes back the actor's own changes.
  ///   - command: What was asked for, as the history shows it.
  ///   - undoable: Whether undo may take it back.
  ///   - undoes: The change that this one takes back.
  @discardableResult
  public func change<Value>(
    in project: ProjectID, by actor: String, command: String, undoable: Bool = true,
    undoes: Int64? = nil, _ body: (inout Recorder) throws -> Value
  ) throws -> Value {
    let time = now()
    return try StoreError.wordingAny(path) {
      try pool.write { db in
        var recorder = Recorder(
          db: db, project: project, time: time, actor: actor, command: command,
          undoable: undoable, undoes: undoes)
        return try body(&recorder)
      }
    }
  }

  /// What SQLite finds wrong with the file; nothing when it is sound.
  public func faults() throws -> [String] {
    try StoreError.wordingAny(path) { try pool.read(integrityFaults) }
  }

  /// Writes what programs asked and were answered.
  public func writePredictions<Value>(_ body: (PredictionWriter) throws -> Value) throws -> Value {
    try StoreError.wordingAny(path) {
      try pool.write { db in try body(PredictionWriter(db: db)) }
    }
  }

  /// Writes what is no fact of the log: iterations, which of them is in use, and what programs set.
  public func write<Value>(_ body: (IterationWriter) throws -> Value) throws -> Value {
    try StoreError.wordingAny(path) {
      try pool.write { db in try body(IterationWriter(db: db)) }
    }
  }
}
