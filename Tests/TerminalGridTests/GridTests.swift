import Testing
import WorkbenchTesting

@testable import TerminalGrid

@Suite struct GridTests {
  @Test func wideCharactersAreNeverHalvedAtTheEdges() {
    var grid = Grid(width: 4, height: 1)
    grid.put("日本語", column: -1, row: 0)
    #expect(line(grid) == " 本 ")
    grid.put("日本語", column: 1, row: 0)
    #expect(line(grid) == " 日 ")
  }

  @Test func overwritingHalfOfAWideCharacterBlanksTheOtherHalf() {
    var grid = Grid(width: 6, height: 1)
    grid.put("日本語", column: 0, row: 0)
    grid.put("x", column: 1, row: 0)
    #expect(line(grid) == " x本語")
    grid.put("y", column: 2, row: 0)
    #expect(line(grid) == " xy 語")
    grid.fill(Rectangle(column: 5, row: 0, width: 1, height: 1), with: "z")
    #expect(line(grid) == " xy  z")
  }

  @Test func putTellsWhereTheTextEndsEvenWhenItIsCutOff() {
    var grid = Grid(width: 3, height: 1)
    #expect(grid.put("日本語", column: 0, row: 0) == 6)
    #expect(grid.put("ab", column: -2, row: 7) == 0)
  }

  @Test func clippingKeepsEverythingElse() {
    var grid = Grid(width: 8, height: 3)
    grid.fill(grid.bounds, with: "·")
    let clip = Rectangle(column: 2, row: 1, width: 3, height: 1)
    for row in 0..<3 { grid.put("abcdefgh", column: 0, row: row, clip: clip) }
    #expect(text(grid) == ["········", "··cde···", "········"])
  }

  @Test func blitCutsWideCharactersAtBothSides() {
    var block = Grid(width: 6, height: 1)
    block.put("日本語", column: 0, row: 0)
    var grid = Grid(width: 6, height: 1)
    grid.blit(block, column: -1, row: 0)
    #expect(line(grid) == " 本語 ")
    grid = Grid(width: 6, height: 1)
    grid.blit(block, column: 1, row: 0, clip: Rectangle(column: 2, row: 0, width: 2, height: 1))
    #expect(line(grid) == "      ")
  }

  @Test func restyleTakesWideCharactersWhole() {
    var grid = Grid(width: 4, height: 1)
    grid.put("日本", column: 0, row: 0)
    grid.restyle(Rectangle(column: 1, row: 0, width: 2, height: 1)) { $0.adding(.bold) }
    #expect((0..<4).allSatisfy { grid[$0, 0].style == Style(.standard, .bold) })
  }

  @Test func boxesHaveATitleInTheTopEdge() {
    var grid = Grid(width: 14, height: 4)
    let inside = grid.drawBox(grid.bounds, title: "花の名前と色", style: .plain)
    grid.put("in", column: inside.column, row: inside.row)
    #expect(
      text(grid) == [
        "╭─ 花の名… ──╮",
        "│in          │",
        "│            │",
        "╰────────────╯",
      ])
  }

  @Test func tinyBoxesDrawNothingButGround() {
    for (width, height) in [(0, 0), (1, 5), (5, 1), (2, 2)] {
      var grid = Grid(width: 5, height: 5)
      let area = Rectangle(column: 0, row: 0, width: width, height: height)
      #expect(grid.drawBox(area, title: "tags", style: .plain).isEmpty)
    }
  }

  @Test func barsShowHalvesAndNeverHideALittle() {
    func bar(_ fraction: Double, _ glyphs: Glyphs = .unicode) -> String {
      var grid = Grid(width: 4, height: 1)
      grid.putBar(
        fraction, column: 0, row: 0, width: 4, full: .plain, empty: .plain, glyphs: glyphs)
      return line(grid)
    }
    #expect(bar(0) == "    ")
    #expect(bar(0.0001) == "╸   ")
    #expect(bar(0.5) == "━━  ")
    #expect(bar(0.6) == "━━╸ ")
    #expect(bar(7) == "━━━━")
    #expect(bar(.nan) == "    ")
    #expect(bar(0.5, .ascii) == "##..")
  }

  @Test func changesCoverWideCharactersOfBothGrids() {
    var before = Grid(width: 6, height: 1)
    before.put("a日b", column: 0, row: 0)
    var after = before
    #expect(after.changedColumns(inRow: 0, since: before) == nil)
    after.put("x", column: 2, row: 0)
    #expect(after.changedColumns(inRow: 0, since: before) == 1..<3)
  }

  @Test func goldenTextNamesStylesAndCursor() {
    var grid = Grid(width: 4, height: 2)
    grid.put("日a", column: 0, row: 0, style: Style(.green, on: .palette(17), .bold))
    grid.put("b", column: 1, row: 1, style: Style(.standard, .reverse))
    grid.cursor = Position(column: 1, row: 1)
    #expect(
      grid.goldenText == """
        4x2
        |日a |
        | b  |
        |a·a.|
        |.b..|
        a 2 on 17 bold
        b standard on standard reverse
        cursor 1,1

        """)
  }

  /// Any writing leaves a grid whose wide characters have both halves, in one style.
  @Test(arguments: 0..<200) func randomWritesNeverTrapOrHalve(seed: Int) {
    var random = SplitMix64(seed: seed)
    func number() -> Int { Int.random(in: -5..<25, using: &random) }
    func rectangle() -> Rectangle {
      Rectangle(column: number(), row: number(), width: number(), height: number())
    }
    var grid = Grid(width: number(), height: number())
    for _ in 0..<60 {
      let before = grid
      let style = Style(.palette(UInt8.random(in: 0...3, using: &random)))
      let clip = Bool.random(using: &random) ? rectangle() : nil
      let text = randomText(using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: grid.fill(rectangle(), with: text.first ?? "x", style: style)
      case 1: grid.restyle(rectangle()) { _ in style }
      case 2: grid.drawBox(rectangle(), title: text, style: style, clip: clip)
      case 3: grid.blit(before, column: number(), row: number(), clip: clip)
      case 4:
        let share = Double.random(in: -1...2, using: &random)
        grid.putBar(
          share, column: number(), row: number(), width: number(), full: style, empty: .plain)
      default: grid.put(text, column: number(), row: number(), style: style, clip: clip)
      }
      expectWhole(grid)
      for row in 0..<grid.height {
        guard let changed = grid.changedColumns(inRow: row, since: before) else { continue }
        #expect(changed.upperBound <= grid.width)
        #expect(!grid[changed.lowerBound, row].isContinuation)
      }
    }
  }

  private func expectWhole(_ grid: Grid) {
    for row in 0..<grid.height {
      var column = 0
      while column < grid.width {
        let cell = grid[column, row]
        #expect(cell.width == 1 || cell.width == 2)
        if cell.width == 2 {
          #expect(column + 1 < grid.width && grid[column + 1, row].isContinuation)
          #expect(grid[column + 1, row].style == cell.style)
        }
        column += max(1, cell.width)
      }
    }
  }

  private func line(_ grid: Grid, _ row: Int = 0) -> String {
    String((0..<grid.width).map { grid[$0, row] }.filter { $0.width > 0 }.map(\.character))
  }

  private func text(_ grid: Grid) -> [String] { (0..<grid.height).map { line(grid, $0) } }
}
