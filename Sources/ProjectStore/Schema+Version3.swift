import GRDB

extension Schema {
  /// Version 3: what programs asked and were answered; descriptions of tags; metadata of images; the
  /// address that an iteration was published for.
  static func makeVersion3(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE prediction (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id BLOB NOT NULL UNIQUE,
          project BLOB NOT NULL REFERENCES project (id),
          iteration BLOB NOT NULL REFERENCES iteration (id),
          content BLOB NOT NULL,
          width INTEGER NOT NULL,
          height INTEGER NOT NULL,
          created REAL NOT NULL,
          application TEXT NOT NULL,
          probabilities BLOB NOT NULL,
          uncertainty REAL NOT NULL
        );
        CREATE INDEX prediction_order ON prediction (project, number);
        CREATE INDEX prediction_uncertainty ON prediction (project, uncertainty, number);
        CREATE INDEX prediction_content ON prediction (content);
        CREATE INDEX prediction_created ON prediction (created);

        ALTER TABLE tag ADD COLUMN description TEXT NOT NULL DEFAULT '';
        ALTER TABLE image ADD COLUMN metadata TEXT NOT NULL DEFAULT '';
        ALTER TABLE iteration ADD COLUMN publishTarget TEXT;
        """)
  }
}
