import Dataset
import TerminalGrid
import Testing
import Workbench
import WorkbenchTesting

@testable import TerminalViews

/// What the mouse points at is what is drawn there.
@Suite struct PointingTests {
  private func click(_ keyboard: inout Keyboard, _ column: Int, _ row: Int) {
    let place = Position(column: column, row: row)
    keyboard.take(.mouse(MouseEvent(.press(.left), at: place)))
    keyboard.take(.mouse(MouseEvent(.release(.left), at: place)))
  }

  /// The row of the screen, and the column, where a text begins.
  private func find(_ text: String, in keyboard: Keyboard) -> Position? {
    let grid = keyboard.screen
    for row in 0..<grid.height {
      let line = (0..<grid.width).map { grid[$0, row].character }
      let found = line.indices.first { line[$0...].starts(with: Array(text)) }
      if let found { return Position(column: found, row: row) }
    }
    return nil
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 200, height: 60)])
  func clicksGoToTheNameThatIsSeen(size: Size) throws {
    var keyboard = Keyboard(imageCount: 300, tags: ["daisy", "dahlia"], size)
    keyboard.press(KeyPress(.end))
    let place = try #require(find("flower-293.jpg", in: keyboard))
    click(&keyboard, place.column, place.row)
    #expect(keyboard.state.images.current?.name == "flower-293.jpg")
    let tag = try #require(find("2 dahlia", in: keyboard))
    click(&keyboard, tag.column, tag.row)
    #expect(keyboard.state.images.filter == .tag(SampleProject.tagID(2)))
  }

  @Test func clicksInTheContactSheetGoToThePicture() throws {
    var keyboard = Keyboard(imageCount: 300, tags: [], Size(width: 200, height: 60))
    keyboard.type("z")
    for name in ["flower-000.jpg", "flower-013.jpg", "flower-030.jpg"] {
      let place = try #require(find(name, in: keyboard))
      click(&keyboard, place.column, place.row - 2)
      #expect(keyboard.state.images.current?.name == name)
    }
  }

  @Test(arguments: [Size(width: 80, height: 24), Size(width: 200, height: 60)])
  func bordersFollowTheMouse(size: Size) throws {
    var keyboard = Keyboard(imageCount: 300, tags: ["daisy", "dahlia"], size)
    func drag(from start: Position, by columns: Int, _ rows: Int) -> ScreenLayout? {
      let end = Position(column: start.column + columns, row: start.row + rows)
      keyboard.take(.mouse(MouseEvent(.press(.left), at: start)))
      keyboard.take(.mouse(MouseEvent(.drag(.left), at: end)))
      keyboard.take(.mouse(MouseEvent(.release(.left), at: end)))
      return ScreenLayout(keyboard.state)
    }
    let before = try #require(ScreenLayout(keyboard.state))
    let wider = drag(from: Position(column: before.tags.endColumn, row: 3), by: 5, 2)
    #expect(wider?.tags.width == before.tags.width + 6)
    #expect(keyboard.savedLayout?.steps[.tags] == 3)
    // As far as the neighbour allows, and back from there at once.
    let widest = try #require(
      drag(from: Position(column: before.tags.endColumn + 6, row: 3), by: 150, 0))
    #expect(widest.images.width < before.images.width)
    let narrower = drag(from: Position(column: widest.tags.endColumn, row: 3), by: -6, 0)
    #expect((widest.tags.width - 5..<widest.tags.width).contains(narrower?.tags.width ?? 0))
    let training = widest.training
    let higher = drag(
      from: Position(column: training.column + 9, row: training.row), by: 0, -2)
    #expect(higher?.training.height == training.height + 2)
    #expect(keyboard.state.draggedBorder == nil)
    // Inside a pane nothing is dragged but marks.
    _ = drag(from: Position(column: 3, row: 3), by: 9, 0)
    #expect(ScreenLayout(keyboard.state) == higher)
  }

  @Test func clicksRunTheRowOfAPicker() throws {
    var keyboard = Keyboard(imageCount: 9, tags: ["daisy", "rose"], Size(width: 80, height: 24))
    keyboard.type("t")
    let place = try #require(find("type to find", in: keyboard))
    click(&keyboard, place.column, place.row + 2)
    #expect(keyboard.state.overlay == nil)
    #expect(keyboard.state.images.rows[0].tags == [SampleProject.tagID(2)])
  }

  @Test func theWheelScrolls() {
    var keyboard = Keyboard(imageCount: 300, tags: ["daisy"], Size(width: 80, height: 24))
    keyboard.take(.mouse(MouseEvent(.wheelDown, at: Position(column: 60, row: 3))))
    #expect(keyboard.state.images.cursor == 3)
    keyboard.take(.mouse(MouseEvent(.wheelUp, at: Position(column: 60, row: 3))))
    #expect(keyboard.state.images.cursor == 0)
  }

  /// Nothing on the screen traps under a click.
  @Test func everyPlaceCanBeClicked() {
    for size in [
      Size(width: 80, height: 24), Size(width: 61, height: 15), Size(width: 9, height: 3),
    ] {
      for keys in ["", "z", "t", "?", ":", "n", "\u{D}"] {
        for column in stride(from: 0, to: size.width, by: 3) {
          for row in 0..<size.height {
            var keyboard = Keyboard(imageCount: 5, tags: ["daisy"], size)
            for key in keys { keyboard.press(key == "\u{D}" ? KeyPress(.enter) : KeyPress(key)) }
            click(&keyboard, column, row)
            #expect(keyboard.state.brokenInvariants() == [])
          }
        }
      }
    }
  }
}
