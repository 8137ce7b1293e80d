public import Dataset
import GRDB

extension Snapshot {
  /// Whether a fact about the project holds now.
  public func holds(_ fact: Fact, in project: ProjectID) throws -> Bool {
    let row = FactRow(fact)
    return try currentValue(row, in: project) == row.value
  }

  /// What the state says about the row's subject now.
  func currentValue(_ row: FactRow, in project: ProjectID) throws -> DatabaseValue {
    if row.kind == .verdict {
      return try DatabaseValue.fetchOne(
        db.cachedStatement(sql: "SELECT present FROM verdict WHERE image = ? AND tag = ?"),
        arguments: [row.image, row.tag]) ?? .null
    }
    guard let place = row.place(in: project) else {
      let isThere = try Bool.fetchOne(
        db.cachedStatement(
          sql: """
            SELECT EXISTS (
              SELECT 1 FROM label WHERE image = (SELECT number FROM image WHERE id = ?)
                AND tag = (SELECT number FROM tag WHERE id = ?))
            """), arguments: [row.image, row.tag])
      return (isThere ?? false).databaseValue
    }
    guard
      let value = try DatabaseValue.fetchOne(
        db.cachedStatement(sql: "SELECT \(place.column) FROM \(place.table) WHERE id = ?"),
        arguments: [place.id])
    else { throw StoreError.damaged("\(place.table) \(place.id) does not exist") }
    return value
  }
}

extension FactRow {
  /// The column that holds the current value of the row's subject; `nil` for labels and verdicts, which are rows.
  func place(in project: ProjectID) -> (table: String, column: String, id: DatabaseValue)? {
    switch kind {
    case .label, .verdict: nil
    case .membership: ("image", "present", image)
    case .tagExistence: ("tag", "present", tag)
    case .tagName: ("tag", "name", tag)
    case .tagKind: ("tag", "kind", tag)
    case .tagDescription: ("tag", "description", tag)
    case .imageMetadata: ("image", "metadata", image)
    case .keptBesideDuplicates: ("image", "keptBesideDuplicates", image)
    case .projectExistence: ("project", "present", project.databaseValue)
    case .projectName: ("project", "name", project.databaseValue)
    case .projectDescription: ("project", "description", project.databaseValue)
    case .projectType: ("project", "type", project.databaseValue)
    case .projectDomain: ("project", "domain", project.databaseValue)
    }
  }
}
