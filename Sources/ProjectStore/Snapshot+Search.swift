public import Dataset
import GRDB

/// The place of an image in the order of import, which names it inside the library's file.
public typealias ImageNumber = Int64

extension Snapshot {
  /// The numbers of all images that a selection means, in its order.
  ///
  /// Takes time in proportion to the images of the project: about 0.2 µs each for the plain list and
  /// 2 µs where sizes or predictions are asked for.
  ///
  /// - Parameters:
  ///   - project: Its type tells what a wrong tag is.
  ///   - iteration: Whose predictions are meant; without one no image was judged.
  public func imageNumbers(
    of project: Project, _ selection: ImageSelection, judgedBy iteration: IterationID?
  ) throws -> [ImageNumber] {
    var query = SearchQuery(project: project, iteration: iteration)
    query.add(selection)
    let found = try ImageNumber.fetchAll(
      db, sql: query.sql, arguments: StatementArguments(query.arguments))
    guard let listed = selection.listed else { return found }
    let passing = Set(found)
    let statement = try db.cachedStatement(sql: "SELECT number FROM image WHERE id = ?")
    return try listed.compactMap { image in
      try ImageNumber.fetchOne(statement, arguments: [image.databaseValue])
    }.filter(passing.contains)
  }

  /// The images of these numbers, in their order; numbers of no image are left out.
  public func images(numbered numbers: some Collection<ImageNumber>) throws -> [Image] {
    let found = try numberedImages(
      where: "image.number IN (\(Self.list(numbers)))", arguments: [])
    let byNumber = Dictionary(uniqueKeysWithValues: found.map { ($0.number, $0.image) })
    return numbers.compactMap { byNumber[$0] }
  }

  /// The ids of the images of these numbers, in their order.
  public func imageIDs(numbered numbers: some Collection<ImageNumber>) throws -> [ImageID] {
    var ids: [ImageNumber: ImageID] = [:]
    var rest = Array(numbers)[...]
    while !rest.isEmpty {
      let part = rest.prefix(1000)
      rest = rest.dropFirst(1000)
      let rows = try Row.fetchAll(
        db, sql: "SELECT number, id FROM image WHERE number IN (\(Self.list(part)))")
      for row in rows {
        let number: ImageNumber = row["number"]
        // Named, since an id can be made of text, too.
        let id: DatabaseValue = row["id"]
        ids[number] = try ImageID(id)
      }
    }
    return numbers.compactMap { ids[$0] }
  }

  /// The number of an image of the project; `nil` when the project does not know it.
  public func imageNumber(of image: ImageID, in project: ProjectID) throws -> ImageNumber? {
    try ImageNumber.fetchOne(
      db, sql: "SELECT number FROM image WHERE id = ? AND project = ?",
      arguments: [image.databaseValue, project.databaseValue])
  }

