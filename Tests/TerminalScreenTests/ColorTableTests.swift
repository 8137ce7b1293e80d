import TerminalGrid
import Testing

@testable import TerminalScreen

@Suite struct ColorTableTests {
  @Test func pairsAreMadeOnceAndInOrder() {
    var table = ColorTable(level: .full, pairLimit: 1000, hasDefaultColors: true)
    #expect(table.pair(for: .plain).number == 0)
    let first = table.pair(for: Style(.red, on: .palette(200)))
    #expect(first.number == 1)
    #expect(first.new == ColorTable.Combination(foreground: 1, background: 200))
    #expect(table.pair(for: Style(.green)).number == 2)
    let again = table.pair(for: Style(.red, on: .palette(200), .bold))
    #expect(again.number == 1)
    #expect(again.new == nil)
  }

  @Test func exhaustedPairsGiveWayToTheNearest() {
    var table = ColorTable(level: .full, pairLimit: 4, hasDefaultColors: true)
    let colors: [Color] = [.palette(196), .palette(46), .palette(21)]
    #expect(colors.map { table.pair(for: Style($0)).number } == [1, 2, 3])
    for (nearly, pair) in [(Color.palette(160), 1), (.palette(40), 2), (.palette(20), 3)] {
      let answer = table.pair(for: Style(nearly))
      #expect(answer.number == pair)
      #expect(answer.new == nil)
    }
  }

  @Test func poorTerminalsGetWhatTheyHave() {
    var eight = ColorTable(level: .eight, pairLimit: 64, hasDefaultColors: false)
    #expect(
      eight.pair(for: .plain).new == ColorTable.Combination(foreground: 7, background: 0))
    #expect(
      eight.pair(for: Style(.palette(196), on: .palette(240))).new
        == ColorTable.Combination(foreground: 1, background: 0))
    var none = ColorTable(level: .monochrome, pairLimit: 0, hasDefaultColors: false)
    #expect(none.pair(for: Style(.red, on: .blue)).number == 0)
  }

  @Test func everyCombinationOfThumbnailsFits() {
    var table = ColorTable(level: .full, pairLimit: 65_536, hasDefaultColors: true)
    for foreground in UInt8(16)...255 {
      for background in UInt8(16)...255 {
        let pair = table.pair(for: Style(.palette(foreground), on: .palette(background)))
        #expect(pair.new != nil)
      }
    }
  }

  @ScreenActor @Test func levelsFollowTheNumberOfColours() {
    let counts = [0, 2, 8, 15, 16, 88, 256, 1 << 24]
    #expect(
      counts.map { CursesScreen.colorLevel(count: $0, noColor: false) }
        == [.monochrome, .monochrome, .eight, .eight, .sixteen, .sixteen, .full, .full])
    #expect(CursesScreen.colorLevel(count: 256, noColor: true) == .monochrome)
  }
}
