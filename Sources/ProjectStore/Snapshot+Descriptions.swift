public import Dataset
import GRDB

/// What programs say about projects, tags and images besides their names.
extension Snapshot {
  /// What programs have set for a project; nothing for one that there is none of.
  public func programSettings(of project: ProjectID) throws -> ProgramSettings {
    let row = try Row.fetchOne(
      db,
      sql: "SELECT exportPlatforms, notificationAddress, exportAddress FROM project WHERE id = ?",
      arguments: [project.databaseValue])
    guard let row else { return ProgramSettings() }
    return ProgramSettings(
      exportPlatforms: (row["exportPlatforms"] as String).split(separator: ",").map(String.init),
      notificationAddress: row["notificationAddress"], exportAddress: row["exportAddress"])
  }

  /// What tags are for, where somebody said so.
  public func tagDescriptions(of project: ProjectID) throws -> [TagID: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, description FROM tag WHERE project = ? AND description <> ''",
      arguments: [project.databaseValue])
    return try Dictionary(
      uniqueKeysWithValues: rows.map {
        (try TagID($0["id"] as DatabaseValue), $0["description"] as String)
      })
  }

  /// The metadata of a project's images, of those that have any.
  public func metadata(of project: ProjectID) throws -> [ImageID: ImageMetadata] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, metadata FROM image WHERE project = ? AND metadata <> ''",
      arguments: [project.databaseValue])
    return try Dictionary(
      uniqueKeysWithValues: rows.map {
        (try ImageID($0["id"] as DatabaseValue), ImageMetadata(text: $0["metadata"]))
      })
  }

  /// The metadata of images, of those that have any.
  public func metadata(of images: [ImageID]) throws -> [ImageID: ImageMetadata] {
    if images.isEmpty { return [:] }
    let places = [String](repeating: "?", count: images.count).joined(separator: ",")
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, metadata FROM image WHERE id IN (\(places)) AND metadata <> ''",
      arguments: StatementArguments(images.map(\.databaseValue)))
    return try Dictionary(
      uniqueKeysWithValues: rows.map {
        (try ImageID($0["id"] as DatabaseValue), ImageMetadata(text: $0["metadata"]))
      })
  }
}
