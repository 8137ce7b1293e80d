/// What goes into one place of a grid: one spacing character with its marks, or one emoji sequence.
struct Glyph: Hashable, Sendable {
  var character: Character
  /// Columns taken: 1 or 2, and 0 for text that is not shown at all.
  var width: Int

  static let blank = Glyph(character: " ", width: 1)

  static func isPrintableASCII(_ byte: UInt8) -> Bool { (0x20..<0x7F).contains(byte) }

  /// ASCII's characters by their number, since making one takes longer than placing it.
  static let asciiCharacters: [Character] = (0..<128).map { Character(Unicode.Scalar($0)) }
}

/// Text as the glyphs that show it.
///
/// - Control characters become their pictures (␀ to ␡), line separators and noncharacters become �.
/// - Formatting characters that stand alone (byte order mark, direction marks and overrides) get
///   width 0 and are not drawn, so that a file's name cannot reorder the screen.
/// - An emoji sequence (flag, keycap, skin tone, family) is one glyph.
/// - Any other cluster is cut before each of its spacing characters: terminals move by those, so an
///   Indic cluster takes as many columns as it has letters and spacing vowel signs.
struct GlyphSequence<Text: StringProtocol>: Sequence, IteratorProtocol {
  private var characters: Text.Iterator
  /// Glyphs of the last cluster that are still to be handed out, last first.
  private var waiting: [Glyph] = []

  init(_ text: Text) { characters = text.makeIterator() }

  mutating func next() -> Glyph? {
    if let glyph = waiting.popLast() { return glyph }
    guard let character = characters.next() else { return nil }
    // Nearly all text: printable ASCII.
    if let ascii = character.asciiValue, Glyph.isPrintableASCII(ascii) {
      return Glyph(character: character, width: 1)
    }
    let scalars = character.unicodeScalars
    if let width = emojiSequenceWidth(scalars) { return Glyph(character: character, width: width) }
    waiting = glyphs(of: scalars).reversed()
    return waiting.popLast()
  }
}

/// Returns the columns that text takes on a grid, as `Grid.put` would draw it.
public func displayWidth(of text: some StringProtocol) -> Int {
  var width = 0
  for glyph in GlyphSequence(text) { width += glyph.width }
  return width
}

/// The columns of an emoji sequence; `nil` when it is none.
///
/// Two, if a picture is what Unicode asks for; a sign with a skin tone but without U+FE0F takes
/// one.
private func emojiSequenceWidth(_ scalars: Character.UnicodeScalarView) -> Int? {
  guard let first = scalars.first, let second = scalars.dropFirst().first else { return nil }
  if first.isRegionalIndicator { return second.isRegionalIndicator ? 2 : nil }
  guard first.properties.isEmoji else { return nil }
  if first.properties.isEmojiPresentation || scalars.contains("\u{FE0F}") { return 2 }
  return scalars.contains { $0.properties.isEmojiModifier } ? 1 : nil
}

/// Cuts a cluster before each of its spacing scalars.
private func glyphs(of scalars: Character.UnicodeScalarView) -> [Glyph] {
  var glyphs: [Glyph] = []
  for scalar in scalars {
    if let picture = scalar.controlPicture {
      glyphs.append(Glyph(character: Character(picture), width: 1))
      continue
    }
    let width = scalar.columns
    if width > 0 {
      glyphs.append(Glyph(character: Character(scalar), width: width))
    } else if let last = glyphs.last, last.width > 0 {
      glyphs[glyphs.count - 1] = last.joined(by: scalar)
    } else if scalar.properties.isDefaultIgnorableCodePoint {
      glyphs.append(Glyph(character: Character(scalar), width: 0))
    } else {
      // A mark without a letter to carry it gets the sign that Unicode has for this.
      glyphs.append(Glyph(character: "\u{25CC}", width: 1).joined(by: scalar))
    }
  }
  return glyphs
}

extension Glyph {
  /// Adds a mark; keeps the glyph as it is where Unicode would not join the two.
  fileprivate func joined(by mark: Unicode.Scalar) -> Glyph {
    var text = String(character)
    text.unicodeScalars.append(mark)
    return text.count == 1 ? Glyph(character: Character(text), width: width) : self
  }
}

extension Unicode.Scalar {
  fileprivate var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  /// What stands for a scalar that would move the cursor or change the terminal's state.
  fileprivate var controlPicture: Unicode.Scalar? {
    switch value {
    case 0..<0x20: Unicode.Scalar(0x2400 + value)
    case 0x7F: "\u{2421}"
    case 0x80..<0xA0, 0x2028, 0x2029, 0xFFF9...0xFFFB: "\u{FFFD}"
    // The last two of every plane, and 32 in between, are no characters.
    case _ where value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF).contains(value): "\u{FFFD}"
    default: nil
    }
  }

  /// The columns that this scalar adds to its cluster: 0, 1 or 2.
  fileprivate var columns: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    case .format: return properties.isDefaultIgnorableCodePoint ? 0 : 1
    default: break
    }
    // Vowels and final consonants of Hangul stand in the block that their first consonant opens.
    if (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value) { return 0 }
    if properties.isDefaultIgnorableCodePoint { return 0 }
    return isWide ? 2 : 1
  }

  private var isWide: Bool {
    guard value >= wideScalars[0].lowerBound else { return false }
    var low = 0
    var high = wideScalars.count
    while low < high {
      let middle = (low + high) / 2
      if wideScalars[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < wideScalars.count && wideScalars[low].contains(value)
  }
}