  /// What an iteration predicted out of fold for the images of these numbers, by image.
  ///
  /// Without a word about the index SQLite would go through all rows of the iteration for each.
  public func judgements(
    numbered numbers: some Collection<ImageNumber>, by iteration: IterationID
  ) throws -> [ImageID: Judgement] {
    let tags = try classes(of: iteration).map(\.id)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT judged.image, judged.probabilities FROM image
        CROSS JOIN iterationImage AS judged INDEXED BY iterationImage_image
          ON judged.image = image.id AND judged.iteration = ?
        WHERE image.number IN (\(Self.list(numbers))) AND judged.probabilities IS NOT NULL
        """, arguments: [iteration.databaseValue])
    var judgements: [ImageID: Judgement] = [:]
    while let row = try rows.next() {
      guard let numbers = (row["probabilities"] as Blob).floats, numbers.count == tags.count else {
        throw StoreError.damaged("an out-of-fold prediction cannot be read")
      }
      judgements[try ImageID(row["image"])] = Judgement(
        zip(tags, numbers).map { Judgement.Entry($0, $1) }, isOutOfFold: true)
    }
    return judgements
  }

  /// Numbers as SQL has them: they are ours, so that nothing needs quoting.
  private static func list(_ numbers: some Collection<ImageNumber>) -> String {
    numbers.map(String.init).joined(separator: ",")
  }
}

/// A selection as SQL, put together clause by clause.
private struct SearchQuery {
  private let project: Project
  private let iteration: IterationID?
  private var conditions = ["image.project = ?"]
  private(set) var arguments: [DatabaseValue]
  private var order = "image.number"
  private var joinsContent = false
  private var joinsPredictions = false

  init(project: Project, iteration: IterationID?) {
    self.project = project
    self.iteration = iteration
    arguments = [project.id.databaseValue]
  }

  var sql: String {
    var joins = ""
    if joinsContent { joins += " JOIN content ON content.hash = image.content" }
    if joinsPredictions {
      let id = iteration.map { "x'\($0.guid.bytes.map(Self.hexadecimal).joined())'" } ?? "NULL"
      joins += """
         LEFT JOIN iterationImage AS judged INDEXED BY iterationImage_image
           ON judged.image = image.id AND judged.iteration = \(id)
         LEFT JOIN iterationClass AS class
           ON class.iteration = \(id) AND class.class = judged.judgedClass
        """
    }
    return """
      SELECT image.number FROM image\(joins)
      WHERE \(conditions.joined(separator: " AND ")) ORDER BY \(order)
      """
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  mutating func add(_ selection: ImageSelection) {
    add(selection.filter)
    for term in selection.terms { conditions.append(condition(term)) }
    let (first, last) = selection.isReversed ? ("DESC", "ASC") : ("ASC", "DESC")
    switch selection.order {
    case .imported: order = "image.number \(first)"
    case .name: order = "image.name COLLATE NOCASE \(first), image.number \(first)"
    case .size:
      joinsContent = true
      order = "content.byteCount \(last), image.number"
    case .certainty:
      joinsPredictions = true
      order = "judged.certainty IS NULL, judged.certainty \(last), image.number"
    }
  }

  private mutating func add(_ filter: ImageFilter) {
    switch filter {
    case .all: conditions.append("image.present = 1")
    case .tagged: conditions += ["image.present = 1", Self.isTagged]
    case .untagged: conditions += ["image.present = 1", "NOT \(Self.isTagged)"]
    case .tag(let tag):
      conditions += ["image.present = 1", "image.id IN (SELECT image FROM label WHERE tag = ?)"]
      arguments.append(tag.databaseValue)
    case .removed: conditions.append("image.present = 0")
    }
  }

  private static let isTagged = "EXISTS (SELECT 1 FROM label WHERE label.image = image.id)"

  private mutating func condition(_ term: SearchTerm) -> String {
    switch term {
    case .text(let text):
      arguments += [Self.containing(text).databaseValue]
      let tags = bearing(Self.containing(text))
      return "(image.name LIKE ? ESCAPE '\\' OR \(tags))"
    case .name(let text):
      arguments.append(Self.containing(text).databaseValue)
      return "image.name LIKE ? ESCAPE '\\'"
    case .tag(let pattern): return bearing(Self.like(pattern))
    case .untagged: return "NOT \(Self.isTagged)"
    case .wrong:
      joinsPredictions = true
      return wrong
    case .predicted(let pattern):
      joinsPredictions = true
      arguments.append(Self.like(pattern).databaseValue)
      return """
        coalesce(judged.judgedPresent AND class.tag IN (
          SELECT id FROM tag WHERE name LIKE ? ESCAPE '\\'), 0)
        """
    case .probability(let comparison, let number):
      joinsPredictions = true
      arguments.append(number.databaseValue)
      return "coalesce(judged.certainty \(comparison.rawValue) ?, 0)"
    case .size(let comparison, let count):
      joinsContent = true
      arguments.append(count.databaseValue)
      return "content.byteCount \(comparison.rawValue) ?"
    case .not(let term): return "NOT (\(condition(term)))"
    }
  }

  private mutating func bearing(_ pattern: String) -> String {
    arguments += [project.id.databaseValue, pattern.databaseValue]
    return """
      image.id IN (SELECT image FROM label WHERE tag IN (
        SELECT id FROM tag WHERE project = ? AND present AND name LIKE ? ESCAPE '\\'))
      """
  }

  /// The prediction and the labels disagree, and no verdict that still agrees with the labels says
  /// that these are right. In a multiclass project a verdict on any tag settles all.
  private var wrong: String {
    let isLabelled = """
      EXISTS (SELECT 1 FROM label WHERE label.image = image.id AND label.tag = class.tag)
      """
    let isSettled = """
      EXISTS (SELECT 1 FROM verdict WHERE verdict.image = image.id\
      \(project.type == .multilabel ? " AND verdict.tag = class.tag" : " AND verdict.present")
        AND verdict.present = EXISTS (SELECT 1 FROM label
          WHERE label.image = verdict.image AND label.tag = verdict.tag))
      """
    let hasTag = project.type == .multiclass ? " AND \(Self.isTagged)" : ""
    return """
      (judged.judgedClass IS NOT NULL AND judged.judgedPresent <> \(isLabelled)\(hasTag)
        AND NOT \(isSettled))
      """
  }

  private static func like(_ pattern: SearchTerm.NamePattern) -> String {
    escaped(pattern.text) + (pattern.isWhole ? "" : "%")
  }

  private static func containing(_ text: String) -> String { "%\(escaped(text))%" }

  /// Text that means itself in a pattern of LIKE.
  private static func escaped(_ text: String) -> String {
    String(text.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] })
  }
}
