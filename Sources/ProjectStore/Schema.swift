import GRDB

/// The tables of `library.sqlite`, one migration a version. A landed migration never changes.
enum Schema {
  static func migrator() -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1", migrate: makeVersion1)
    migrator.registerMigration("2", migrate: makeVersion2)
    migrator.registerMigration("3", migrate: makeVersion3)
    migrator.registerMigration("4", migrate: makeVersion4)
    migrator.registerMigration("5", migrate: makeVersion5)
    migrator.registerMigration("6", migrate: makeVersion6)
    migrator.registerMigration("7", migrate: makeVersion7)
    return migrator
  }

  /// Version 1: the log (`change`, `event`) and the state that is derived from it in the same
  /// transaction (`project`, `tag`, `image`, `label`), file contents, and iterations.
  private static func makeVersion1(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE project (
          id BLOB NOT NULL PRIMARY KEY,
          created REAL NOT NULL,
          present INTEGER NOT NULL,
          name TEXT NOT NULL,
          description TEXT NOT NULL,
          type TEXT NOT NULL CHECK (type IN ('multiclass', 'multilabel')),
          domain TEXT NOT NULL,
          currentIteration BLOB REFERENCES iteration (id)
        );
        CREATE UNIQUE INDEX project_name ON project (name) WHERE present;

        CREATE TABLE content (
          hash BLOB NOT NULL PRIMARY KEY,
          format TEXT NOT NULL,
          byteCount INTEGER NOT NULL,
          width INTEGER NOT NULL,
          height INTEGER NOT NULL,
          perceptualHash INTEGER NOT NULL
        );

        CREATE TABLE image (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id BLOB NOT NULL UNIQUE,
          project BLOB NOT NULL REFERENCES project (id),
          content BLOB NOT NULL REFERENCES content (hash),
          name TEXT NOT NULL,
          path TEXT NOT NULL,
          created REAL NOT NULL,
          present INTEGER NOT NULL,
          UNIQUE (project, content)
        );
        CREATE INDEX image_order ON image (project, present, number);
        CREATE INDEX image_path ON image (project, path);

        CREATE TABLE tag (
          number INTEGER PRIMARY KEY AUTOINCREMENT,
          id BLOB NOT NULL UNIQUE,
          project BLOB NOT NULL REFERENCES project (id),
          created REAL NOT NULL,
          present INTEGER NOT NULL,
          name TEXT NOT NULL,
          kind TEXT NOT NULL CHECK (kind IN ('regular', 'negative'))
        );
        CREATE UNIQUE INDEX tag_name ON tag (project, name) WHERE present;
        CREATE UNIQUE INDEX tag_negative ON tag (project) WHERE present AND kind = 'negative';

        CREATE TABLE label (
          image BLOB NOT NULL REFERENCES image (id),
          tag BLOB NOT NULL REFERENCES tag (id),
          PRIMARY KEY (image, tag)
        ) WITHOUT ROWID;
        CREATE INDEX label_tag ON label (tag, image);

        CREATE TABLE change (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          project BLOB NOT NULL REFERENCES project (id),
          time REAL NOT NULL,
          actor TEXT NOT NULL,
          command TEXT NOT NULL,
          undoable INTEGER NOT NULL,
          undoes INTEGER REFERENCES change (id)
        );
        CREATE INDEX change_actor ON change (project, actor, id);
        CREATE INDEX change_undoes ON change (undoes) WHERE undoes IS NOT NULL;

        CREATE TABLE event (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          change INTEGER NOT NULL REFERENCES change (id),
          project BLOB NOT NULL REFERENCES project (id),
          kind TEXT NOT NULL,
          image BLOB,
          tag BLOB,
          old ANY,
          new ANY
        );
        CREATE INDEX event_change ON event (change);
        CREATE INDEX event_kind ON event (project, kind, position);
        CREATE INDEX event_image ON event (image, kind, tag, position);
        CREATE INDEX event_tag ON event (tag, kind, position);
        CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
        CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
          BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

        CREATE TABLE iteration (
          id BLOB NOT NULL PRIMARY KEY,
          project BLOB NOT NULL REFERENCES project (id),
          number INTEGER NOT NULL,
          name TEXT NOT NULL,
          present INTEGER NOT NULL,
          position INTEGER NOT NULL,
          trainedAt REAL NOT NULL,
          seconds REAL NOT NULL,
          type TEXT NOT NULL,
          domain TEXT NOT NULL,
          recipe TEXT NOT NULL,
          seed INTEGER NOT NULL,
          settings TEXT NOT NULL,
          metrics TEXT NOT NULL,
          head BLOB NOT NULL,
          publishName TEXT,
          UNIQUE (project, number)
        );
        CREATE UNIQUE INDEX iteration_published ON iteration (project, publishName)
          WHERE publishName IS NOT NULL AND present;

        CREATE TABLE iterationClass (
          iteration BLOB NOT NULL REFERENCES iteration (id),
          class INTEGER NOT NULL,
          tag BLOB NOT NULL REFERENCES tag (id),
          name TEXT NOT NULL,
          kind TEXT NOT NULL,
          PRIMARY KEY (iteration, class)
        ) WITHOUT ROWID;

        CREATE TABLE iterationImage (
          iteration BLOB NOT NULL REFERENCES iteration (id),
          row INTEGER NOT NULL,
          image BLOB NOT NULL REFERENCES image (id),
          given TEXT NOT NULL,
          groupNumber INTEGER NOT NULL,
          fold INTEGER,
          probabilities BLOB,
          PRIMARY KEY (iteration, row)
        ) WITHOUT ROWID;
        CREATE INDEX iterationImage_image ON iterationImage (image, iteration);
        """)
  }
}
