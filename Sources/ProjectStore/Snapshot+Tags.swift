public import Dataset
import GRDB

extension Snapshot {
  /// The project's tags in the order of their making, with `includingDeleted` also deleted ones.
  public func tags(of project: ProjectID, includingDeleted: Bool = false) throws -> [Tag] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT id, name, kind FROM tag WHERE project = ? AND (present OR ?) ORDER BY number
        """, arguments: [project.databaseValue, includingDeleted]
    ).map(Self.tag)
  }

  /// The project's tags, each with the number of its images, in the order of their making.
  ///
  /// Counts all labels of a tag and takes off those of removed images, which are few: looking up the
  /// image of every label takes fifty times as long.
  public func tagCounts(of project: ProjectID) throws -> [TagCount] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT tag.id, tag.name, tag.kind,
          (SELECT count(*) FROM label WHERE label.tag = tag.number) - (
            SELECT count(*) FROM image
            JOIN label ON label.image = image.number AND label.tag = tag.number
            WHERE image.project = tag.project AND image.present = 0) AS imageCount
        FROM tag WHERE project = ? AND present ORDER BY number
        """, arguments: [project.databaseValue]
    ).map { row in TagCount(tag: try Self.tag(row), imageCount: row["imageCount"]) }
  }

  private static func tag(_ row: Row) throws -> Tag {
    guard let kind = TagKind(rawValue: row["kind"]) else {
      throw StoreError.damaged("tag \(row["name"] as String) is of an unknown kind")
    }
    return Tag(id: try TagID(row["id"]), name: row["name"], kind: kind)
  }

  /// The tags that an image bears, in the order of the project's list.
  public func tags(on image: ImageID) throws -> [TagID] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT tag.id FROM label JOIN tag ON tag.number = label.tag
        WHERE label.image = (SELECT number FROM image WHERE id = ?) ORDER BY tag.number
        """, arguments: [image.databaseValue]
    ).map { try TagID($0["id"]) }
  }

  /// The images that bear a tag, removed ones among them, oldest first.
  public func images(bearing tag: TagID) throws -> [ImageID] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT image.id FROM label JOIN image ON image.number = label.image
        WHERE label.tag = (SELECT number FROM tag WHERE id = ?) ORDER BY image.number
        """, arguments: [tag.databaseValue]
    ).map { try ImageID($0["id"]) }
  }

  /// The labels of the project's present images as they were at a position of its log.
  ///
  /// Takes time in proportion to the number of label and membership events up to there.
  public func labels(
    of project: ProjectID, asOf position: Int64
  ) throws -> [(image: ImageID, tag: TagID)] {
    try Row.fetchAll(
      db,
      sql: """
        WITH member AS (
          SELECT image, new AS present, max(position) FROM event
          WHERE project = :project AND kind = 'membership' AND position <= :position
          GROUP BY image),
        given AS (
          SELECT image, tag, new AS present, max(position) FROM event
          WHERE project = :project AND kind = 'label' AND position <= :position
          GROUP BY image, tag)
        SELECT given.image, given.tag FROM given
        JOIN member ON member.image = given.image AND member.present
        JOIN image ON image.id = given.image JOIN tag ON tag.id = given.tag
        WHERE given.present ORDER BY image.number, tag.number
        """, arguments: ["project": project.databaseValue, "position": position]
    ).map { (try ImageID($0["image"]), try TagID($0["tag"])) }
  }
}
