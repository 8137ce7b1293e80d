/// One column of one row of a grid.
///
/// A wide character fills two cells: its own, of width 2, and to the right of it a *continuation*
/// of width 0 with the same style. A grid never holds one without the other.
public struct Cell: Hashable, Sendable {
  /// What is shown: one spacing character with its marks, or one emoji sequence. A blank in a
  /// continuation.
  public let character: Character
  /// Columns taken: 1 or 2, and 0 for the second half of a wide character.
  public let width: Int
  public var style: Style

  init(character: Character, width: Int, style: Style) {
    self.character = character
    self.width = width
    self.style = style
  }

  /// An empty cell.
  public static func blank(_ style: Style = .plain) -> Cell {
    Cell(character: " ", width: 1, style: style)
  }

  static func continuation(_ style: Style) -> Cell {
    Cell(character: " ", width: 0, style: style)
  }

  /// Whether this is the second half of a wide character.
  public var isContinuation: Bool { width == 0 }
}
