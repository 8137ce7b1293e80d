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
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .diskFull(path: path)
    default: self = .unreadable(path: path, reason: error.message ?? "\(error.resultCode)")
    }
  }
}
