import Dataset
import GRDB

extension Schema {
  /// Version 2: verdicts of people on labels; what an iteration predicts of an image as columns, so
  /// that lists can be filtered and sorted by it; an index for lists by name.
  static func makeVersion2(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE verdict (
          image BLOB NOT NULL REFERENCES image (id),
          tag BLOB NOT NULL REFERENCES tag (id),
          present INTEGER NOT NULL,
          PRIMARY KEY (image, tag)
        ) WITHOUT ROWID;

        ALTER TABLE iterationImage ADD COLUMN judgedClass INTEGER;
        ALTER TABLE iterationImage ADD COLUMN judgedPresent INTEGER;
        ALTER TABLE iterationImage ADD COLUMN certainty REAL;

        CREATE INDEX event_project ON event (project, position);
        CREATE INDEX image_name ON image (project, present, name COLLATE NOCASE, number);
        """)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT iteration.type, iterationImage.iteration, row, image, given, groupNumber, fold,
          probabilities
        FROM iterationImage JOIN iteration ON iteration.id = iterationImage.iteration
        WHERE probabilities IS NOT NULL
        """)
    let update = try db.makeStatement(
      sql: """
        UPDATE iterationImage SET judgedClass = ?, judgedPresent = ?, certainty = ?
        WHERE iteration = ? AND row = ?
        """)
    while let row = try rows.next() {
      guard let type = ClassificationType(rawValue: row["type"]),
        let judged = try Snapshot.iterationRow(row).judged(type)
      else { continue }
      try update.execute(arguments: [
        judged.classIndex, judged.isPresent, judged.certainty, row["iteration"], row["row"],
      ])
    }
  }
}

extension IterationRow {
  /// What is most telling of a prediction: of which class, whether it says that the image bears it,
  /// and how certain it is, 0…1; `nil` without a prediction.
  ///
  /// Multiclass: the most probable class, with its probability. Multilabel: the class whose
  /// prediction is furthest from what was given.
  func judged(
    _ type: ClassificationType
  ) -> (classIndex: Int, isPresent: Bool, certainty: Double)? {
    guard let probabilities, !probabilities.isEmpty else { return nil }
    switch type {
    case .multiclass:
      let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0
      return (best, true, Double(probabilities[best]))
    case .multilabel:
      func distance(_ index: Int) -> Float {
        given.contains(index) ? 1 - probabilities[index] : probabilities[index]
      }
      let worst = probabilities.indices.max { distance($0) < distance($1) } ?? 0
      let probability = Double(probabilities[worst])
      return (worst, probability >= 0.5, max(probability, 1 - probability))
    }
  }
}
