public import Dataset
import GRDB

/// What a project was at a position of its log.
extension Snapshot {
  /// The images that belonged to the project, with the tags that they bore, oldest first.
  ///
  /// Takes time in proportion to the number of label and membership events up to there.
  public func images(of project: ProjectID, asOf position: Int64) throws -> [Image] {
    var images = try images(
      where: """
        image.project = :project AND image.id IN (
          SELECT image FROM (
            SELECT image, new AS present, max(position) FROM event
            WHERE project = :project AND kind = 'membership' AND position <= :position
            GROUP BY image)
          WHERE present)
        """, arguments: ["project": project.databaseValue, "position": position])
    var borne: [ImageID: [TagID]] = [:]
    for label in try labels(of: project, asOf: position) {
      borne[label.image, default: []].append(label.tag)
    }
    for index in images.indices { images[index].tags = borne[images[index].id] ?? [] }
    return images
  }

  /// The tags that were in the project's list, as they were called, in the order of their making.
  public func tags(of project: ProjectID, asOf position: Int64) throws -> [Tag] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT event.tag, event.kind, event.new, max(event.position) FROM event
        JOIN tag ON tag.id = event.tag
        WHERE event.project = ? AND event.kind IN ('tagExistence', 'tagName', 'tagKind')
          AND event.position <= ?
        GROUP BY event.tag, event.kind ORDER BY tag.number
        """, arguments: [project.databaseValue, position])
    var order: [TagID] = []
    var states: [TagID: (isPresent: Bool, name: String, kind: TagKind)] = [:]
    for row in rows {
      let tag = try TagID(row["tag"] as DatabaseValue)
      if states[tag] == nil { order.append(tag) }
      var state = states[tag] ?? (false, "", .regular)
      switch try FactRow.fact(row, value: "new") {
      case .tagExistence(_, let isPresent): state.isPresent = isPresent
      case .tagName(_, let name): state.name = name
      case .tagKind(_, let kind): state.kind = kind
      default: break
      }
      states[tag] = state
    }
    return order.compactMap { tag in
      states[tag].flatMap { $0.isPresent ? Tag(id: tag, name: $0.name, kind: $0.kind) : nil }
    }
  }

  /// The project's type.
  public func type(of project: ProjectID, asOf position: Int64) throws -> ClassificationType? {
    try String.fetchOne(
      db,
      sql: """
        SELECT new FROM event WHERE project = ? AND kind = 'projectType' AND position <= ?
        ORDER BY position DESC LIMIT 1
        """, arguments: [project.databaseValue, position]
    ).flatMap(ClassificationType.init(rawValue:))
  }

  /// The images with these ids, removed ones among them, in the order of their import; others are
  /// passed over.
  public func images(withIDs ids: [ImageID]) throws -> [Image] {
    var numbered: [(number: ImageNumber, image: Image)] = []
    for start in stride(from: 0, to: ids.count, by: 1000) {
      let part = ids[start..<min(start + 1000, ids.count)]
      let places = [String](repeating: "?", count: part.count).joined(separator: ",")
      numbered += try numberedImages(
        where: "image.id IN (\(places))", arguments: StatementArguments(part.map(\.databaseValue)))
    }
    return numbered.sorted { $0.number < $1.number }.map(\.image)
  }
}
