import GRDB

extension Schema {
  /// Version 7: the log keeps values as they were recorded. Its columns were numeric until then, so that a
  /// name such as 007 became a number.
  ///
  /// A spelling that was lost is that of the state where it is the same number, else the number's own.
  static func makeVersion7(_ db: Database) throws {
    func restored(_ column: String) -> String {
      func spelling(_ stated: String, of table: String) -> String {
        """
        (SELECT \(stated) FROM \(table) WHERE \(table).id = event.\(table)
          AND CAST(\(stated) AS NUMERIC) = event.\(column))
        """
      }
      return """
        CASE
          WHEN typeof(\(column)) IN ('integer', 'real') AND kind IN (
            'tagName', 'tagDescription', 'imageMetadata', 'projectName', 'projectDescription')
          THEN coalesce(
            CASE kind
              WHEN 'tagName' THEN \(spelling("name", of: "tag"))
              WHEN 'tagDescription' THEN \(spelling("description", of: "tag"))
              WHEN 'imageMetadata' THEN \(spelling("metadata", of: "image"))
              WHEN 'projectName' THEN \(spelling("name", of: "project"))
              ELSE \(spelling("description", of: "project"))
            END,
            CAST(\(column) AS TEXT))
          ELSE \(column)
        END
        """
    }
    try db.execute(
      sql: """
        CREATE TABLE log (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          change INTEGER NOT NULL REFERENCES change (id),
          project BLOB NOT NULL REFERENCES project (id),
          kind TEXT NOT NULL,
          image BLOB,
          tag BLOB,
          old BLOB,
          new BLOB
        );
        INSERT INTO log
          SELECT position, change, project, kind, image, tag, \(restored("old")), \(restored("new"))
          FROM event ORDER BY position;
        DROP TABLE event;
        ALTER TABLE log RENAME TO event;
        CREATE INDEX event_change ON event (change);
        CREATE INDEX event_kind ON event (project, kind, position);
        CREATE INDEX event_image ON event (image, kind, tag, position);
        CREATE INDEX event_tag ON event (tag, kind, position);
        CREATE INDEX event_project ON event (project, position);
        CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        """)
  }
}
