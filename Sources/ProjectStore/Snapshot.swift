public import Dataset
import GRDB

/// One consistent state of the library, to be read from.
///
/// Valid only inside the closure that it is handed to.
public struct Snapshot {
  let db: Database
}

extension Snapshot {
  /// The projects of the library by name; with `includingDeleted` also those that can be restored.
  public func projects(includingDeleted: Bool = false) throws -> [Project] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, name, description, type, domain FROM project
        WHERE present OR ? ORDER BY name COLLATE NOCASE, name
        """, arguments: [includingDeleted]
    ).map(Self.project)
  }

  /// The project in the list that was changed last, by anybody; `nil` with none.
  public func projectChangedLast() throws -> Project? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT project.id, name, description, type, domain
        FROM change JOIN project ON project.id = change.project
        WHERE present ORDER BY change.id DESC LIMIT 1
        """
    ).map(Self.project)
  }

  public func project(_ id: ProjectID) throws -> Project? {
    try Row.fetchOne(
      db, sql: "SELECT id, name, description, type, domain FROM project WHERE id = ?",
      arguments: [id.databaseValue]
    ).map(Self.project)
  }

  /// Whether the project is in the library's list, not deleted.
  public func isPresent(_ id: ProjectID) throws -> Bool {
    try Bool.fetchOne(
      db, sql: "SELECT present FROM project WHERE id = ?", arguments: [id.databaseValue]) ?? false
  }

  /// Where a project's log stands: the position of its last event, 0 with none.
  public func position(of project: ProjectID) throws -> Int64 {
    try Int64.fetchOne(
      db, sql: "SELECT max(position) FROM event WHERE project = ?",
      arguments: [project.databaseValue]) ?? 0
  }

  private static func project(_ row: Row) throws -> Project {
    guard let type = ClassificationType(rawValue: row["type"]),
      let domain = Domain(rawValue: row["domain"])
    else {
      throw StoreError.damaged("project \(row["name"] as String) has an unknown type or domain")
    }
    return Project(
      id: try ProjectID(row["id"]), name: row["name"], description: row["description"], type: type,
      domain: domain)
  }
}
