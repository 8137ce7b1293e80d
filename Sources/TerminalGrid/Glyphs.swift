/// The characters that lines, bars and signs are drawn with: a Unicode set and an ASCII set.
public struct Glyphs: Hashable, Sendable {
  public let horizontal: Character
  public let vertical: Character
  public let topLeft: Character
  public let topRight: Character
  public let bottomLeft: Character
  public let bottomRight: Character
  /// Stands for text that was cut off; one column wide.
  public let ellipsis: Character
  /// Parts of a bar's last cell, from the emptiest to a full one; the number of entries is the
  /// bar's resolution. Thin lines, so that bars of neighbouring rows stay apart.
  public let barSteps: [Character]
  /// The unfilled part of a bar.
  public let barEmpty: Character
  /// A pane's row under the cursor.
  public let pointer: Character
  /// A marked row.
  public let mark: Character
  /// A row whose change is not yet saved.
  public let pending: Character
  /// Stands before what has been settled.
  public let done: Character
  /// Unknown values.
  public let dash: Character
  /// The part of a list that is in sight, on the right edge of its frame.
  public let scrollThumb: Character
  /// From what is to what would be.
  public let arrow: Character
  /// Stands beside the picture under the cursor.
  public let cursorBar: Character
  /// Joins hints and parts of a title.
  public let separator: Character

  public static let unicode = Glyphs(
    horizontal: "─", vertical: "│", topLeft: "╭", topRight: "╮", bottomLeft: "╰",
    bottomRight: "╯", ellipsis: "…", barSteps: ["╸", "━"],
    barEmpty: " ", pointer: "▸", mark: "●", pending: "◌", done: "✓", dash: "–", scrollThumb: "┃",
    arrow: "→", cursorBar: "▌", separator: "·")

  public static let ascii = Glyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+", ellipsis: "~", barSteps: ["#"],
    barEmpty: ".", pointer: ">", mark: "*", pending: "?", done: "+", dash: "-", scrollThumb: "#",
    arrow: ">", cursorBar: ">", separator: "|")
}
