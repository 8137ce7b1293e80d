public import Dataset
import GRDB

/// What is known of a file's content, whichever projects hold it.
public struct ContentFacts: Hashable, Sendable {
  public let hash: ContentHash
  /// `jpeg`, `png`: as found in the bytes.
  public let format: String
  public let byteCount: Int
  /// Pixels across and down, upright.
  public let width: Int
  public let height: Int
  public let perceptualHash: UInt64

  public init(
    hash: ContentHash, format: String, byteCount: Int, width: Int, height: Int,
    perceptualHash: UInt64
  ) {
    self.hash = hash
    self.format = format
    self.byteCount = byteCount
    self.width = width
    self.height = height
    self.perceptualHash = perceptualHash
  }
}

extension Snapshot {
  /// How many images of the project pass the filter.
  public func imageCount(of project: ProjectID, _ filter: ImageFilter = .all) throws -> Int {
    let (condition, arguments) = Self.condition(filter)
    return try Int.fetchOne(
      db, sql: "SELECT count(*) FROM image WHERE project = ? AND \(condition)",
      arguments: [project.databaseValue] + arguments) ?? 0
  }

  /// A run of the images that pass the filter, oldest first.
  public func images(
    of project: ProjectID, _ filter: ImageFilter = .all, offset: Int = 0, limit: Int = Int.max
  ) throws -> [Image] {
    let (condition, arguments) = Self.condition(filter)
    return try images(
      where: "image.project = ? AND \(condition)",
      arguments: [project.databaseValue] + arguments,
      // A number of SQLite's has 63 bits and a sign.
      suffix: "LIMIT \(min(limit, Int(Int32.max))) OFFSET \(offset)")
  }

  /// The contents of the project's images, oldest image first.
  public func contents(of project: ProjectID) throws -> [ContentHash] {
    try Row.fetchAll(
      db, sql: "SELECT content FROM image WHERE project = ? AND present ORDER BY number",
      arguments: [project.databaseValue]
    ).map { try ContentHash($0[0]) }
  }

  /// The image with this id, removed or not.
  public func image(_ id: ImageID) throws -> Image? {
    try images(where: "image.id = ?", arguments: [id.databaseValue]).first
  }

  /// The images of the project whose path, name or id is `text`, removed ones among them.
  public func images(of project: ProjectID, named text: String) throws -> [Image] {
    let id = ImageID(text)?.databaseValue ?? .null
    return try images(
      where: "image.project = ? AND (image.path = ? OR image.name = ? OR image.id = ?)",
      arguments: [project.databaseValue, text, text, id])
  }

  /// The image of the project that has this content, and whether it is there or was removed.
  public func image(
    of project: ProjectID, content: ContentHash
  ) throws -> (id: ImageID, isPresent: Bool)? {
    try Row.fetchOne(
      db, sql: "SELECT id, present FROM image WHERE project = ? AND content = ?",
      arguments: [project.databaseValue, content.databaseValue]
    ).map { (try ImageID($0["id"]), $0["present"]) }
  }

  /// What is known of a content; `nil` when no project ever held it.
  public func content(_ hash: ContentHash) throws -> ContentFacts? {
    guard
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT format, byteCount, width, height, perceptualHash FROM content WHERE hash = ?
          """, arguments: [hash.databaseValue])
    else { return nil }
    return ContentFacts(
      hash: hash, format: row["format"], byteCount: row["byteCount"], width: row["width"],
      height: row["height"], perceptualHash: UInt64(bitPattern: row["perceptualHash"] as Int64))
  }

  private static func condition(_ filter: ImageFilter) -> (String, StatementArguments) {
    let isTagged = "EXISTS (SELECT 1 FROM label WHERE label.image = image.number)"
    return switch filter {
    case .all: ("image.present = 1", [])
    case .tagged: ("image.present = 1 AND \(isTagged)", [])
    case .untagged: ("image.present = 1 AND NOT \(isTagged)", [])
    case .tag(let tag):
      (
        """
        image.present = 1 AND image.number IN (
          SELECT image FROM label WHERE tag = (SELECT number FROM tag WHERE id = ?))
        """,
        [tag.databaseValue]
      )
    case .removed: ("image.present = 0", [])
    }
  }

  func images(
    where condition: String, arguments: StatementArguments, suffix: String = ""
  ) throws -> [Image] {
    try numberedImages(where: condition, arguments: arguments, suffix: suffix).map(\.image)
  }

  func numberedImages(
    where condition: String, arguments: StatementArguments, suffix: String = ""
  ) throws -> [(number: ImageNumber, image: Image)] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT image.number, image.id, image.content, image.name, image.path, content.width, content.height,
          content.byteCount, content.perceptualHash, (
            SELECT group_concat(hex(tag.id)) FROM (
              SELECT tag.id FROM label JOIN tag ON tag.number = label.tag
              WHERE label.image = image.number ORDER BY tag.number) AS tag) AS tags
        FROM image JOIN content ON content.hash = image.content
        WHERE \(condition) ORDER BY image.number \(suffix)
        """, arguments: arguments)
    return try rows.map { row in
      let image = Image(
        id: try ImageID(row["id"]), content: try ContentHash(row["content"]), name: row["name"],
        path: row["path"], width: row["width"], height: row["height"],
        byteCount: row["byteCount"],
        perceptualHash: UInt64(bitPattern: row["perceptualHash"] as Int64),
        tags: try Self.tagIDs(row["tags"]))
      return (row["number"], image)
    }
  }

  /// Reads ids as `hex` writes them, with commas between.
  private static func tagIDs(_ text: String?) throws -> [TagID] {
    try (text ?? "").split(separator: ",").map { digits in
      let halves = (digits.prefix(16), digits.dropFirst(16))
      guard let high = UInt64(halves.0, radix: 16), let low = UInt64(halves.1, radix: 16) else {
        throw StoreError.damaged("a label's tag \(digits) is no GUID")
      }
      return TagID(GUID(high: high, low: low))
    }
  }
}
