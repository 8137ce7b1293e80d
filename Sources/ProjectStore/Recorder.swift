public import Dataset
import GRDB

/// Records one change of a project: facts go into the log, and the state follows in the same breath.
///
/// Valid only inside the closure that it is handed to.
public struct Recorder {
  /// The state of the library, with what was recorded so far.
  public var snapshot: Snapshot { Snapshot(db: db) }
  let db: Database
  let project: ProjectID
  let time: Double
  private let actor: String
  private let command: String
  private let undoable: Bool
  private let undoes: Int64?
  private var change: Int64?

  init(
    db: Database, project: ProjectID, time: Double, actor: String, command: String,
    undoable: Bool, undoes: Int64?
  ) {
    self.db = db
    self.project = project
    self.time = time
    self.actor = actor
    self.command = command
    self.undoable = undoable
    self.undoes = undoes
  }

  /// Makes a fact true and writes it into the log; a fact that holds already leaves no trace.
  ///
  /// - Returns: Whether anything changed.
  @discardableResult
  public mutating func record(_ fact: Fact) throws -> Bool {
    let row = FactRow(fact)
    let old = try snapshot.currentValue(row, in: project)
    guard old != row.value else { return false }
    let change = try ensuredChange()
    try execute(
      "INSERT INTO event (change, project, kind, image, tag, old, new) VALUES (?, ?, ?, ?, ?, ?, ?)",
      [change, project.databaseValue, row.kind.rawValue, row.image, row.tag, old, row.value])
    try apply(row)
    return true
  }

  /// Writes the change down even if no fact of it follows.
  ///
  /// A reversal that had to skip everything counts as done all the same; else undo would meet it for ever.
  public mutating func begin() throws { _ = try ensuredChange() }

  private mutating func ensuredChange() throws -> Int64 {
    if let change { return change }
    try db.execute(
      sql: """
        INSERT INTO change (project, time, actor, command, undoable, undoes)
        VALUES (?, ?, ?, ?, ?, ?)
        """, arguments: [project.databaseValue, time, actor, command, undoable, undoes])
    change = db.lastInsertedRowID
    return db.lastInsertedRowID
  }

  private func apply(_ row: FactRow) throws {
    if let place = row.place(in: project) {
      try execute(
        "UPDATE \(place.table) SET \(place.column) = ? WHERE id = ?", [row.value, place.id])
    } else if row.kind == .verdict {
      try apply(verdict: row)
    } else if row.value == true.databaseValue {
      try execute(
        """
        INSERT INTO label (image, tag) VALUES (
          (SELECT number FROM image WHERE id = ?), (SELECT number FROM tag WHERE id = ?))
        """, [row.image, row.tag])
    } else {
      try execute(
        """
        DELETE FROM label WHERE image = (SELECT number FROM image WHERE id = ?)
          AND tag = (SELECT number FROM tag WHERE id = ?)
        """, [row.image, row.tag])
    }
  }

  /// Keeps the statement for the next time: a change may have thousands of facts.
  private func execute(_ sql: String, _ arguments: StatementArguments) throws {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
  }

  private func apply(verdict row: FactRow) throws {
    if row.value.isNull {
      try execute("DELETE FROM verdict WHERE image = ? AND tag = ?", [row.image, row.tag])
    } else {
      try execute(
        "INSERT OR REPLACE INTO verdict (image, tag, present) VALUES (?, ?, ?)",
        [row.image, row.tag, row.value])
    }
  }
}
