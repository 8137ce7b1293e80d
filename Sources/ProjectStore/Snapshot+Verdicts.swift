public import Dataset
import GRDB

extension Snapshot {
  /// Of each present image the tags about which a person has said that the label is right to be
  /// there, or right not to be, and the label still is so.
  public func confirmedTags(of project: ProjectID) throws -> [ImageID: Set<TagID>] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT verdict.image, verdict.tag FROM verdict
        CROSS JOIN image ON image.id = verdict.image CROSS JOIN tag ON tag.id = verdict.tag
        WHERE image.project = ? AND image.present
          AND verdict.present = EXISTS (SELECT 1 FROM label
            WHERE label.image = image.number AND label.tag = tag.number)
        """, arguments: [project.databaseValue])
    var confirmed: [ImageID: Set<TagID>] = [:]
    for row in rows {
      confirmed[try ImageID(row["image"]), default: []].insert(try TagID(row["tag"]))
    }
    return confirmed
  }

  /// The present images of the project that a person keeps although others are nearly the same.
  public func imagesKeptBesideDuplicates(of project: ProjectID) throws -> Set<ImageID> {
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT id FROM image WHERE project = ? AND present AND keptBesideDuplicates",
      arguments: [project.databaseValue])
    return Set(try rows.map { try ImageID($0["id"]) })
  }
}
