import Glibc
import TerminalGrid
import TerminalScreen

/// Shows what a terminal sends, for tests under tmux: every event becomes a line of the screen.
///
/// `q` quits; Alt-c crashes, Alt-a aborts and Alt-e exits without closing the screen; Alt-w writes
/// to standard error; Ctrl-Z stops. The one argument is the file for standard error.

let bell = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
let screen: CursesScreen
do {
  screen = try CursesScreen(standardErrorLog: CommandLine.arguments[1]) {
    bell.continuation.yield()
  }
} catch {
  print("refused: \(error)")
  exit(3)
}
var events: [String] = []

@MainActor func paint() {
  var grid = Grid(screen.size)
  let theme = Theme.terminal.adapted(to: screen.colorLevel, showsUnicode: screen.showsUnicode)
  let status = "probe \(screen.size.width)x\(screen.size.height) \(screen.colorLevel)"
  let (rest, bottom) = grid.bounds.splitBottom(1)
  let inside = grid.drawBox(rest, title: status, style: theme[.focusedBorder], glyphs: theme.glyphs)
  grid.put("花 👩‍👩‍👧 🇩🇪 ❤️ e\u{301} क्षि|", column: inside.column, row: inside.row, clip: inside)
  grid.put("selected", column: inside.column, row: inside.row + 1, style: theme[.selection])
  for (index, event) in events.suffix(max(0, inside.height - 2)).enumerated() {
    grid.put(event, column: inside.column, row: inside.row + 2 + index, clip: inside)
  }
  // To the last column of the last row, which must be left out.
  grid.put(String(repeating: "=", count: bottom.width), column: 0, row: bottom.row)
  screen.draw(grid)
}

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

func describe(_ input: Input) -> String {
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

func describe(_ key: Key) -> String {
  if case .character(let character) = key { String(character) } else { "<\(key)>" }
}

func describe(_ modifiers: KeyPress.Modifiers) -> String {
  (modifiers.contains(.control) ? "C-" : "") + (modifiers.contains(.alt) ? "M-" : "")
    + (modifiers.contains(.shift) ? "S-" : "")
}
