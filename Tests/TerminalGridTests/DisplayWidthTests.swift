import Foundation
import TerminalGrid
import Testing

/// Widths against the Python package wcwidth; `Fixtures/make_widths.py` writes the table.
@Suite struct DisplayWidthTests {
  @Test func everyScalarIsAsWideAsWcwidthSays() throws {
    var disagreements: [String] = []
    for row in try Self.rows() where row.count == 3 {
      let (first, last) = (UInt32(row[0], radix: 16) ?? 0, UInt32(row[1], radix: 16) ?? 0)
      let listed = Int(row[2]) ?? .min
      for value in first...last {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let width = displayWidth(of: String(Character(scalar)))
        if width != listed, !Self.isDrawnOnPurpose(scalar, listed: listed, width: width) {
          disagreements.append("U+\(String(value, radix: 16)): \(width), not \(listed)")
          break
        }
      }
    }
    #expect(disagreements == [])
  }

  /// Where a grid shows something although, or because, wcwidth gives no width.
  private static func isDrawnOnPurpose(
    _ scalar: Unicode.Scalar, listed: Int, width: Int
  ) -> Bool {
    if scalar.properties.isDefaultIgnorableCodePoint { return width == 0 }
    return switch scalar.properties.generalCategory {
    // As pictures.
    case .control, .lineSeparator, .paragraphSeparator: width == 1
    // On a dotted circle when they stand alone, Hangul's vowels and finals among them; a letter's
    // width in C libraries and terminals when they take a place of their own. Annotation marks
    // become �, and prepended signs are seen.
    case .nonspacingMark, .enclosingMark, .spacingMark, .otherLetter, .format:
      listed == 0 && width == 1
    // Marks of a newer Unicode than the standard library's.
    case .unassigned: listed == 0 && width == 1
    default: false
    }
  }

  @Test func sequencesAreAsWideAsWcwidthSays() throws {
    for row in try Self.rows() where row.count == 2 {
      #expect(displayWidth(of: row[0]) == Int(row[1]), "\(row[0])")
    }
  }

  @Test func spacingVowelSignsTakeAColumn() {
    #expect(displayWidth(of: "नि") == 2)
    #expect(displayWidth(of: "क्षि") == 3)
  }

  @Test func controlsBecomePicturesAndDirectionMarksVanish() {
    var grid = Grid(width: 8, height: 1)
    grid.put("a\u{1B}\u{202E}b\r\nc\u{85}", column: 0, row: 0)
    #expect((0..<8).map { String(grid[$0, 0].character) }.joined() == "a␛b␍␊c\u{FFFD} ")
  }

  private static func rows() throws -> [[String]] {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/widths.tsv")
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: "\t").map(String.init) }
  }
}
