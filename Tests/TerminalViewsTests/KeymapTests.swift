import Dataset
import TerminalGrid
import TerminalViews
import Testing
import Workbench
import WorkbenchTesting

@Suite struct KeymapTests {
  private let size = Size(width: 80, height: 24)

  /// The keys as terminals send them, by the names that the command table uses.
  private static let keys: [String: KeyPress] = [
    "Up": KeyPress(.up), "Down": KeyPress(.down), "Left": KeyPress(.left),
    "Right": KeyPress(.right), "Page Up": KeyPress(.pageUp), "Page Down": KeyPress(.pageDown),
    "Home": KeyPress(.home), "End": KeyPress(.end), "Tab": KeyPress(.tab),
    "Shift-Tab": KeyPress(.tab, .shift), "Enter": KeyPress(.enter), "Esc": KeyPress(.escape),
    "Delete": KeyPress(.delete),
    "Space": KeyPress(" "), "Ctrl-R": KeyPress("r", .control), "Ctrl-C": KeyPress("c", .control),
    "Ctrl-B": KeyPress("b", .control), "Ctrl-F": KeyPress("f", .control),
  ]

  @Test(arguments: commandTable) func everyKeyOfTheTableRunsItsCommand(entry: CommandEntry) {
    var keyboard = Keyboard(imageCount: 3, tags: ["daisy"], size)
    while let pane = entry.keyPane, keyboard.state.focus != pane {
      keyboard.press(KeyPress(.tab))
    }
    let state = keyboard.state
    for name in entry.keys {
      let press = Self.keys[name] ?? KeyPress(Character(name))
      #expect(press.name == name)
      #expect(message(for: .key(press), in: state) == .command(entry.command))
    }
  }

  @Test func promptsTakeKeysAsText() {
    var keyboard = Keyboard(imageCount: 3, tags: ["daisy"], size)
    keyboard.type("n", "q", "1", " ", "é")
    #expect(keyboard.state.overlay == .prompt(prompt("q1 é")))
    keyboard.press(KeyPress(.backspace))
    keyboard.press(KeyPress("w", .control))
    keyboard.press(KeyPress("x", .alt))
    #expect(keyboard.state.overlay == .prompt(prompt("")))
    keyboard.press(KeyPress(.escape))
    #expect(keyboard.state.overlay == nil)
  }

  private func prompt(_ text: String) -> Prompt { Prompt(.newTag, text: text) }

  @Test func questionsTakeOnlyTheirAnswers() {
    var keyboard = Keyboard(imageCount: 60, tags: ["daisy", "dahlia"], size)
    keyboard.type("T", "q", "T", "1", "j")
    #expect(keyboard.state.overlay == .question(.quit))
    keyboard.type("n")
    #expect(keyboard.state.overlay == nil)
    #expect(!keyboard.unanswered.contains(.quit))
    keyboard.type("q", "y")
    #expect(keyboard.unanswered.last == .quit)
  }

  @Test func pastedTextIsNeverKeys() {
    let state = Keyboard(imageCount: 3, tags: ["daisy"], size).state
    #expect(message(for: .paste("q"), in: state) == .pasted("q"))
  }

  @Test func aNewSizeIsMeasured() {
    let state = Keyboard(imageCount: 3, tags: ["daisy"], size).state
    let larger = Size(width: 120, height: 36)
    #expect(
      message(for: .resize(larger), in: state) == .resized(viewport(of: larger, in: state)))
  }
}
