import Foundation
import Testing
import WorkbenchTesting

/// The program that the tests below run in a terminal; built beside them.
private enum Probe {
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "ScreenProbe").path

  static var canRun: Bool {
    TerminalSession.tmux != nil && FileManager.default.isExecutableFile(atPath: path)
  }
}

/// `CursesScreen` in a real terminal, through the program ScreenProbe that shows what it hears.
@Suite(.serialized, .enabled(if: Probe.canRun, "needs tmux, and ScreenProbe beside the tests"))
struct RealTerminalTests {
  /// Starts the probe in a session and waits for its screen.
  private func start(
    _ session: TerminalSession, settings: String = "", expecting text: String = "probe "
  ) throws {
    try session.enter("echo before; stty -g > before; \(settings) \(Probe.path) log")
    try session.wait(for: text)
  }

  private func session(
    width: Int = 80, height: Int = 24, terminal: String = "tmux-256color"
  ) throws -> TerminalSession {
    let session = try TerminalSession(width: width, height: height, terminal: terminal)
    try session.enter("cd \(session.folder.path); clear")
    try session.waitForPrompt()
    return session
  }

  /// The shell is back on its own screen, with its line settings, cursor, and no mouse or paste
  /// marks.
  private func expectRestored(_ session: TerminalSession) throws {
    try session.enter("stty -g | cmp - before && echo same''settings")
    try session.wait(for: "samesettings")
    #expect(try session.text().contains("before"))
    #expect(try session.value(of: "alternate_on") == "0")
    #expect(try session.value(of: "cursor_flag") == "1")
    #expect(try session.value(of: "mouse_any_flag") == "0")
    #expect(try session.value(of: "keypad_flag") == "0")
  }

  @Test func quittingRestoresTheTerminal() throws {
    let session = try session()
    try start(session)
    #expect(try session.value(of: "alternate_on") == "1")
    #expect(try session.value(of: "mouse_any_flag") == "1")
    #expect(try session.value(of: "cursor_flag") == "0")
    try session.press("q")
    try session.waitForPrompt()
    try expectRestored(session)
  }

  @Test(arguments: [
    ("M-c", "132 133"), ("M-a", "134"), ("M-e", "7"),
  ])
  func dyingRestoresTheTerminal(key: String, codes: String) throws {
    let session = try session(height: 60)
    // No report of the crash on the screen; the point is how the terminal is left.
    try start(session, settings: "SWIFT_BACKTRACE=enable=no")
    try session.press(key)
    try session.waitForPrompt()
    // Quoted so that the line as it is typed does not look like the answer.
    try session.enter("echo co''de=$?.")
    let text = try session.wait(for: "code=")
    #expect(codes.split(separator: " ").contains { text.contains("code=\($0).") }, "\(text)")
    try expectRestored(session)
  }

  @Test func keysAreTellingEscapeFromArrows() throws {
    let session = try session()
    try start(session)
    try session.press("Escape")
    try session.wait(for: "key <escape>")
    try session.press("Up", "M-x", "C-r", "BTab", "F5", "PPage", "花")
    let text = try session.wait(for: "key 花")
    let keys = ["<up>", "M-x", "C-r", "S-<tab>", "<function(5)>", "<pageUp>", "花"].map {
      "key \($0)"
    }
    #expect(lines(of: text, beginning: "key ").dropFirst() == keys[...])
  }

  @Test func aPasteIsOneEventAndNoKeys() throws {
    let session = try session()
    try start(session)
    try session.paste("/photos/a.jpg\nq\u{1B}[Aq")
    let text = try session.wait(for: "paste ")
    #expect(text.contains("paste /photos/a.jpg␊q␛[Aq"))
    try session.press("x")
    try session.wait(for: "key x")
  }

  @Test func resizingIsToldAndRedrawn() throws {
    let session = try session()
    try start(session)
    for (width, height) in [(120, 40), (40, 10), (20, 6), (100, 30)] {
      try session.resize(width: width, height: height)
      try session.wait(for: "probe \(width)x\(height)")
      // The last row comes last.
      let lastRow = String(repeating: "=", count: width - 1)
      let text = try session.wait(for: lastRow)
      let rows = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(rows[0].hasPrefix("╭─ probe") && rows[0].hasSuffix("╮"))
      #expect(rows[height - 1] == lastRow)
    }
    try session.wait(for: "resize 100x30")
  }

