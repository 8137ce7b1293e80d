public import Dataset
import GRDB

/// The place of an image in the order of import, which names it inside the library's file.
public typealias ImageNumber = Int64

extension Snapshot {
  /// The numbers of all images that a selection means, in its order.
  ///
  /// Every term is looked up by itself, as a set; what the last search found in the same state of the
  /// library is not looked up again. Each look takes time in proportion to the images of the project at
  /// most, about 0.2 µs each.
  ///
  /// - Parameters:
  ///   - project: Its type tells what a wrong tag is.
  ///   - iteration: Whose predictions are meant; without one no image was judged.
  ///   - parts: What searches of this project, by this iteration and in this state of the library have
  ///     found; what this one finds is added.
  public func imageNumbers(
    of project: Project, _ selection: ImageSelection, judgedBy iteration: IterationID?,
    keeping parts: inout SearchParts
  ) throws -> [ImageNumber] {
    var search = ImageSearch(
      snapshot: self, project: project, iteration: iteration, parts: parts)
    defer { parts = search.parts }
    return try search.numbers(of: selection)
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
    let present = try presentClasses(of: iteration)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT image, probabilities FROM iterationImage INDEXED BY iterationImage_number
        WHERE number IN (\(Self.list(numbers))) AND iteration = ? AND probabilities IS NOT NULL
        """, arguments: [iteration.databaseValue])
    var judgements: [ImageID: Judgement] = [:]
    while let row = try rows.next() {
      guard let numbers = (row["probabilities"] as Blob).floats, numbers.count == tags.count else {
        throw StoreError.damaged("an out-of-fold prediction cannot be read")
      }
      judgements[try ImageID(row["image"])] = Judgement(
        zip(tags, numbers).map { Judgement.Entry($0, $1) }.filter { present.contains($0.tag) },
        isOutOfFold: true)
    }
    return judgements
  }

  /// Numbers as SQL has them: they are ours, so that nothing needs quoting.
  private static func list(_ numbers: some Collection<ImageNumber>) -> String {
    numbers.map(String.init).joined(separator: ",")
  }
}
