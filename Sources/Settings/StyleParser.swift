import TerminalGrid

/// Reads a style as a theme writes it: `bright-white on blue bold`.
///
/// Words are separated by blanks: at most one foreground, then `on` and a background, and
/// attributes anywhere. A colour is `default`, one of eight names with or without `bright-`, an
/// entry 0–255 of the palette, or `#rrggbb`, which becomes the nearest entry from 16 on.
struct StyleParser {
  /// A word that means nothing, where it stands.
  struct UnknownWord: Error, Equatable {
    let word: String
  }

  static func style(_ text: String) throws(UnknownWord) -> Style {
    var foreground: Color?
    var background: Color?
    var attributes: Style.Attributes = []
    var words = text.split(separator: " ").map { $0.lowercased() }[...]
    while let word = words.popFirst() {
      if let attribute = attributesByName[word] {
        attributes.formUnion(attribute)
      } else if word == "on", background == nil, let next = words.popFirst() {
        guard let color = color(next) else { throw UnknownWord(word: next) }
        background = color
      } else if foreground == nil, background == nil, let color = color(word) {
        foreground = color
      } else {
        throw UnknownWord(word: word)
      }
    }
    return Style(foreground ?? .standard, on: background ?? .standard, attributes)
  }

  private static let attributesByName: [String: Style.Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
  ]

  private static let colorNames = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  static func color(_ word: String) -> Color? {
    if word == "default" { return .standard }
    if word.hasPrefix("#") { return nearest(hexadecimal: word.dropFirst()) }
    if let entry = UInt8(word) { return .palette(entry) }
    let isBright = word.hasPrefix("bright-")
    guard let index = colorNames.firstIndex(of: isBright ? String(word.dropFirst(7)) : word) else {
      return nil
    }
    return .palette(UInt8(index + (isBright ? 8 : 0)))
  }

  private static func nearest(hexadecimal digits: Substring) -> Color? {
    guard digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
      let value = Int(digits, radix: 16)
    else { return nil }
    let color = Palette.RGB(red: value >> 16, green: value >> 8 & 255, blue: value & 255)
    return .palette(Palette.nearest(to: color))
  }
}
