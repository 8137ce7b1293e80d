public import Dataset
import GRDB

extension Snapshot {
  /// The project's iterations, newest first, with `includingDeleted` also deleted ones.
  public func iterations(
    of project: ProjectID, includingDeleted: Bool = false
  ) throws -> [Iteration] {
    try iterations(
      where: "project = ? AND (present OR ?)",
      arguments: [project.databaseValue, includingDeleted])
  }

  public func iteration(_ id: IterationID) throws -> Iteration? {
    try iterations(where: "id = ?", arguments: [id.databaseValue]).first
  }

  /// The project's iteration with this id; `nil` for one that was deleted.
  public func iteration(_ id: IterationID, of project: ProjectID) throws -> Iteration? {
    try iterations(
      where: "id = ? AND project = ? AND present",
      arguments: [id.databaseValue, project.databaseValue]
    ).first
  }

  /// The id of the project's iteration that is published under a name, without its counts.
  public func publishedIterationID(named name: String, of project: ProjectID) throws -> IterationID?
  {
    try Row.fetchOne(
      db, sql: "SELECT id FROM iteration WHERE project = ? AND present AND publishName = ?",
      arguments: [project.databaseValue, name]
    ).map { try IterationID($0["id"]) }
  }

  /// The iteration that answers for the project: the one chosen, else the newest; `nil` with none.
  public func currentIteration(of project: ProjectID) throws -> Iteration? {
    try iterations(
      where: """
        project = :project AND present AND coalesce(
          id = (SELECT currentIteration FROM project WHERE id = :project), 1)
        """, arguments: ["project": project.databaseValue], suffix: "LIMIT 1"
    ).first
  }

  /// The id of `currentIteration(of:)`, without its counts.
  public func currentIterationID(of project: ProjectID) throws -> IterationID? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT id FROM iteration WHERE project = :project AND present AND coalesce(
          id = (SELECT currentIteration FROM project WHERE id = :project), 1)
        ORDER BY number DESC LIMIT 1
        """, arguments: ["project": project.databaseValue]
    ).map { try IterationID($0["id"]) }
  }

  /// The tags in the order of the head's outputs, as they were named at the time of training.
  public func classes(of iteration: IterationID) throws -> [Tag] {
    try Row.fetchAll(
      db, sql: "SELECT tag, name, kind FROM iterationClass WHERE iteration = ? ORDER BY class",
      arguments: [iteration.databaseValue]
    ).map { row in
      guard let kind = TagKind(rawValue: row["kind"]) else {
        throw StoreError.damaged("class \(row["name"] as String) is of an unknown kind")
      }
      return Tag(id: try TagID(row["tag"]), name: row["name"], kind: kind)
    }
  }

  /// The tags of an iteration that have not been deleted since.
  public func presentClasses(of iteration: IterationID) throws -> Set<TagID> {
    let ids = try DatabaseValue.fetchAll(
      db,
      sql: """
        SELECT tag.id FROM iterationClass JOIN tag ON tag.id = iterationClass.tag
        WHERE iteration = ? AND tag.present
        """, arguments: [iteration.databaseValue])
    return Set(try ids.map { try TagID($0) })
  }

  /// The images that the iteration was trained on, in the order of training.
  public func rows(of iteration: IterationID) throws -> [IterationRow] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT image, given, groupNumber, fold, probabilities FROM iterationImage
        WHERE iteration = ? ORDER BY row
        """, arguments: [iteration.databaseValue]
    ).map(Self.iterationRow)
  }

  /// The encoded head and the cache key of the embeddings that it judges.
  public func head(of iteration: IterationID) throws -> (bytes: [UInt8], recipe: String) {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT head, recipe FROM iteration WHERE id = ?",
        arguments: [iteration.databaseValue])
    else { throw StoreError.damaged("iteration \(iteration) does not exist") }
    return ((row["head"] as Blob).bytes, row["recipe"])
  }

  /// What the iteration was trained with: its seed, its settings and its metrics, both as JSON.
  public func training(
    of iteration: IterationID
  ) throws -> (seed: UInt64, settings: String, metrics: String) {
    guard
      let row = try Row.fetchOne(
        db, sql: "SELECT seed, settings, metrics FROM iteration WHERE id = ?",
        arguments: [iteration.databaseValue])
    else { throw StoreError.damaged("iteration \(iteration) does not exist") }
    return (UInt64(bitPattern: row["seed"] as Int64), row["settings"], row["metrics"])
  }

  static func iterationRow(_ row: Row) throws -> IterationRow {
    let given = (row["given"] as String).split(separator: ",").map { Int($0) }
    let probabilities = (row["probabilities"] as Blob?).map(\.floats)
    if given.contains(nil) || probabilities == .some(nil) {
      throw StoreError.damaged("an out-of-fold prediction cannot be read")
    }
    return IterationRow(
      image: try ImageID(row["image"]), given: given.compactMap { $0 }, group: row["groupNumber"],
      fold: row["fold"], probabilities: probabilities.flatMap { $0 })
  }

  private static func base(_ row: Row) throws -> IterationReference? {
    guard let iteration = row["base"] as DatabaseValue?, !iteration.isNull else { return nil }
    return IterationReference(
      project: try ProjectID(row["baseProject"] as DatabaseValue),
      iteration: try IterationID(iteration))
  }

  /// The rows of an iteration are numbered from 0 on without a gap, so that nothing has to be counted.
  private func iterations(
    where condition: String, arguments: StatementArguments, suffix: String = ""
  ) throws -> [Iteration] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, number, name, position, trainedAt, seconds, type, domain, publishName, publishTarget,
          budgetHours, base, (
          SELECT project FROM iteration AS other WHERE other.id = iteration.base) AS baseProject, (
          SELECT max(row) + 1 FROM iterationImage WHERE iteration = iteration.id) AS imageCount
        FROM iteration WHERE \(condition) ORDER BY number DESC \(suffix)
        """, arguments: arguments
    ).map { row in
      guard let type = ClassificationType(rawValue: row["type"]),
        let domain = Domain(rawValue: row["domain"])
      else { throw StoreError.damaged("iteration \(row["number"] as Int) has an unknown type") }
      return Iteration(
        id: try IterationID(row["id"]), number: row["number"], name: row["name"],
        position: row["position"], trainedAt: row["trainedAt"], seconds: row["seconds"],
        type: type, domain: domain, imageCount: row["imageCount"] ?? 0,
        publishName: row["publishName"], publishTarget: row["publishTarget"],
        budgetHours: row["budgetHours"],
        base: try Self.base(row))
    }
  }
}
