/// Which end of a text matters more when it does not fit.
public enum Keeping: Hashable, Sendable {
  /// Cut off the end, as of a tag's name.
  case beginning
  /// Cut off the beginning, as of a path.
  case end
}

extension StringProtocol {
  /// Returns the text as a grid shows it, cut to a number of columns with an ellipsis where it was
  /// cut.
  ///
  /// The result is never wider than `columns`; it may be narrower by one where a wide character did
  /// not fit. Marks that begin the text stand on a dotted circle, so that they join nothing put
  /// before them.
  public func truncated(
    to columns: Int, keeping: Keeping = .beginning, ellipsis: Character = "…"
  ) -> String {
    guard columns > 0 else { return "" }
    // Most text is short and simple.
    if utf8.count <= columns, utf8.allSatisfy(Glyph.isPrintableASCII) {
      return String(self)
    }
    let glyphs = GlyphSequence(self).filter { $0.width > 0 }
    guard glyphs.reduce(0, { $0 + $1.width }) > columns else {
      return String(glyphs.map(\.character))
    }
    switch keeping {
    case .beginning: return String(glyphs.fitting(columns - 1).map(\.character) + [ellipsis])
    case .end:
      return String([ellipsis] + glyphs.reversed().fitting(columns - 1).reversed().map(\.character))
    }
  }

  /// Returns the text, cut or filled with blanks to exactly so many columns.
  public func padded(
    to columns: Int, keeping: Keeping = .beginning, ellipsis: Character = "…"
  ) -> String {
    let text = truncated(to: columns, keeping: keeping, ellipsis: ellipsis)
    return text + String(repeating: " ", count: Swift.max(0, columns - displayWidth(of: text)))
  }

  /// Returns the text, cut or filled with blanks at its left to exactly so many columns, as numbers
  /// want it.
  public func paddedLeft(
    to columns: Int, keeping: Keeping = .beginning, ellipsis: Character = "…"
  ) -> String {
    let text = truncated(to: columns, keeping: keeping, ellipsis: ellipsis)
    return String(repeating: " ", count: Swift.max(0, columns - displayWidth(of: text))) + text
  }
}

extension Sequence<Glyph> {
  /// The longest start that takes no more than `columns`.
  fileprivate func fitting(_ columns: Int) -> [Glyph] {
    var left = columns
    return Array(
      prefix { glyph in
        left -= glyph.width
        return left >= 0
      })
  }
}
