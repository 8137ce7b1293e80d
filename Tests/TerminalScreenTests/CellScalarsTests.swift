import CNcurses
import Glibc
import TerminalGrid
import Testing
import WorkbenchTesting

@testable import TerminalScreen

@Suite struct CellScalarsTests {
  /// Widths as glibc gives them for the characters below.
  private func columns(_ scalar: UInt32) -> Int {
    switch scalar {
    case 0x301, 0x200D, 0xFE0F, 0x20E3: 0
    case 0x65E5, 0x1F469, 0x1F44D, 0x1F3FD: 2
    case 0x10FFFF: -1
    default: 1
    }
  }

  private func pieces(_ character: Character, _ width: Int, unicode: Bool = true) -> [CellScalars] {
    cellScalars(of: character, width: width, showsUnicode: unicode, columns: columns)
  }

  @Test func lettersKeepTheirMarks() {
    #expect(pieces("a", 1) == [CellScalars(offset: 0, scalars: [0x61])])
    #expect(pieces("e\u{301}", 1) == [CellScalars(offset: 0, scalars: [0x65, 0x301])])
    #expect(pieces("日", 2) == [CellScalars(offset: 0, scalars: [0x65E5])])
  }

  @Test func sequencesAreShownByTheirFirstPicture() {
    #expect(pieces("👩‍👩‍👧", 2) == [CellScalars(offset: 0, scalars: [0x1F469])])
    #expect(pieces("👍🏽", 2) == [CellScalars(offset: 0, scalars: [0x1F44D])])
  }

  @Test func columnsThatTheLibraryDoesNotCountAreBlank() {
    #expect(
      pieces("❤️", 2) == [
        CellScalars(offset: 0, scalars: [0x2764]), CellScalars(offset: 1, scalars: [0x20]),
      ])
    #expect(
      pieces("1️⃣", 2) == [
        CellScalars(offset: 0, scalars: [0x31, 0x20E3]), CellScalars(offset: 1, scalars: [0x20]),
      ])
  }

  @Test func flagsAreTwoLetters() {
    #expect(
      pieces("🇩🇪", 2) == [
        CellScalars(offset: 0, scalars: [0x44]), CellScalars(offset: 1, scalars: [0x45]),
      ])
  }

  @Test func whatCannotBeShownIsASign() {
    #expect(pieces("\u{10FFFF}", 1) == [CellScalars(offset: 0, scalars: [0xFFFD])])
    #expect(
      pieces("日", 2, unicode: false) == [
        CellScalars(offset: 0, scalars: [0x3F]), CellScalars(offset: 1, scalars: [0x20]),
      ])
    #expect(pieces("é", 1, unicode: false) == [CellScalars(offset: 0, scalars: [0x3F])])
  }

  /// With the C library's real widths, the pieces of anything that a grid can hold fill its columns
  /// exactly.
  @Test(arguments: 0..<200) func piecesFillTheirColumns(seed: Int) {
    var random = SplitMix64(seed: seed)
    let marks: [UInt32] = [0x301, 0x200D, 0xFE0F, 0x20E3, 0x1F3FD, 0x93F, 0x11A8, 0xE0067]
    var text = String.UnicodeScalarView()
    for _ in 0..<100 {
      let mark = marks.randomElement(using: &random) ?? 0x301
      let value =
        Bool.random(using: &random) ? mark : UInt32.random(in: 0...0x1FFFF, using: &random)
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    var grid = Grid(width: 400, height: 1)
    grid.put(String(text), column: 0, row: 0)
    for column in 0..<400 where !grid[column, 0].isContinuation {
      let cell = grid[column, 0]
      let pieces = cellScalars(
        of: cell.character, width: cell.width, showsUnicode: true, columns: cWidth)
      var next = 0
      for piece in pieces {
        #expect(piece.offset == next)
        next += cWidth(piece.scalars[0])
        #expect(piece.scalars.dropFirst().allSatisfy { cWidth($0) == 0 })
      }
      #expect(next == cell.width, "\(cell)")
    }
  }

  private func cWidth(_ scalar: UInt32) -> Int {
    // Printable ASCII is one column in any locale; the rest needs one that knows Unicode.
    setlocale(LC_CTYPE, "C.UTF-8")
    return Int(cncurses_width(scalar))
  }
}
