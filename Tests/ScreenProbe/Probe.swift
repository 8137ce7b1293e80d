import Glibc
import TerminalGrid
import TerminalScreen

/// The probe's screen and what has come from it.
@ScreenActor
final class Probe {
  private let bell = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
  private let screen: CursesScreen
  private var events: [String] = []

  init(log: String) throws {
    screen = try CursesScreen(standardErrorLog: log) { [bell] in bell.continuation.yield() }
  }

  /// Runs until `q` or the end of the terminal.
  func run() async {
    paint()
    loop: for await _ in bell.stream {
      while let input = screen.nextInput() {
        events.append(describe(input))
        switch input {
        case .hangUp:
          write(STDERR_FILENO, "hung up\n", 8)
          break loop
        case .key(KeyPress("q")): break loop
        case .key(KeyPress("z", .control)): screen.stopProcess()
        case .key(KeyPress("w", .alt)): write(STDERR_FILENO, "noise\n", 6)
        case .key(KeyPress("e", .alt)): exit(7)
        case .key(KeyPress("a", .alt)): abort()
        case .key(KeyPress("c", .alt)): preconditionFailure("crashed on purpose")
        default: break
        }
      }
      paint()
    }
    screen.close()
  }

  private func paint() {
    var grid = Grid(screen.size)
    let theme = Theme.terminal.adapted(to: screen.colorLevel, showsUnicode: screen.showsUnicode)
    let status = "probe \(screen.size.width)x\(screen.size.height) \(screen.colorLevel)"
    let (rest, bottom) = grid.bounds.splitBottom(1)
    let inside = grid.drawBox(
      rest, title: status, style: theme[.focusedBorder], glyphs: theme.glyphs)
    grid.put("花 👩‍👩‍👧 🇩🇪 ❤️ e\u{301} क्षि|", column: inside.column, row: inside.row, clip: inside)
    grid.put("selected", column: inside.column, row: inside.row + 1, style: theme[.selection])
    for (index, event) in events.suffix(max(0, inside.height - 2)).enumerated() {
      grid.put(event, column: inside.column, row: inside.row + 2 + index, clip: inside)
    }
    // To the last column of the last row, which must be left out.
    grid.put(String(repeating: "=", count: bottom.width), column: 0, row: bottom.row)
    screen.draw(grid)
  }
}

private func describe(_ input: Input) -> String {
  switch input {
  case .key(let press): "key \(describe(press.modifiers))\(describe(press.key))"
  case .paste(let text): "paste \(text)"
  case .mouse(let event):
    "mouse \(event.action) \(event.position.column),\(event.position.row)"
      .replacing("TerminalGrid.MouseEvent.Button.", with: "")
  case .resize(let size): "resize \(size.width)x\(size.height)"
  case .hangUp: "hang-up"
  }
}

private func describe(_ key: Key) -> String {
  if case .character(let character) = key { String(character) } else { "<\(key)>" }
}

private func describe(_ modifiers: KeyPress.Modifiers) -> String {
  (modifiers.contains(.control) ? "C-" : "") + (modifiers.contains(.alt) ? "M-" : "")
    + (modifiers.contains(.shift) ? "S-" : "")
}
