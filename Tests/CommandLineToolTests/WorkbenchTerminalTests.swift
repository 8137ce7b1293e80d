import Foundation
import Testing
import WorkbenchTesting

/// The program as it was built, beside these tests.
private enum Program {
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "tagbench").path
  static let photos = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "sample-data").path

  static var canRun: Bool {
    TerminalSession.tmux != nil && FileManager.default.isExecutableFile(atPath: path)
  }
}

/// The workbench of the built program in a real terminal, on a small library of its own.
@Suite(.serialized, .enabled(if: Program.canRun, "needs tmux, and tagbench beside the tests"))
struct WorkbenchTerminalTests {
  /// A shell with a library of nine untagged images, and what the terminal is like in `before`.
  private func session(
    terminal: String = "tmux-256color", environment: [String: String] = [:]
  ) throws -> TerminalSession {
    let session = try TerminalSession(
      width: 100, height: 30, terminal: terminal, environment: environment)
    try session.enter(
      "cd \(session.folder.path); export TAGBENCH_LIBRARY=$PWD/library XDG_STATE_HOME=$PWD/state")
    try session.enter(
      "\(Program.path) project create flowers > log 2>&1; "
        + "\(Program.path) import \(Program.photos)/daisy/daisy-00?.* >> log 2>&1; clear")
    try session.waitForPrompt()
    try session.enter("echo before; stty -g > before")
    try session.waitForPrompt()
    return session
  }

  private func open(_ session: TerminalSession) throws {
    try session.enter(Program.path)
    try session.wait(for: "1 of 9")
  }

  /// The shell is back on its own screen, with its line settings and cursor.
  private func expectRestored(_ session: TerminalSession) throws {
    try session.waitForPrompt()
    try session.enter("stty -g | cmp - before && echo same''settings")
    try session.wait(for: "samesettings")
    #expect(try session.text().contains("before"))
    #expect(try session.value(of: "alternate_on") == "0")
    #expect(try session.value(of: "cursor_flag") == "1")
  }

  private func makeTag(in session: TerminalSession) throws {
    try session.press("n")
    try session.wait(for: "New tag")
    try session.enter("marguerite")
    try session.wait(for: "Added the tag marguerite, key 1")
  }

  /// Opens the workbench and returns the id of its process.
  private func openKnownProcess(_ session: TerminalSession) throws -> pid_t {
    try session.enter("sh -c 'echo $$ > id; exec \(Program.path)'")
    try session.wait(for: "1 of 9")
    let text = try String(contentsOf: session.folder.appending(path: "id"), encoding: .utf8)
    return try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  /// Whether the image list shows a file with the tag that `makeTag` made.
  private func isTagged(_ name: String, in text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      line.firstRange(of: name).map { line[$0.upperBound...].contains("marguerite") } ?? false
    }
  }

  @Test func tagsUndoesAndKeepsWhatWasDone() throws {
    let session = try session()
    try open(session)
    #expect(try session.value(of: "alternate_on") == "1")
    try makeTag(in: session)
    try session.press("j", "1", "1", "u")
    try session.wait(for: "Took back: a tag given to 1 image")
    try session.press("q")
    try expectRestored(session)

    try open(session)
    let text = try session.wait(for: "marguerite")
    #expect(isTagged("daisy-002", in: text))
    #expect(!isTagged("daisy-003", in: text))
    try session.press("C-r")
    try session.wait(until: { isTagged("daisy-003", in: $0) })
    try session.press("q")
    try expectRestored(session)
  }

