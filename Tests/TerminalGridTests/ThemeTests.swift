import TerminalGrid
import Testing

@Suite struct ThemeTests {
  let theme = Theme(
    name: "t",
    styles: [
      .text: Style(.white, on: .black), .good: Style(.green, .bold),
      .selection: Style(.standard, on: .blue), .marked: Style(.yellow, on: .red, .underline),
    ])

  @Test func missingColoursAreThoseOfText() {
    #expect(theme[.good] == Style(.green, on: .black, .bold))
    #expect(theme[.border] == Style(.white, on: .black))
  }

  @Test func aGroundKeepsItsOwnForegroundWhereItNamesOne() {
    #expect(theme[.good, on: .selection] == Style(.green, on: .blue, .bold))
    #expect(theme[.good, on: .marked] == Style(.yellow, on: .red, [.bold, .underline]))
  }

  @Test func withoutColoursGroundsAreReversed() {
    let poor = theme.adapted(to: .monochrome, showsUnicode: false)
    #expect(poor[.text] == .plain)
    #expect(poor[.good] == Style(.standard, .bold))
    #expect(poor[.selection] == Style(.standard, .reverse))
    #expect(poor[.good, on: .selection] == Style(.standard, [.bold, .reverse]))
    #expect(poor.glyphs == .ascii)
    #expect(theme.adapted(to: .eight, showsUnicode: true) == theme)
  }

  @Test func palettesShrinkToTheNearestColour() {
    #expect(Palette.reduce(196, to: .full, isBackground: false) == 196)
    #expect(Palette.reduce(196, to: .sixteen, isBackground: false) == 9)
    #expect(Palette.reduce(196, to: .eight, isBackground: false) == 1)
    #expect(Palette.reduce(240, to: .eight, isBackground: false) == 7)
    #expect(Palette.reduce(240, to: .eight, isBackground: true) == 0)
    #expect(
      (16...255).allSatisfy { Palette.nearest(to: Palette.color(of: $0)) == firstTwin(of: $0) })
  }

  /// Some grays stand in the palette twice.
  private func firstTwin(of entry: UInt8) -> UInt8 {
    (16...255).first { Palette.color(of: $0) == Palette.color(of: entry) } ?? entry
  }
}
