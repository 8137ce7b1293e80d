extension Grid {
  /// The grid as text that can be kept in a file, compared and read by people.
  ///
  /// First the characters, a line a row between bars; then one letter per cell for its style (`.`
  /// is plain, `·` the second half of a wide character); then what the letters mean, in order of
  /// appearance; then the cursor. Equal grids give equal text and different ones different text.
  public var goldenText: String {
    var lines: [String] = []
    var letters: [Style: Character] = [.plain: "."]
    var legend: [String] = []
    var styleLines: [String] = []
    for row in 0..<height {
      var text = "|"
      var styles = "|"
      for cell in cells[row * width..<(row + 1) * width] {
        if cell.isContinuation {
          styles.append("·")
          continue
        }
        text.append(cell.character)
        if letters[cell.style] == nil {
          let letter = Self.letter(legend.count)
          letters[cell.style] = letter
          legend.append("\(letter) \(cell.style.goldenText)")
        }
        styles.append(letters[cell.style] ?? "?")
      }
      lines.append(text + "|")
      styleLines.append(styles + "|")
    }
    let place = cursor.map { "cursor \($0.column),\($0.row)" } ?? "cursor hidden"
    return (["\(width)x\(height)"] + lines + styleLines + legend + [place, ""])
      .joined(separator: "\n")
  }

  /// a–z, A–Z, then characters beyond ASCII, which no real screen reaches.
  private static func letter(_ index: Int) -> Character {
    let first: UInt32 = index < 26 ? 0x61 : index < 52 ? 0x41 - 26 : 0x4E00
    return Unicode.Scalar(first + UInt32(index)).map(Character.init) ?? "?"
  }
}

extension Style {
  /// The style in words: `green on 17 bold underline`.
  fileprivate var goldenText: String {
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
      (.reverse, "reverse"),
    ]
    let words = names.filter { attributes.contains($0.0) }.map(\.1)
    return (["\(foreground.goldenText) on \(background.goldenText)"] + words)
      .joined(separator: " ")
  }
}

extension Color {
  fileprivate var goldenText: String {
    switch self {
    case .standard: "standard"
    case .palette(let index): "\(index)"
    }
  }
}