  @Test func followsTheSizeOfTheTerminal() throws {
    let session = try session()
    try open(session)
    try session.resize(width: 140, height: 40)
    try session.wait(until: { $0.split(separator: "\n").contains { $0.count == 140 } })
    try session.resize(width: 40, height: 10)
    try session.wait(for: "tagbench needs")
    try session.resize(width: 80, height: 24)
    try session.wait(for: "daisy-001")
    try session.press("q")
    try expectRestored(session)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func aSignalSavesRestoresAndEnds(signal: Int32) throws {
    let session = try session()
    let id = try openKnownProcess(session)
    try makeTag(in: session)
    try session.press("1")
    try session.wait(until: { isTagged("daisy-001", in: $0) })
    kill(id, signal)
    try session.waitForPrompt()
    try session.enter("echo code=$?.")
    try session.wait(for: "code=\(128 + signal).")
    try expectRestored(session)
    try open(session)
    try session.wait(until: { isTagged("daisy-001", in: $0) })
  }

  @Test func stopsAndGoesOn() throws {
    let session = try session()
    try open(session)
    try session.press("C-z")
    try session.waitForPrompt()
    #expect(try session.value(of: "alternate_on") == "0")
    try session.resize(width: 80, height: 24)
    try session.enter("fg")
    try session.wait(for: "1 of 9")
    #expect(try session.text().split(separator: "\n").allSatisfy { $0.count <= 80 })
    try session.press("j")
    try session.wait(for: "2 of 9")
    try session.press("q")
    try expectRestored(session)
  }

  /// The shell continues a stopped job that is killed, but keeps the terminal to itself.
  @Test func leavesTheTerminalAloneWhenKilledWhileStopped() throws {
    let session = try session()
    try open(session)
    try session.press("C-z")
    try session.waitForPrompt()
    // The shell says by which signal its job ended, once it is gone.
    try session.enter("p=$(jobs -p); kill %1; while kill -0 $p 2>&-; do sleep 0.1; done")
    try session.wait(for: "Terminated")
    try expectRestored(session)
  }

  @Test func endsWhenTheTerminalGoesAway() throws {
    let session = try session()
    let id = try openKnownProcess(session)
    session.end()
    let start = ContinuousClock.now
    while kill(id, 0) == 0, start.duration(to: .now) < .seconds(15) { usleep(10_000) }
    #expect(kill(id, 0) != 0 && errno == ESRCH)
  }

  @Test func isPlainWithoutUnicodeAndColours() throws {
    let session = try session(terminal: "vt100", environment: ["LC_ALL": "C"])
    try open(session)
    let text = try session.text()
    #expect(text.utf8.allSatisfy { $0 < 128 })
    #expect(text.contains("+- Tags"))
    try session.press("q")
    // This terminal has no second screen: what was drawn stays until it is cleared.
    try session.wait(until: { $0.contains("\nready$") })
    try session.enter("clear; stty -g | cmp - before && echo same''settings")
    try session.wait(for: "samesettings")
  }

  /// The tour of the README: `W`, then `y` where the reason convinces, `r` where it does not.
  @Test(.enabled(if: TestProgram.canEmbed, "needs the runtime"))
  func findsAndMendsThePlantedErrorsOfTheSamples() throws {
    let planted = [
      "daffodil-001": "daisy", "dahlia-019": "daisy", "dahlia-036": "daffodil",
      "daisy-016": "daffodil", "daisy-025": "dahlia",
    ]
    let library = try TestLibrary.trained()
    let session = try TerminalSession(
      width: 120, height: 36,
      environment: [
        "TAGBENCH_LIBRARY": library.path, "TAGBENCH_RUNTIME": TestProgram.runtime,
        "XDG_STATE_HOME": library.folder.path,
      ])
    try session.enter(Program.path)
    try session.wait(for: "live: accuracy", limit: .seconds(60))
    try session.press("W")
    try session.wait(for: "suspicious tags · 1 of")
    var rest = Set(planted.keys)
    var settled: Set<String> = []
    for row in 1...planted.count + 3 where !rest.isEmpty {
      // The preview names the picture under the cursor. What is captured may be half of a frame.
      var name = ""
      try session.wait(
        until: { text in
          name = text.matches(of: /│ ([a-z]+-\d+)\.\w+ +│\n/).last.map { String($0.1) } ?? ""
          return text.contains("suspicious tags · \(row) of") && !name.isEmpty
            && !settled.contains(name)
        }, what: "picture \(row)")
      settled.insert(name)
      try session.press(rest.remove(name) == nil ? "r" : "y")
    }
    #expect(rest.isEmpty)
    try session.press("q")
    try session.waitForPrompt()
    for (name, tag) in planted {
      let tagged = try library.done("image", "list", "--tag", tag)
      #expect(tagged.strings("path").contains { $0.contains(name) })
    }
  }

  @Test(arguments: ["linux", "screen-256color", "xterm-256color", "xterm"])
  func worksAndRestoresOnEveryTerminal(terminal: String) throws {
    let session = try session(terminal: terminal)
    try open(session)
    try makeTag(in: session)
    try session.press("1", "j", "1")
    try session.wait(until: { isTagged("daisy-001", in: $0) && isTagged("daisy-003", in: $0) })
    try session.press("q")
    // Not every one of these has a second screen.
    try session.wait(until: { $0.contains("ready$") })
    try session.enter("clear; stty -g | cmp - before && echo same''settings")
    try session.wait(for: "samesettings")
    #expect(try session.value(of: "cursor_flag") == "1")
  }

  @Test func namesOfWideCharactersKeepTheirColumns() throws {
    let session = try session()
    let name = "雛菊🌼 é.jpg"
    try session.enter(
      "cp \(Program.photos)/daisy/daisy-010.jpg '\(name)'; "
        + "\(Program.path) import '\(name)' >> log 2>&1; clear")
    try session.waitForPrompt()
    try session.enter(Program.path)
    try session.wait(for: "1 of 10")
    try session.press("n")
    try session.wait(for: "New tag")
    try session.enter("雛菊")
    try session.wait(for: "key 1")
    try session.press("G", "1")
    let text = try session.wait(until: { text in
      text.split(separator: "\n").contains { line in
        line.firstRange(of: ".jpg").map {
          line[..<$0.lowerBound].contains("🌼") && line[$0.upperBound...].contains("雛菊")
        } ?? false
      }
    })
    // What stands behind wide characters begins where it does in the rows above.
    let rows = text.split(separator: "\n").filter { $0.contains(".jpg") }
    let ends = rows.map { row in
      row.unicodeScalars.reduce(into: (width: 0, last: 0)) { place, scalar in
        if scalar == "│" { place.last = place.width }
        place.width +=
          scalar.value > 0x2E80 && scalar.value < 0x1FFFF && !("─"..."╿").contains(scalar) ? 2 : 1
      }.last
    }
    #expect(rows.count > 5 && Set(ends).count == 1)
  }

  @Test func colourStaysAwayWhereItIsNotWanted() throws {
    let session = try session()
    try session.enter("NO_COLOR=1 \(Program.path)")
    try session.wait(for: "1 of 9")
    let plain = try session.styledText()
    #expect(plain.matches(of: /\x1b\[[0-9;]*(3[0-7]|4[0-7]|38;|48;|9[0-7])[0-9;]*m/).isEmpty)
    try session.press("q")
    try session.waitForPrompt()
    try session.enter("clear; \(Program.path)")
    try session.wait(for: "1 of 9")
    let coloured = try session.styledText()
    #expect(!coloured.matches(of: /\x1b\[[0-9;]*(3[0-7]|4[0-7]|38;|48;)[0-9;]*m/).isEmpty)
  }

  @Test func changesOfOthersAreSeen() throws {
    let session = try session()
    try open(session)
    try makeTag(in: session)
    let other = try TerminalSession(
      width: 100, height: 30,
      environment: ["TAGBENCH_LIBRARY": session.folder.appending(path: "library").path])
    try other.enter(Program.path)
    try other.wait(for: "1 marguerite")
    try session.press("1")
    try other.wait(until: { isTagged("daisy-001", in: $0) })
    try other.press("j", "1")
    try session.wait(until: { isTagged("daisy-003", in: $0) || isTagged("daisy-002", in: $0) })
    try other.press("q")
    try other.waitForPrompt()
    try other.enter("\(Program.path) tag create rose")
    try session.wait(for: "2 rose")
  }

  @Test(.enabled(if: TestProgram.canEmbed, "needs the runtime"))
  func jobsOfOthersShowTheirProgress() throws {
    let library = try TestLibrary.trained()
    // So that the training has embeddings to make first, which takes a while.
    try library.removeCache()
    let session = try TerminalSession(
      width: 120, height: 36,
      environment: [
        "TAGBENCH_LIBRARY": library.path, "XDG_STATE_HOME": library.folder.path,
        // It would make the embeddings itself.
        "TAGBENCH_RUNTIME": library.folder.appending(path: "none").path,
      ])
    try session.enter(Program.path)
    try session.wait(for: "1 of 1")
    let training = try library.start(["train"])
    try session.wait(limit: .seconds(60), until: { $0.contains(/elsewhere: training [1-9]/) })
    #expect(training.finish().exitCode == 0)
    try session.wait(until: { $0.contains("iteration 2") && !$0.contains("elsewhere") })
  }

  @Test func refusesWhatIsNoTerminal() throws {
    let session = try session()
    try session.enter("\(Program.path) < /dev/null; echo code=$?.")
    let text = try session.wait(for: "code=2.")
    #expect(text.contains("needs a terminal"))
  }
}
