public import Dataset
import GRDB

/// Which change undo or redo would take back.
public enum Reversal: Hashable, Sendable { case undo, redo }

extension Snapshot {
  /// The project's log, newest event first.
  ///
  /// - Parameters:
  ///   - image: Only what happened to this image.
  ///   - tag: Only what happened to this tag, its labels included.
  ///   - actor: Only what this person or program changed.
  ///   - position: Only what comes after it.
  public func history(
    of project: ProjectID, image: ImageID? = nil, tag: TagID? = nil, actor: String? = nil,
    after position: Int64? = nil, limit: Int
  ) throws -> [Event] {
    try events(
      where: """
        event.project = :project AND (:image IS NULL OR event.image = :image)
        AND (:tag IS NULL OR event.tag = :tag) AND (:actor IS NULL OR change.actor = :actor)
        AND (:position IS NULL OR event.position > :position)
        """,
      arguments: [
        "project": project.databaseValue, "image": image?.databaseValue, "tag": tag?.databaseValue,
        "actor": actor, "position": position,
      ], order: "DESC", limit: limit)
  }

  /// What the changes of a range that can be taken back did to each thing that they touched: what it was before the first of
  /// them, and what it was after the last; in the order in which each was touched last.
  public func effects(
    of changes: ClosedRange<Int64>, in project: ProjectID
  ) throws -> [(before: Fact, after: Fact)] {
    let events = try events(
      where: """
        event.project = :project AND event.change BETWEEN :first AND :last AND change.undoable
        """,
      arguments: [
        "project": project.databaseValue, "first": changes.lowerBound, "last": changes.upperBound,
      ], order: "ASC")
    var first: [FactRow.Subject: Fact] = [:]
    var last: [FactRow.Subject: Event] = [:]
    for event in events {
      let subject = FactRow(event.after).subject
      if first[subject] == nil { first[subject] = event.before }
      last[subject] = event
    }
    return last.sorted { $0.value.position < $1.value.position }.compactMap { subject, event in
      guard let before = first[subject], before != event.after else { return nil }
      return (before, event.after)
    }
  }

  /// The events of one change, in the order in which they happened.
  public func events(of change: Int64) throws -> [Event] {
    try events(where: "event.change = :change", arguments: ["change": change], order: "ASC")
  }

  /// The actor's change that undo or redo takes back next; `nil` with none.
  ///
  /// An undone change can be undone again after its redo. A change of the actor's after an undo ends
  /// what could be redone.
  public func nextChange(
    to reversal: Reversal, in project: ProjectID, by actor: String
  ) throws -> Int64? {
    let isUndone = """
      EXISTS (SELECT 1 FROM change AS undo WHERE undo.undoes = change.id AND NOT EXISTS (
        SELECT 1 FROM change AS redo WHERE redo.undoes = undo.id))
      """
    let sql =
      switch reversal {
      case .undo:
        """
        SELECT id FROM change WHERE project = :project AND actor = :actor AND undoable
          AND undoes IS NULL AND NOT \(isUndone) ORDER BY id DESC LIMIT 1
        """
      case .redo:
        """
        SELECT id FROM change WHERE project = :project AND actor = :actor AND undoable
          AND undoes IN (SELECT id FROM change WHERE undoes IS NULL)
          AND NOT EXISTS (SELECT 1 FROM change AS redo WHERE redo.undoes = change.id)
          AND id > (SELECT coalesce(max(id), 0) FROM change
            WHERE project = :project AND actor = :actor AND undoable AND undoes IS NULL)
        ORDER BY id DESC LIMIT 1
        """
      }
    return try Int64.fetchOne(
      db, sql: sql, arguments: ["project": project.databaseValue, "actor": actor])
  }

  /// What a change was asked for as; of an undo or a redo, what it takes back or brings back.
  public func command(of change: Int64) throws -> String {
    let row = try Row.fetchOne(
      db, sql: "SELECT command, undoes FROM change WHERE id = ?", arguments: [change])
    guard let row else { throw StoreError.damaged("change \(change) does not exist") }
    if let undone = row["undoes"] as Int64? { return try command(of: undone) }
    return row["command"]
  }

  /// The newest change that took a tag out of the list.
  public func deletion(of tag: TagID) throws -> Int64? {
    try deletion(.tagExistence, "tag", tag.databaseValue)
  }

  /// The newest change that took a project out of the list.
  public func deletion(of project: ProjectID) throws -> Int64? {
    try deletion(.projectExistence, "project", project.databaseValue)
  }

  private func deletion(
    _ kind: FactRow.Kind, _ column: String, _ id: DatabaseValue
  ) throws -> Int64? {
    try Int64.fetchOne(
      db,
      sql: """
        SELECT change FROM event WHERE \(column) = ? AND kind = ? AND NOT new
        ORDER BY position DESC LIMIT 1
        """, arguments: [id, kind.rawValue])
  }

  /// Whether anybody but the event's actor has since changed what the event is about.
  ///
  /// - Parameter wholeImage: Count every label of the event's image, not only that of its tag.
  public func wasTouched(byOthersSince event: Event, wholeImage: Bool) throws -> Bool {
    let row = FactRow(event.after)
    return try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM event JOIN change ON change.id = event.change
          WHERE event.position > :position AND change.actor <> :actor AND event.kind = :kind
            AND event.project = (SELECT project FROM event WHERE position = :position)
            AND event.image IS :image AND (:wholeImage OR event.tag IS :tag))
        """,
      arguments: [
        "position": event.position, "actor": event.actor, "kind": row.kind.rawValue,
        "image": row.image, "tag": row.tag, "wholeImage": wholeImage && row.kind == .label,
      ]) ?? false
  }

  private func events(
    where condition: String, arguments: StatementArguments, order: String, limit: Int = Int.max
  ) throws -> [Event] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT event.position, event.change, event.kind, event.image, event.tag, event.old,
          event.new, change.time, change.actor, change.command
        FROM event JOIN change ON change.id = event.change
        WHERE \(condition) ORDER BY event.position \(order) LIMIT \(min(limit, Int(Int32.max)))
        """, arguments: arguments
    ).map { row in
      Event(
        position: row["position"], change: row["change"], time: row["time"], actor: row["actor"],
        command: row["command"], before: try FactRow.fact(row, value: "old"),
        after: try FactRow.fact(row, value: "new"))
    }
  }
}
