import TerminalGrid
import Testing
import WorkbenchTesting

@Suite struct LayoutTests {
  @Test func panesAreSplitAsDrawn() {
    var grid = Grid(width: 24, height: 8)
    let rows = grid.bounds.splitIntoRows([.share(), .fixed(2)])
    let panes = rows[0].splitIntoColumns([.fixed(6), .share(weight: 2), .share(minimum: 7)])
    for pane in panes + [rows[1]] { grid.drawBox(pane, style: .plain, glyphs: .ascii) }
    let text = grid.goldenText.split(separator: "\n")[1...8].map {
      String($0.dropFirst().dropLast())
    }
    #expect(
      text == [
        "+----++---------++-----+",
        "|    ||         ||     |",
        "|    ||         ||     |",
        "|    ||         ||     |",
        "|    ||         ||     |",
        "+----++---------++-----+",
        "+----------------------+",
        "+----------------------+",
      ])
  }

  @Test func earlierPanesAreServedFirstWhenRoomIsShort() {
    #expect(lengths(dividing: 10, by: [.fixed(6), .share(minimum: 8), .fixed(3)]) == [6, 4, 0])
  }

  @Test func maximumsHandTheirRestOn() {
    #expect(lengths(dividing: 30, by: [.share(maximum: 4), .share(), .share()]) == [4, 13, 13])
    #expect(lengths(dividing: 30, by: [.share(maximum: 4), .fixed(5)]) == [4, 5])
  }

  @Test(arguments: 0..<200) func roomIsGivenOutExactlyOnce(seed: Int) {
    var random = SplitMix64(seed: seed)
    let length = Int.random(in: 0..<300, using: &random)
    let extents: [Extent] = (0..<Int.random(in: 1..<6, using: &random)).map { _ in
      let minimum = Int.random(in: 0..<40, using: &random)
      return Bool.random(using: &random)
        ? .fixed(Int.random(in: 0..<60, using: &random))
        : .share(weight: Int.random(in: 1..<5, using: &random), minimum: minimum)
    }
    let result = lengths(dividing: length, by: extents)
    #expect(result.allSatisfy { $0 >= 0 })
    let shares = extents.contains { if case .share = $0 { true } else { false } }
    let total = result.reduce(0, +)
    #expect(shares ? total == length : total <= length)
    let panes = Rectangle(column: 3, row: 1, width: length, height: 2).splitIntoColumns(extents)
    #expect(zip(panes, panes.dropFirst()).allSatisfy { $0.endColumn == $1.column })
    #expect(panes.first?.column == 3)
  }
}
