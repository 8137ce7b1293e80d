import GRDB

extension StoreError {
  /// Runs `body` and turns what SQLite reports into facts about the file at `path`.
  static func wording<Value>(
    _ path: String, _ body: () throws -> Value
  ) throws(StoreError) -> Value {
    do {
      return try body()
    } catch let error as StoreError {
      throw error
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    } catch {
      throw .unreadable(path: path, reason: "\(error)")
    }
  }

  /// The same for bodies that throw errors of their callers, which pass through.
  static func wordingAny<Value>(_ path: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as DatabaseError {
      throw StoreError(error, path: path)
    }
  }

  private init(_ error: DatabaseError, path: String) {
    // Even who reads needs a little room, for the index of the log beside the file.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE {
      self = .diskFull(path: path)
      return
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB:
      self = .corrupted(path: path, reason: error.message ?? "\(error.resultCode)")
    default: self = .unreadable(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}
