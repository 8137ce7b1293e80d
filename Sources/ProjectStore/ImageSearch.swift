import Dataset
import GRDB

/// What searches have found in one state of the library: the images of each term, and all of them in
/// each order. Typing on changes one term, and leaves the others as they are.
public struct SearchParts: Sendable {
  fileprivate enum Part: Hashable, Sendable {
    case present(Bool)
    case tagged
    case bearing(TagID)
    case term(SearchTerm)
  }

  fileprivate struct Order: Hashable, Sendable {
    let order: ImageOrder
    let isReversed: Bool
    let isPresent: Bool
  }

  fileprivate var sets: [Part: ImageNumberSet] = [:]
  fileprivate var orders: [Order: [ImageNumber]] = [:]

  public init() {}
}

/// A search for images: one query a term, their sets put together here.
struct ImageSearch {
  let snapshot: Snapshot
  let project: Project
  let iteration: IterationID?
  private(set) var parts: SearchParts

  /// People type a few words; whoever types for an hour in one state of the library begins anew.
  private static let largestPartCount = 100

  init(snapshot: Snapshot, project: Project, iteration: IterationID?, parts: SearchParts) {
    self.snapshot = snapshot
    self.project = project
    self.iteration = iteration
    self.parts = parts.sets.count > Self.largestPartCount ? SearchParts() : parts
  }

  mutating func numbers(of selection: ImageSelection) throws -> [ImageNumber] {
    let isPresent = selection.filter != .removed
    var passing = try set(.present(isPresent))
    switch selection.filter {
    case .all, .removed: break
    case .tagged: passing.formIntersection(try set(.tagged))
    case .untagged: passing.subtract(try set(.tagged))
    case .tag(let tag): passing.formIntersection(try set(.bearing(tag)))
    }
    for term in selection.terms { try restrict(&passing, to: term) }
    if let listed = selection.listed { return try snapshot.numbers(of: listed, in: passing) }
    switch (selection.order, selection.isReversed) {
    case (.imported, false): return passing.numbers
    case (.imported, true): return passing.numbers.reversed()
    default:
      return try ordered(
        SearchParts.Order(
          order: selection.order, isReversed: selection.isReversed, isPresent: isPresent)
      ).filter(passing.contains)
    }
  }

  private mutating func restrict(_ passing: inout ImageNumberSet, to term: SearchTerm) throws {
    switch term {
    case .untagged: passing.subtract(try set(.tagged))
    case .not(let term):
      var excluded = passing
      try restrict(&excluded, to: term)
      passing.subtract(excluded)
    default: passing.formIntersection(try set(.term(term)))
    }
  }

  // MARK: - The images of one term

  private mutating func set(_ part: SearchParts.Part) throws -> ImageNumberSet {
    if let set = parts.sets[part] { return set }
    let set = try find(part)
    parts.sets[part] = set
    return set
  }

  private mutating func find(_ part: SearchParts.Part) throws -> ImageNumberSet {
    switch part {
    case .present(let isPresent):
      try find(
        "SELECT number FROM image WHERE project = ? AND present = ?",
        [project.id.databaseValue, isPresent])
    case .tagged:
      try find(
        "SELECT image FROM label WHERE tag IN (SELECT number FROM tag WHERE project = ?)",
        [project.id.databaseValue])
    case .bearing(let tag):
      try find(
        "SELECT image FROM label WHERE tag = (SELECT number FROM tag WHERE id = ?)",
        [tag.databaseValue])
    case .term(let term): try find(term)
    }
  }

  private mutating func find(_ term: SearchTerm) throws -> ImageNumberSet {
    switch term {
    case .text(let text):
      var found = try images(named: Self.containing(text))
      found.formUnion(try images(bearing: Self.containing(text)))
      return found
    case .name(let text): return try images(named: Self.containing(text))
    case .tag(let pattern): return try images(bearing: Self.like(pattern))
    case .wrong: return try wrong()
    case .predicted(let pattern): return try images(predicted: Self.like(pattern))
    case .probability(let comparison, let number):
      return try find(
        """
        SELECT number FROM iterationImage INDEXED BY iterationImage_judged
        WHERE iteration = ? AND certainty \(comparison.rawValue) ?
        """, [iteration?.databaseValue, number])
    case .size(let comparison, let count):
      return try find(
        """
        SELECT number FROM image
        WHERE project = ? AND present IN (0, 1) AND byteCount \(comparison.rawValue) ?
        """, [project.id.databaseValue, count])
    case .untagged, .not: preconditionFailure("\(term) is made of others")
    }
  }

  private func images(named pattern: String) throws -> ImageNumberSet {
    try find(
      """
      SELECT number FROM image INDEXED BY image_name
      WHERE project = ? AND present IN (0, 1) AND name LIKE ? ESCAPE '\\'
      """, [project.id.databaseValue, pattern])
  }

  private func images(bearing pattern: String) throws -> ImageNumberSet {
    try find(
      """
      SELECT image FROM label WHERE tag IN (
        SELECT number FROM tag WHERE project = ? AND present AND name LIKE ? ESCAPE '\\')
      """, [project.id.databaseValue, pattern])
  }

  private func images(predicted pattern: String) throws -> ImageNumberSet {
    try find(
      """
      SELECT number FROM iterationImage INDEXED BY iterationImage_judged
      WHERE iteration = :iteration AND judgedPresent AND judgedClass IN (
        SELECT class FROM iterationClass JOIN tag ON tag.id = iterationClass.tag
        WHERE iterationClass.iteration = :iteration AND tag.name LIKE :pattern ESCAPE '\\')
      """, ["iteration": iteration?.databaseValue, "pattern": pattern])
  }

