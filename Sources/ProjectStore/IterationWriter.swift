public import Dataset
import GRDB

/// Writes iterations, what is said about them (name, use and publication), and what programs set for a
/// project.
///
/// Valid only inside the closure that it is handed to.
public struct IterationWriter {
  /// The state of the library, with what was written so far.
  public var snapshot: Snapshot { Snapshot(db: db) }
  let db: Database

  /// The number of the project's next iteration: numbers are never used twice.
  public func nextNumber(in project: ProjectID) throws -> Int {
    1
      + (try Int.fetchOne(
        db, sql: "SELECT max(number) FROM iteration WHERE project = ?",
        arguments: [project.databaseValue]) ?? 0)
  }

  /// Adds an iteration, whole.
  public func insert(_ record: IterationRecord, in project: ProjectID) throws {
    let iteration = record.iteration
    let id = iteration.id.databaseValue
    try db.execute(
      sql: """
        INSERT INTO iteration (id, project, number, name, present, position, trainedAt, seconds,
          type, domain, recipe, seed, settings, metrics, head, publishName, budgetHours, base)
        VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, project.databaseValue, iteration.number, iteration.name, iteration.position,
        iteration.trainedAt, iteration.seconds, iteration.type.rawValue,
        iteration.domain.rawValue, record.recipe, Int64(bitPattern: record.seed), record.settings,
        record.metrics, Blob(record.head), iteration.publishName, iteration.budgetHours,
        iteration.base?.iteration.databaseValue,
      ])
    for (index, tag) in record.classes.enumerated() {
      try db.execute(
        sql:
          "INSERT INTO iterationClass (iteration, class, tag, name, kind) VALUES (?, ?, ?, ?, ?)",
        arguments: [id, index, tag.id.databaseValue, tag.name, tag.kind.rawValue])
    }
    let statement = try db.makeStatement(
      sql: """
        INSERT INTO iterationImage (iteration, row, image, given, groupNumber, fold, probabilities,
          judgedClass, judgedPresent, certainty, number)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT number FROM image WHERE id = ?))
        """)
    for (index, row) in record.rows.enumerated() {
      let judged = row.judged(iteration.type)
      try statement.execute(arguments: [
        id, index, row.image.databaseValue, row.given.map(String.init).joined(separator: ","),
        row.group, row.fold, row.probabilities.map(Blob.init(floats:)), judged?.classIndex,
        judged?.isPresent, judged?.certainty, row.image.databaseValue,
      ])
    }
  }

  public func rename(_ iteration: IterationID, to name: String) throws {
    try update(iteration, set: "name", to: name)
  }

  /// Publishes under a name, or with `nil` takes the publication back.
  ///
  /// - Parameter target: The address that it is published for.
  public func publish(
    _ iteration: IterationID, as name: String?, for target: String? = nil
  ) throws {
    try update(iteration, set: "publishName", to: name)
    try update(iteration, set: "publishTarget", to: target)
  }

  /// Takes the iteration out of the list, or puts it back.
  public func setPresent(_ iteration: IterationID, _ present: Bool) throws {
    try update(iteration, set: "present", to: present)
    if !present {
      try db.execute(
        sql: "UPDATE project SET currentIteration = NULL WHERE currentIteration = ?",
        arguments: [iteration.databaseValue])
    }
  }

  /// Chooses the iteration that answers for the project; with `nil` always the newest.
  public func use(_ iteration: IterationID?, in project: ProjectID) throws {
    try db.execute(
      sql: "UPDATE project SET currentIteration = ? WHERE id = ?",
      arguments: [iteration?.databaseValue, project.databaseValue])
  }

  /// Replaces what programs have set for a project.
  public func set(_ settings: ProgramSettings, of project: ProjectID) throws {
    try db.execute(
      sql: """
        UPDATE project SET exportPlatforms = ?, notificationAddress = ?, exportAddress = ?
        WHERE id = ?
        """,
      arguments: [
        settings.exportPlatforms.joined(separator: ","), settings.notificationAddress,
        settings.exportAddress, project.databaseValue,
      ])
  }

  private func update(
    _ iteration: IterationID, set column: String, to value: (any DatabaseValueConvertible)?
  ) throws {
    try db.execute(
      sql: "UPDATE iteration SET \(column) = ? WHERE id = ?",
      arguments: [value, iteration.databaseValue])
  }
}
