public import Dataset
import GRDB

/// What programs say about tags and images besides their names.
extension Snapshot {
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
