import TerminalGrid

/// What ncurses is told to put into one or two columns of the terminal.
struct CellScalars: Equatable {
  /// Columns from the glyph's first.
  let offset: Int
  /// One spacing scalar and up to four marks.
  let scalars: [UInt32]
}

/// Splits a glyph into pieces that ncurses, the C library and the terminal agree on, filling its
/// columns exactly.
///
/// Terminals do not agree on emoji sequences: some draw one picture, some several, and the width of
/// a picture chosen by U+FE0F differs. So sequences are shown by their first picture, flags by
/// their two letters, and columns that the C library does not count are blanks. What it knows no
/// width for is shown as �.
///
/// - Parameters:
///   - character: What the grid holds.
///   - width: The columns that the grid gives it: 1 or 2.
///   - showsUnicode: Whether anything but ASCII may be sent.
///   - columns: The width that the C library gives a scalar; -1 for none.
func cellScalars(
  of character: Character, width: Int, showsUnicode: Bool, columns: (UInt32) -> Int
) -> [CellScalars] {
  if let ascii = character.asciiValue, ascii >= 0x20, width == 1 {
    return [CellScalars(offset: 0, scalars: [UInt32(ascii)])]
  }
  let scalars = character.unicodeScalars.map(\.value)
  guard showsUnicode else { return filled([0x3F], to: width, columns: 1) }
  let regional = UInt32(0x1F1E6)...0x1F1FF
  if scalars.count == 2, scalars.allSatisfy(regional.contains) {
    return scalars.enumerated().map {
      CellScalars(offset: $0.offset, scalars: [$0.element - regional.lowerBound + 0x41])
    }
  }
  guard let base = scalars.first, (1...width).contains(columns(base)) else {
    return filled([0xFFFD], to: width, columns: 1)
  }
  let joiner: UInt32 = 0x200D
  let marks = scalars.dropFirst().prefix { columns($0) == 0 && !($0 == joiner && width == 2) }
    .filter { !(0xFE00...0xFE0F).contains($0) }
  return filled([base] + marks.prefix(4), to: width, columns: columns(base))
}

/// The piece and blanks after it.
private func filled(
  _ scalars: [UInt32], to width: Int, columns: Int
) -> [CellScalars] {
  [CellScalars(offset: 0, scalars: scalars)]
    + (columns..<max(width, columns)).map {
      CellScalars(offset: $0, scalars: [0x20])
    }
}
