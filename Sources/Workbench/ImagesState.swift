public import Dataset

/// The image list: how long it is, the rows about the cursor, and what is marked.
///
/// It never holds all rows: a list of 100,000 images is a count and a window of some hundred rows.
public struct ImagesState: Equatable, Sendable {
  public internal(set) var filter: ImageFilter = .all
  /// How many images pass the filter; `nil` until the first answer.
  public internal(set) var matchCount: Int?
  /// Where the first of `rows` stands in the list.
  public internal(set) var start = 0
  /// The loaded rows as they are stored; changes on their way are in `State.pendingChanges`.
  public internal(set) var rows: [Image] = []
  /// The row under the cursor; 0 in an empty list.
  public internal(set) var cursor = 0
  /// The first row on the screen.
  public internal(set) var top = 0
  public internal(set) var marks: Set<ImageID> = []
  /// The question that has not been answered yet.
  public internal(set) var outstanding: ImageQuery?
  /// Whether the last question could not be answered.
  public internal(set) var hasFailed = false
  /// The image that the cursor goes to when the question is answered.
  var destination: ImageID?

  /// The rows that are loaded.
  public var window: Range<Int> { start..<start + rows.count }

  /// The image at a row of the list; `nil` where rows are not loaded.
  public func image(at row: Int) -> Image? {
    window.contains(row) ? rows[row - start] : nil
  }

  /// The image under the cursor; `nil` while its row is not loaded.
  public var current: Image? { image(at: cursor) }

  /// Moves the cursor, and the screen as little as it takes to keep the cursor on it.
  mutating func moveCursor(to row: Int, pageRows: Int) {
    let count = matchCount ?? 0
    cursor = max(0, min(row, count - 1))
    let page = max(1, pageRows)
    top = min(max(top, cursor - page + 1), cursor)
    top = max(0, min(top, count - page))
  }

  /// Takes an answer in, keeping the cursor on the image that it is on.
  mutating func accept(_ answer: ImageWindow, pageRows: Int) {
    guard let query = outstanding, query.id == answer.query else { return }
    outstanding = nil
    let image = current?.id
    matchCount = answer.matchCount
    start = answer.start
    rows = answer.rows
    pruneMarks()
    var row = cursor
    let target = destination.flatMap(row(of:)) ?? image.flatMap(row(of:))
    if let target {
      row = target
    } else if destination == nil, case .around(_, let before, _) = query.place,
      let now = answer.anchorRow
    {
      row += now - before
    }
    // Rows that vanish above the screen must not make it jump.
    if destination == nil { top += row - cursor }
    destination = nil
    moveCursor(to: row, pageRows: pageRows)
  }

  private func row(of id: ImageID) -> Int? {
    rows.firstIndex { $0.id == id }.map { start + $0 }
  }

  /// Drops marks on images that have left the list, as far as that can be known.
  private mutating func pruneMarks() {
    let count = matchCount ?? 0
    if rows.count == count {
      marks.formIntersection(rows.map(\.id))
    } else if marks.count > count {
      marks = []
    }
  }

  /// The rows to ask for, when those about the screen are neither loaded nor asked for.
  func missingRows(pageRows: Int) -> Range<Int>? {
    let page = max(1, pageRows)
    let length = ImagesState.windowLength(pageRows: page)
    guard let matchCount else { return outstanding == nil ? 0..<length : nil }
    guard matchCount > 0 else { return nil }
    let wanted = max(0, top - page)..<min(matchCount, top + 2 * page)
    if window.lowerBound <= wanted.lowerBound && wanted.upperBound <= window.upperBound {
      return nil
    }
    switch outstanding?.place {
    case .rows(let asked)?
    where asked.lowerBound <= wanted.lowerBound && wanted.upperBound <= asked.upperBound:
      return nil
    case .around?:
      // A reload is on its way and may move every row: what is missing then is seen then. Only a
      // cursor that has left the loaded rows cannot wait for it.
      if window.contains(cursor) { return nil }
    case .rows?, nil: break
    }
    let first = max(0, min(cursor - length / 2, matchCount - length))
    return first..<min(matchCount, first + length)
  }

  /// How many rows to ask for at a time: several screens, so that paging rarely waits.
  static func windowLength(pageRows: Int) -> Int { max(256, 6 * pageRows) }
}
