/// A rectangle of styled characters: what a screen shows, or a block to be copied onto one.
///
/// All writing is clipped to the grid and to the rectangle given, so no position and no text can
/// trap. A wide character is never halved: where only half would fit, or half is overwritten, a
/// blank stands.
public struct Grid: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// Where the terminal's cursor stands; hidden when `nil`.
  public var cursor: Position?
  /// Row after row from the top, `width * height` in all.
  private(set) var cells: [Cell]

  /// Makes a blank grid; negative extents count as 0.
  public init(width: Int, height: Int, style: Style = .plain) {
    self.width = max(0, width)
    self.height = max(0, height)
    cells = Array(repeating: .blank(style), count: self.width * self.height)
  }

  /// Makes a blank grid.
  public init(_ size: Size, style: Style = .plain) {
    self.init(width: size.width, height: size.height, style: style)
  }

  public var size: Size { Size(width: width, height: height) }
  public var bounds: Rectangle { Rectangle(column: 0, row: 0, width: width, height: height) }

  /// The cell at a place; traps outside of the grid.
  public subscript(column: Int, row: Int) -> Cell {
    precondition(
      bounds.contains(Position(column: column, row: row)),
      "(\(column), \(row)) is outside of \(width) × \(height)")
    return cells[row * width + column]
  }

  /// Writes text on one row, from `column` to the right, control characters made visible.
  ///
  /// - Parameters:
  ///   - text: Any text; line breaks are shown as signs, not followed.
  ///   - column: Where the first character goes; may lie outside.
  ///   - row: May lie outside.
  ///   - style: The look of all cells written.
  ///   - clip: Nothing outside of it changes; the whole grid when `nil`.
  /// - Returns: The column after the last character, whether or not it was visible.
  @discardableResult
  public mutating func put(
    _ text: some StringProtocol, column: Int, row: Int, style: Style = .plain,
    clip: Rectangle? = nil
  ) -> Int {
    let clip = clip.map { $0.intersection(bounds) } ?? bounds
    if text.utf8.allSatisfy(Glyph.isPrintableASCII) {
      return putASCII(text.utf8, column: column, row: row, style: style, clip: clip)
    }
    var column = column
    for glyph in GlyphSequence(text) {
      if row >= clip.row, row < clip.endRow {
        place(glyph, column: column, row: row, style: style, clip: clip)
      }
      column += glyph.width
    }
    return column
  }

  /// Writes printable ASCII, which is nearly all text, without looking for clusters and widths.
  private mutating func putASCII(
    _ text: some Sequence<UInt8>, column: Int, row: Int, style: Style, clip: Rectangle
  ) -> Int {
    var column = column
    for byte in text {
      if clip.contains(Position(column: column, row: row)) {
        splitWide(at: column, row: row)
        splitWide(at: column + 1, row: row)
        cells[row * width + column] = Cell(
          character: Glyph.asciiCharacters[Int(byte)], width: 1, style: style)
      }
      column += 1
    }
    return column
  }

  /// Fills a rectangle with one character of width 1, a blank by default.
  public mutating func fill(
    _ rectangle: Rectangle, with character: Character = " ", style: Style = .plain
  ) {
    let area = rectangle.intersection(bounds)
    guard !area.isEmpty else { return }
    let glyph = GlyphSequence(String(character)).first { $0.width == 1 }
    let cell = Cell(character: glyph?.character ?? " ", width: 1, style: style)
    for row in area.rows {
      splitWide(at: area.column, row: row)
      splitWide(at: area.endColumn, row: row)
      for column in area.columns { cells[row * width + column] = cell }
    }
  }

  /// Changes the style of every cell of a rectangle and leaves the characters; a wide character
  /// changes as a whole.
  public mutating func restyle(_ rectangle: Rectangle, _ change: (Style) -> Style) {
    let area = rectangle.intersection(bounds)
    for row in area.rows {
      for column in area.columns {
        let index = row * width + column
        cells[index].style = change(cells[index].style)
        if cells[index].width == 0, column == area.column {
          cells[index - 1].style = cells[index].style
        }
        if cells[index].width == 2, column == area.endColumn - 1 {
          cells[index + 1].style = cells[index].style
        }
      }
    }
  }

  /// Copies another grid with its top left corner at a place; the cursor stays.
  public mutating func blit(_ other: Grid, column: Int, row: Int, clip: Rectangle? = nil) {
    let clip = clip.map { $0.intersection(bounds) } ?? bounds
    let area = Rectangle(column: column, row: row, width: other.width, height: other.height)
      .intersection(clip)
    for target in area.rows {
      for source in area.columns {
        let cell = other.cells[(target - row) * other.width + source - column]
        guard !cell.isContinuation else {
          // Its first half was cut off at the left; otherwise `place` has written it already.
          if source == area.column {
            place(.blank, column: source, row: target, style: cell.style, clip: area)
          }
          continue
        }
        let glyph = Glyph(character: cell.character, width: cell.width)
        place(glyph, column: source, row: target, style: cell.style, clip: area)
      }
    }
  }

  /// Writes one glyph, blanks for the half of it that is visible, or nothing.
  private mutating func place(
    _ glyph: Glyph, column: Int, row: Int, style: Style, clip: Rectangle
  ) {
    let end = column + glyph.width
    guard glyph.width > 0, end > clip.column, column < clip.endColumn else { return }
    guard column >= clip.column, end <= clip.endColumn else {
      for visible in max(column, clip.column)..<min(end, clip.endColumn) {
        place(.blank, column: visible, row: row, style: style, clip: clip)
      }
      return
    }
    splitWide(at: column, row: row)
    splitWide(at: end, row: row)
    cells[row * width + column] = Cell(
      character: glyph.character, width: glyph.width, style: style)
    if glyph.width == 2 { cells[row * width + column + 1] = .continuation(style) }
  }

  /// Turns a wide character that lies across the left edge of `column` into two blanks.
  private mutating func splitWide(at column: Int, row: Int) {
    guard column > 0, column < width, cells[row * width + column].isContinuation else { return }
    let index = row * width + column
    cells[index - 1] = .blank(cells[index - 1].style)
    cells[index] = .blank(cells[index].style)
  }
}