  /// The images of which prediction and labels disagree, without those of which a verdict says that
  /// the labels are right, and still agrees with them. In a multiclass project a verdict on any tag
  /// settles all, and an image without a tag is not wrong.
  private mutating func wrong() throws -> ImageNumberSet {
    guard let iteration else { return ImageNumberSet() }
    let settled = try settledImages()
    var wrong = ImageNumberSet()
    for (classIndex, tag) in try tagNumbers(of: iteration) {
      var disagreeing = try find(
        """
        SELECT number FROM iterationImage AS judged INDEXED BY iterationImage_judged
        WHERE iteration = ? AND judgedClass = ? AND judgedPresent <> EXISTS (
          SELECT 1 FROM label WHERE label.image = judged.number AND label.tag = ?)
        """, [iteration.databaseValue, classIndex, tag])
      if project.type == .multilabel, let settled = settled[tag] { disagreeing.subtract(settled) }
      wrong.formUnion(disagreeing)
    }
    if project.type == .multiclass {
      wrong.formIntersection(try set(.tagged))
      for settled in settled.values { wrong.subtract(settled) }
    }
    return wrong
  }

  /// The number of the tag that each class of an iteration stands for, without deleted ones.
  private func tagNumbers(of iteration: IterationID) throws -> [(classIndex: Int, tag: Int64)] {
    try Row.fetchAll(
      snapshot.db,
      sql: """
        SELECT class, tag.number FROM iterationClass JOIN tag ON tag.id = iterationClass.tag
        WHERE iteration = ? AND tag.present
        """, arguments: [iteration.databaseValue]
    ).map { ($0[0], $0[1]) }
  }

  /// By the tag's number: the images of which a person has said that their label is right, or right to
  /// be missing, and it still is so. In a multiclass project only labels that are there count.
  ///
  /// Verdicts are few: without a word about it SQLite would begin with the images.
  private func settledImages() throws -> [Int64: ImageNumberSet] {
    let rows = try Row.fetchCursor(
      snapshot.db,
      sql: """
        SELECT image.number, tag.number FROM verdict
        CROSS JOIN image ON image.id = verdict.image CROSS JOIN tag ON tag.id = verdict.tag
        WHERE image.project = ? AND (verdict.present OR ?) AND verdict.present = EXISTS (
          SELECT 1 FROM label WHERE label.image = image.number AND label.tag = tag.number)
        """, arguments: [project.id.databaseValue, project.type == .multilabel])
    var settled: [Int64: ImageNumberSet] = [:]
    while let row = try rows.next() {
      settled[row[1], default: ImageNumberSet()].insert(row[0])
    }
    return settled
  }

  private func find(_ sql: String, _ arguments: StatementArguments) throws -> ImageNumberSet {
    let numbers = try ImageNumber.fetchCursor(
      try snapshot.db.cachedStatement(sql: sql), arguments: arguments)
    var found = ImageNumberSet()
    while let number = try numbers.next() { found.insert(number) }
    return found
  }

  // MARK: - Orders

  private mutating func ordered(_ order: SearchParts.Order) throws -> [ImageNumber] {
    if let numbers = parts.orders[order] { return numbers }
    let numbers = try find(order)
    parts.orders[order] = numbers
    return numbers
  }

  private mutating func find(_ order: SearchParts.Order) throws -> [ImageNumber] {
    let (first, last) = order.isReversed ? ("DESC", "ASC") : ("ASC", "DESC")
    let sort: String
    switch order.order {
    case .imported: sort = "number \(first)"
    case .name: sort = "name COLLATE NOCASE \(first), number \(first)"
    case .size: sort = "byteCount \(last), number"
    case .certainty:
      let judged = try ImageNumber.fetchAll(
        snapshot.db,
        sql: """
          SELECT number FROM iterationImage INDEXED BY iterationImage_judged
          WHERE iteration = ? AND certainty IS NOT NULL ORDER BY certainty \(last), number
          """, arguments: [iteration?.databaseValue])
      var others = try set(.present(order.isPresent))
      others.subtract(ImageNumberSet(judged))
      return judged + others.numbers
    }
    return try ImageNumber.fetchAll(
      snapshot.db,
      sql: "SELECT number FROM image WHERE project = ? AND present = ? ORDER BY \(sort)",
      arguments: [project.id.databaseValue, order.isPresent])
  }

  // MARK: - Patterns

  private static func like(_ pattern: SearchTerm.NamePattern) -> String {
    escaped(pattern.text) + (pattern.isWhole ? "" : "%")
  }

  private static func containing(_ text: String) -> String { "%\(escaped(text))%" }

  /// Text that means itself in a pattern of LIKE.
  private static func escaped(_ text: String) -> String {
    String(text.flatMap { "%_\\".contains($0) ? ["\\", $0] : [$0] })
  }
}

extension Snapshot {
  /// The numbers of those of the images that are in a set, in their order.
  fileprivate func numbers(
    of images: [ImageID], in set: ImageNumberSet
  ) throws -> [ImageNumber] {
    let statement = try db.cachedStatement(sql: "SELECT number FROM image WHERE id = ?")
    return try images.compactMap { image in
      try ImageNumber.fetchOne(statement, arguments: [image.databaseValue])
    }.filter(set.contains)
  }
}
