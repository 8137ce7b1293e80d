import TerminalGrid
import Testing
import Workbench

@testable import TerminalViews

@Suite struct ScreenLayoutTests {
  @Test func twoColumns() throws {
    #expect(
      try drawing(Size(width: 80, height: 24), scale: 2) == """
        +-------------+-------------------------+
        |tags         |images                   |
        |28x9         |52x13                    |
        |             |                         |
        +-------------+                         |
        |preview      |                         |
        |28x13        +-------------------------+
        |             |training                 |
        |             |52x9                     |
        |             |                         |
        |             |                         |
        +-------------+-------------------------+
        """)
  }

  @Test func threeColumns() throws {
    #expect(
      try drawing(Size(width: 120, height: 36), scale: 2) == """
        +------------+--------------------+-------------------------+
        |tags        |images              |preview                  |
        |26x34       |42x34               |52x20                    |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    +-------------------------+
        |            |                    |training                 |
        |            |                    |52x14                    |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        |            |                    |                         |
        +------------+--------------------+-------------------------+
        """)
  }

  @Test func theLeastScreen() throws {
    #expect(
      try drawing(Size(width: 60, height: 15), scale: 2) == """
        +---------+-------------------+
        |tags     |images             |
        +---------+39x7               |
        |preview  +-------------------+
        |21x8     |training           |
        |         |39x6               |
        +---------+-------------------+
        """)
  }

  /// The panes as boxes, a character for `scale` columns by 2 rows, with the edges of neighbours
  /// shared.
  private func drawing(_ size: Size, scale: Int) throws -> String {
    let layout = try #require(ScreenLayout(size))
    var grid = Grid(width: size.width / scale + 1, height: size.height / 2)
    let panes = [
      ("tags", layout.tags), ("images", layout.images), ("preview", layout.preview),
      ("training", layout.training),
    ]
    for (name, pane) in panes {
      let (left, right) = (pane.column / scale, pane.endColumn / scale)
      let (top, bottom) = (pane.row / 2, pane.endRow / 2)
      for column in left...right {
        for row in top...bottom {
          let isSide = column == left || column == right
          let isEnd = row == top || row == bottom
          guard isSide || isEnd, grid[column, row].character != "+" else { continue }
          grid.put(isSide ? (isEnd ? "+" : "|") : "-", column: column, row: row)
        }
      }
      grid.put(name, column: left + 1, row: top + 1)
      grid.put("\(pane.width)x\(pane.height)", column: left + 1, row: top + 2)
    }
    return (0..<grid.height).map { row in
      var line = String((0..<grid.width).map { grid[$0, row].character })
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  @Test(arguments: [60...110, 110...260], [15, 24, 36, 60, 100])
  func panesFillTheScreenWithoutOverlap(widths: ClosedRange<Int>, height: Int) throws {
    for width in widths {
      let layout = try #require(ScreenLayout(Size(width: width, height: height)))
      var covered = Array(repeating: 0, count: width * height)
      for pane in layout.all {
        #expect(pane.width >= 20 || pane.height == 1)
        for row in pane.rows {
          for column in pane.columns { covered[row * width + column] += 1 }
        }
      }
      #expect(covered.allSatisfy { $0 == 1 })
    }
  }

  @Test func aContactSheetGetsTheRoomOfTheTraining() throws {
    let small = try #require(ScreenLayout(Size(width: 80, height: 24), isSheet: true))
    #expect(small.training.isEmpty && small.images.size == Size(width: 52, height: 22))
    let sheet = SheetLayout(small.images.inset())
    #expect(sheet.columns == 3 && sheet.lines == 2)
    let large = try #require(ScreenLayout(Size(width: 200, height: 60), isSheet: true))
    let largeSheet = SheetLayout(large.images.inset())
    #expect(largeSheet.columns * largeSheet.lines >= 40)
    #expect(!large.training.isEmpty)
  }

  @Test(arguments: [20...140]) func tilesFillTheSheetWithoutOverlap(widths: ClosedRange<Int>) {
    for width in widths {
      let area = Rectangle(column: 3, row: 2, width: width, height: 20 + width / 4)
      let sheet = SheetLayout(area)
      let tiles = (0..<sheet.columns * sheet.lines).map(sheet.tile)
      #expect(tiles.reduce(0) { $0 + $1.width * $1.height } == area.width * area.height)
      #expect(tiles.allSatisfy { $0.intersection(area) == $0 && $0.width >= 16 })
    }
  }

  @Test func bordersMoveByTwoColumnsOrOneRow() throws {
    let size = Size(width: 120, height: 36)
    let moved = try #require(ScreenLayout(size, steps: [.tags: 2, .images: -3, .training: 4]))
    #expect(moved.tags.width == 26 + 4)
    #expect(moved.images.width == 42 - 4 - 6)
    #expect(moved.preview.width == 52 + 6)
    #expect(moved.training.height == 14 + 4)
    let narrow = try #require(ScreenLayout(Size(width: 80, height: 24), steps: [.images: 2]))
    #expect(narrow.images.width == 52 + 4 && narrow.preview.width == 28 - 4)
  }

  @Test(arguments: [60, 80, 109, 110, 200], [-500, -9, 7, 500])
  func noBorderMovesFurtherThanPanesCanBear(width: Int, steps: Int) throws {
    for pane in Pane.allCases {
      for isSheet in [false, true] {
        let size = Size(width: width, height: 24)
        let layout = try #require(ScreenLayout(size, isSheet: isSheet, steps: [pane: steps]))
        let usual = try #require(ScreenLayout(size, isSheet: isSheet))
        let panes = [layout.tags, layout.images, layout.preview, layout.training]
        let area = panes.reduce(0) { $0 + $1.width * $1.height }
        #expect(area == width * 22)
        for (now, before) in zip(
          panes, [usual.tags, usual.images, usual.preview, usual.training])
        {
          #expect(now.width >= min(20, before.width) && now.height >= min(6, before.height))
        }
      }
    }
  }

  @Test func panesAreResizedUntilTheyCannotBe() {
    var keyboard = Keyboard(
      imageCount: 20, tags: ["daisy", "dahlia"], Size(width: 120, height: 36))
    var count = 0
    while keyboard.state.obstacle(to: .widenPane) == nil, count < 100 {
      keyboard.type(">")
      count += 1
    }
    #expect(count == 16)
    #expect(keyboard.state.layout.steps == [.images: 16])
    keyboard.type(">")
    #expect(keyboard.state.notice == .commandDisabled(.atLimit))
    keyboard.type("<")
    #expect(keyboard.state.layout.steps == [.images: 15])
    keyboard.type("+", "<")
    #expect(keyboard.state.notice == .commandDisabled(.atLimit))
  }

  @Test func tooSmallHasNoPanes() {
    #expect(ScreenLayout(Size(width: 59, height: 40)) == nil)
    #expect(ScreenLayout(Size(width: 200, height: 14)) == nil)
    #expect(viewport(of: Size(width: 0, height: 0)).imageRows == 0)
  }
}

extension ScreenLayout {
  fileprivate var all: [Rectangle] { [tags, images, preview, training, status, keys] }
}
