public import Dataset
import GRDB

/// One tag on one image.
public struct LabelKey: Hashable, Sendable {
  public let image: ImageID
  public let tag: TagID

  public init(image: ImageID, tag: TagID) {
    self.image = image
    self.tag = tag
  }
}

/// When things were made and changed, in seconds since 1970.
extension Snapshot {
  /// When a project was made, and when it was last changed; `nil` when there is none.
  public func times(of project: ProjectID) throws -> (made: Double, changed: Double)? {
    try Row.fetchOne(
      db,
      sql: """
        SELECT created, coalesce(
          (SELECT time FROM change WHERE project = project.id ORDER BY id DESC LIMIT 1), created)
          AS changed
        FROM project WHERE id = ?
        """, arguments: [project.databaseValue]
    ).map { ($0["created"], $0["changed"]) }
  }

  /// The present images of a project among these, in their order; others are passed over.
  public func images(_ ids: [ImageID], of project: ProjectID) throws -> [Image] {
    let found = try images(
      where: "image.project = ? AND image.present AND image.id IN \(Self.places(ids.count))",
      arguments: [project.databaseValue] + Self.arguments(ids))
    let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
    return ids.compactMap { byID[$0] }
  }

  /// When images came into their project.
  public func arrivals(of images: [ImageID]) throws -> [ImageID: Double] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT id, created FROM image WHERE id IN \(Self.places(images.count))",
      arguments: Self.arguments(images))
    return try Dictionary(
      uniqueKeysWithValues: rows.map { (try ImageID($0["id"]), $0["created"] as Double) })
  }

  /// When the tags that images bear were given.
  public func labelTimes(of images: [ImageID]) throws -> [LabelKey: Double] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT image.id AS image, tag.id AS tag, (
          SELECT change.time FROM event JOIN change ON change.id = event.change
          WHERE event.image = image.id AND event.kind = 'label' AND event.tag = tag.id
          ORDER BY event.position DESC LIMIT 1) AS time
        FROM image JOIN label ON label.image = image.number JOIN tag ON tag.number = label.tag
        WHERE image.id IN \(Self.places(images.count))
        """, arguments: Self.arguments(images))
    return try Dictionary(
      uniqueKeysWithValues: rows.map { row in
        (
          LabelKey(image: try ImageID(row["image"]), tag: try TagID(row["tag"])),
          row["time"] as Double
        )
      })
  }

  private static func places(_ count: Int) -> String {
    "(\([String](repeating: "?", count: count).joined(separator: ",")))"
  }

  private static func arguments(_ ids: [ImageID]) -> StatementArguments {
    StatementArguments(ids.map(\.databaseValue))
  }
}
