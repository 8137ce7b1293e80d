public import Dataset

/// The image list: how long it is, the rows about the cursor, and what is marked.
///
/// It never holds all rows: a list of 100,000 images is a count and a window of some hundred rows.
public struct ImagesState: Equatable, Sendable {
  /// Which images are listed, and in which order.
  public internal(set) var selection = ImageSelection()
  /// What was typed into the filter; `selection.terms` says what it means.
  public internal(set) var searchText = ""
  /// Whether the pane shows a contact sheet instead of a list.
  public internal(set) var isSheet = false
  /// How many images are meant; `nil` until the first answer.
  public internal(set) var matchCount: Int?
  /// Where the first of `rows` stands in the list.
  public internal(set) var start = 0
  /// The loaded rows as they are stored; changes on their way are in `State.pendingChanges`.
  public internal(set) var rows: [Image] = []
  /// What the iteration in use predicts, out of fold, of those loaded rows that it judged.
  public internal(set) var judgements: [ImageID: Judgement] = [:]
  /// The row under the cursor; 0 in an empty list.
  public internal(set) var cursor = 0
  /// The first row on the screen.
  public internal(set) var top = 0
  public internal(set) var marks: Set<ImageID> = []
  /// The range that is being marked.
  public internal(set) var range: RangeMark?
  /// The question that has not been answered yet.
  public internal(set) var outstanding: ImageQuery?
  /// Whether the last question could not be answered.
  public internal(set) var hasFailed = false
  /// What the list showed before, to be seen until the first answer comes.
  public internal(set) var ghost: [Image] = []
  /// The image that the cursor goes to when the question is answered.
  var destination: ImageID?

  /// A range that follows the cursor until it is ended.
  public struct RangeMark: Equatable, Sendable {
    /// Where it began.
    public let anchor: Int
    /// What was marked before.
    let before: Set<ImageID>
    /// Whether it ends when the mouse lets go.
    let isDragged: Bool
  }

  public var filter: ImageFilter { selection.filter }

  /// The rows that are loaded.
  public var window: Range<Int> { start..<start + rows.count }

  /// The image at a row of the list; `nil` where rows are not loaded.
  public func image(at row: Int) -> Image? {
    window.contains(row) ? rows[row - start] : nil
  }

  /// The image under the cursor; `nil` while its row is not loaded.
  public var current: Image? { image(at: cursor) }

  /// Moves the cursor, and the screen as little as it takes to keep the cursor on it.
  mutating func moveCursor(to row: Int, page: ImagePage) {
    let count = matchCount ?? 0
    cursor = max(0, min(row, count - 1))
    let line = cursor / page.columns
    let lineCount = (count + page.columns - 1) / page.columns
    var topLine = top / page.columns
    topLine = min(max(topLine, line - page.lines + 1), line)
    topLine = max(0, min(topLine, lineCount - page.lines))
    top = topLine * page.columns
  }

  /// Takes an answer in, keeping the cursor on the image that it is on.
  mutating func accept(_ answer: ImageWindow, page: ImagePage) {
    guard let query = outstanding, query.id == answer.query else { return }
    outstanding = nil
    ghost = []
    let image = current?.id
    matchCount = answer.matchCount
    start = answer.start
    rows = answer.rows
    judgements = answer.judgements
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
    moveCursor(to: row, page: page)
    // A reload may have moved rows under it.
    if case .around = query.place { range = nil }
    if let range, range.anchor >= answer.matchCount { self.range = nil }
  }

  private func row(of id: ImageID) -> Int? {
    rows.firstIndex { $0.id == id }.map { start + $0 }
  }

  /// Drops marks on images that have left the list, as far as that can be known.
  mutating func pruneMarks() {
    let count = matchCount ?? 0
    if rows.count == count {
      marks.formIntersection(rows.map(\.id))
    } else if marks.count > count {
      marks = []
    }
  }

  /// The rows to ask for, when those about the screen are neither loaded nor asked for.
  func missingRows(page: ImagePage) -> Range<Int>? {
    let pageRows = page.columns * page.lines
    let length = ImagesState.windowLength(page: page)
    guard let matchCount else { return outstanding == nil ? 0..<length : nil }
    guard matchCount > 0 else { return nil }
    let wanted = max(0, top - pageRows)..<min(matchCount, top + 2 * pageRows)
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
  static func windowLength(page: ImagePage) -> Int { max(256, 6 * page.columns * page.lines) }
}

/// How the images pane is divided: a list has one column.
struct ImagePage: Equatable, Sendable {
  let columns: Int
  let lines: Int

  /// Takes counts; less than 1 counts as 1.
  init(columns: Int, lines: Int) {
    self.columns = max(1, columns)
    self.lines = max(1, lines)
  }
}
