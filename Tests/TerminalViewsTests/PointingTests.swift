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
