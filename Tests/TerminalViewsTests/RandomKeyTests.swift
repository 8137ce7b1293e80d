import TerminalGrid
import TerminalViews
import Testing
import Workbench
import WorkbenchTesting

/// Whatever is typed on a screen of whatever size, it can be drawn.
@Suite struct RandomKeyTests {
  @Test(arguments: 0..<100) func anythingCanBeTypedAndDrawn(seed: Int) {
    var random = SplitMix64(seed: seed)
    let names = Array(["daisy", "👩‍🌾", "!none", "a tag with a very long name"].prefix(seed % 5))
    var keyboard = Keyboard(
      imageCount: [0, 3, 300][seed % 3], tags: names, Size(width: 80, height: 24))
    let characters = Array("jkhlgG 12390xunTicq?y~/雛\u{301}vz*.tswbrDF:S-:<>+p")
    let keys: [Key] = [
      .tab, .enter, .escape, .backspace, .up, .down, .left, .right, .pageUp, .pageDown, .home, .end,
    ]
    for step in 0..<60 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0:
        let size = Size(
          width: Int.random(in: 0...220, using: &random),
          height: Int.random(in: 0...70, using: &random))
        keyboard.take(.resize(size))
      case 1: keyboard.paste(step % 2 == 0 ? "/tmp/a\\ b" : "q1T")
      case 2:
        let place = Position(
          column: Int.random(in: 0..<80, using: &random),
          row: Int.random(in: 0..<24, using: &random))
        let actions: [MouseEvent.Action] = [
          .press(.left), .drag(.left), .release(.left), .wheelUp, .wheelDown, .press(.right),
        ]
        keyboard.take(
          .mouse(MouseEvent(actions.randomElement(using: &random) ?? .wheelUp, at: place)))
      case 3...4: keyboard.press(KeyPress(keys.randomElement(using: &random) ?? .tab))
      default: keyboard.type(characters.randomElement(using: &random) ?? "j")
      }
      let screen = keyboard.screen
      let viewport = keyboard.state.viewport
      #expect(screen.size == Size(width: viewport.columns, height: viewport.rows))
      let broken = keyboard.state.brokenInvariants()
      guard broken.isEmpty else {
        Issue.record("seed \(seed), step \(step): \(broken)")
        return
      }
    }
  }
}
