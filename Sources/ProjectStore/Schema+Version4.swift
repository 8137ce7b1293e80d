import GRDB

extension Schema {
  /// Version 4: labels name images and tags by their numbers, and what lists are filtered and sorted by
  /// lies in indexes beside these numbers, so that a search reads runs of an index instead of looking up
  /// 16 bytes of an id for every image.
  static func makeVersion4(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE numberedLabel (
          image INTEGER NOT NULL REFERENCES image (number),
          tag INTEGER NOT NULL REFERENCES tag (number),
          PRIMARY KEY (image, tag)
        ) WITHOUT ROWID;
        INSERT INTO numberedLabel
          SELECT image.number, tag.number FROM label
          JOIN image ON image.id = label.image JOIN tag ON tag.id = label.tag
          ORDER BY image.number, tag.number;
        DROP TABLE label;
        ALTER TABLE numberedLabel RENAME TO label;
        CREATE INDEX label_tag ON label (tag, image);

        ALTER TABLE iterationImage ADD COLUMN number INTEGER REFERENCES image (number);
        UPDATE iterationImage
          SET number = (SELECT number FROM image WHERE image.id = iterationImage.image);
        DROP INDEX iterationImage_image;
        CREATE INDEX iterationImage_number ON iterationImage (number, iteration);
        CREATE INDEX iterationImage_judged
          ON iterationImage (iteration, judgedClass, judgedPresent, number, certainty);

        -- That of its content, which never changes.
        ALTER TABLE image ADD COLUMN byteCount INTEGER NOT NULL DEFAULT 0;
        UPDATE image
          SET byteCount = (SELECT byteCount FROM content WHERE content.hash = image.content);
        CREATE INDEX image_size ON image (project, present, byteCount, number);
        """)
  }
}