  @Test func wideTextStaysInItsColumns() throws {
    let session = try session(width: 40)
    try start(session)
    let text = try session.text()
    let row = text.split(separator: "\n")[1]
    #expect(row.hasPrefix("│花 👩 DE ❤  é क्षि|"), "\(row)")
    #expect(row.hasSuffix("│"))
    // The frame's right edge on the wide row is where it is on the others: nothing is left behind
    // it.
    try session.press("a")
    let after = try session.wait(for: "key a")
    #expect(after.split(separator: "\n")[1] == row)
  }

  @Test(arguments: [
    ("tmux-256color", "", "full"), ("tmux-256color", "NO_COLOR=1", "monochrome"),
    ("screen", "", "eight"), ("vt100", "", "monochrome"), ("linux", "", "eight"),
  ])
  func coloursFollowTheTerminal(terminal: String, settings: String, level: String) throws {
    let session = try session(terminal: terminal)
    try start(session, settings: settings, expecting: "80x24 \(level)")
    let styled = try session.styledText()
    #expect(styled.contains("selected"))
    let hasColour = styled.contains("\u{1B}[44m") || styled.contains(";44m")
    #expect(hasColour == (level != "monochrome"))
  }

  @Test func withoutUTF8OnlyASCIIIsSent() throws {
    let session = try session()
    try start(session, settings: "LC_ALL=C")
    let text = try session.text()
    #expect(text.utf8.allSatisfy { $0 < 0x80 })
    #expect(text.hasPrefix("+- probe 80x24"))
    #expect(text.contains("??"))
  }

  @Test func aLocaleThatIsMissingButSaysUTF8Serves() throws {
    let session = try session()
    try start(session, settings: "LC_ALL=xx_XX.UTF-8", expecting: "╭─ probe 80x24")
  }

  @Test func stoppingGivesTheTerminalBackAndForegroundTakesIt() throws {
    let session = try session()
    try start(session)
    try session.press("C-z")
    try session.wait(for: "Stopped")
    #expect(try session.value(of: "alternate_on") == "0")
    #expect(try session.value(of: "mouse_any_flag") == "0")
    try session.resize(width: 90, height: 20)
    try session.enter("fg")
    try session.wait(for: "probe 90x20")
    try session.press("x")
    try session.wait(for: "key x")
    try session.press("q")
    try session.waitForPrompt()
    try expectRestored(session)
  }

  @Test func aStopFromOutsideIsTheSame() throws {
    let session = try session()
    try start(session)
    try send("TSTP", in: session)
    try session.wait(for: "Stopped")
    #expect(try session.value(of: "alternate_on") == "0")
    try session.enter("fg")
    try session.wait(for: "probe 80x24")
    try session.press("q")
    try session.waitForPrompt()
    try expectRestored(session)
  }

  @Test func aTerminalThatGoesAwayIsToldOnce() throws {
    let session = try session()
    try start(session, settings: "trap '' HUP;")
    session.end()
    let log = session.folder.appending(path: "log")
    let start = ContinuousClock.now
    var text = ""
    while !text.contains("hung up"), start.duration(to: .now) < .seconds(20) {
      text = try String(contentsOf: log, encoding: .utf8)
      usleep(10_000)
    }
    #expect(text == "hung up\n")
  }

  @Test func standardErrorGoesToTheLogMeanwhile() throws {
    let session = try session()
    try start(session)
    try session.press("M-w")
    try session.wait(for: "key M-w")
    #expect(try !session.text().contains("noise"))
    let log = session.folder.appending(path: "log")
    #expect(try String(contentsOf: log, encoding: .utf8) == "noise\n")
  }

  @Test func whatIsNoTerminalIsRefused() throws {
    let session = try session()
    try session.enter("echo | \(Probe.path) log")
    try session.wait(for: "refused: notATerminal")
    try session.enter("TERM=dumb \(Probe.path) log")
    try session.wait(for: "refused: terminalTooSimple(name: Optional(\"dumb\"))")
    try session.enter("TERM=nosuch \(Probe.path) log")
    try session.wait(for: "refused: unknownTerminal(name: Optional(\"nosuch\"))")
    try session.enter("clear; \(Probe.path) /no/where")
    try session.wait(for: "refused: logNotWritable(path: \"/no/where\", errno: 2)")
  }

  /// Sends a signal to the probe that runs in a session.
  private func send(_ signal: String, in session: TerminalSession) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let shell = try session.value(of: "pane_pid")
    process.arguments = ["-c", "kill -\(signal) $(cat /proc/\(shell)/task/\(shell)/children)"]
    try process.run()
    process.waitUntilExit()
  }

  private func lines(of text: String, beginning prefix: String) -> [String] {
    text.split(separator: "\n").map { $0.trimmingCharacters(in: ["│", " "]) }
      .filter { $0.hasPrefix(prefix) }
  }
}
