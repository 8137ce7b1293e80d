import GRDB

extension Schema {
  /// Version 5: which images a person keeps although others are nearly the same.
  static func makeVersion5(_ db: Database) throws {
    try db.execute(
      sql: "ALTER TABLE image ADD COLUMN keptBesideDuplicates INTEGER NOT NULL DEFAULT 0")
  }
}
