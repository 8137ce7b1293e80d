import Dataset
import Embeddings
import Foundation
import GRDB
import Imaging
import ProjectLibrary
import TerminalGrid
import Thumbnails
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// The workbench on a screen without a terminal and a real library in a folder of its own.
@ScreenActor
final class Workshop {
  let folder: URL
  let library: Library
  let project: Project
  let screen: VirtualScreen
  let clock = ManualClock()
  private(set) var controller: Controller
  /// How often the process was stopped with Ctrl-Z.
  private(set) var stopCount = 0

  init(
    tags: [String] = [], pictures: Int = 0, type: ClassificationType = .multiclass,
    size: Size = Size(width: 120, height: 30)
  ) async throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-workshop-\(UUID().uuidString)")
    library = try Self.open(folder, actor: "ann")
    project = try library.createProject("flowers", type: type)
    screen = VirtualScreen(size)
    let mailbox = Mailbox()
    controller = Self.controller(project, library, screen, mailbox, clock) {}
    // By somebody else, so that a test's first undo finds nothing of its own.
    let founder = try Self.open(folder, actor: "eve")
    if pictures > 0 {
      for number in 0..<pictures { try writePicture("\(number).png", seed: number) }
      _ = try await founder.importImages(
        [Array(photos.path.utf8)], into: project, tagging: .none,
        progress: { _ in })
    }
    for tag in tags { try founder.createTag(tag, in: project.id) }
    controller = Self.controller(project, library, screen, mailbox, clock) { [unowned self] in
      stopCount += 1
    }
    controller.open()
    await settle { $0.state.hasLoadedTags && $0.state.images.matchCount != nil }
  }

  isolated deinit {
    controller.close()
    // Left-overs in the temporary folder harm nobody.
    try? FileManager.default.removeItem(at: folder)
  }

  private static func controller(
    _ project: Project, _ library: Library, _ screen: VirtualScreen, _ mailbox: Mailbox,
    _ clock: ManualClock, stop: @escaping @ScreenActor () -> Void
  ) -> Controller {
    let wording = WorkbenchWording(
      error: { "error \($0)" },
      refusal: { $0 == .notAnImage ? "refused notAnImage" : "refused unreadable" },
      reason: { "reason \($0.count)" },
      explanation: { "\($0.tag.name) explained" },
      advice: { "advice on \($0.count)" },
      comparison: { "\($0.second.number) against \($0.first.number)" },
      history: { events, _, _ in
        events.map {
          HistoryLine(time: "at \($0.position)", actor: $0.actor, what: $0.command)
        }
      })
    return Controller(
      project: project,
      desk: LibraryDesk(
        library: library, project: project, canEmbed: true, wording: wording),
      screen: screen, preferences: Preferences(themeNames: ["dark", "terminal"]),
      mailbox: mailbox, clock: clock,
      surroundings: Controller.Surroundings(
        renderer: { _ in ThumbnailRenderer(style: .ascii, colorLevel: .monochrome) },
        stopProcess: stop, theme: { Theme(name: $0, styles: [:]) }, saveSetting: { _ in },
        saveLayout: { _ in }))
  }

  static func open(_ folder: URL, actor: String) throws -> Library {
    try Library(path: folder.appendingPathComponent("library").path, actor: actor) { _ in
      FakeEmbedder()
    }
  }

  var state: State { controller.state }
  var photos: URL { folder.appendingPathComponent("photos") }

  /// Writes a small picture whose strongest colour tells its class, and whose noise its seed.
  @discardableResult
  func writePicture(_ name: String, classIndex: Int = 0, seed: Int) throws -> URL {
    let url = photos.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    var generator = SplitMix64(seed: seed &* 31 &+ classIndex)
    let pixels = (0..<24 * 24 * 3).map { index in
      UInt8((index % 3 == classIndex ? 170 : 60) + Int.random(in: 0..<80, using: &generator))
    }
    try Data(PixelImage(width: 24, height: 24, pixels: pixels).pngData()).write(to: url)
    return url
  }

  /// Types keys by character; `⏎` is Enter.
  func type(_ text: String) {
    for character in text {
      screen.type(.key(character == "⏎" ? KeyPress(.enter) : KeyPress(character)))
    }
    controller.turn()
  }

  func press(_ press: KeyPress) {
    screen.type(.key(press))
    controller.turn()
  }

  /// Types, and waits until nothing is on its way any more.
  func run(_ text: String) async {
    type(text)
    await settle()
  }

  /// Takes turns until nothing is on its way and the condition holds.
  ///
  /// A condition that never holds is ended by the time limit of the test.
  func settle(until condition: (Controller) -> Bool = { _ in true }) async {
    controller.turn()
    while !Task.isCancelled, controller.isBusy || !condition(controller) {
      await controller.mailbox.nextRing()
      controller.turn()
    }
  }

  /// Lets the cursor rest until its picture is there.
  func rest() async {
    // The watch sleeps, and the wait for the cursor to rest.
    await clock.waitForSleepers(2)
    clock.advance(by: .milliseconds(30))
    await controller.rest?.value
    await settle()
  }

  /// Lets a second pass, after which the library is looked at.
  func passSecond() async {
    await clock.waitForSleepers(1)
    clock.advance(by: .seconds(1))
    // The watch has asked when it sleeps again.
    await clock.waitForSleepers(1)
    await settle()
  }

  /// What the import did that has just ended.
  var imported: ImportSummary? {
    if case .imported(let summary) = state.notice { summary } else { nil }
  }

  /// The text of the screen, a line a row.
  var text: String {
    guard let grid = screen.shown else { return "" }
    return (0..<grid.height).map { row in
      String((0..<grid.width).map { grid[$0, row].character })
    }.joined(separator: "\n")
  }

  /// What every image is tagged with in the library.
  func labels() throws -> [ImageID: [TagID]] {
    Dictionary(
      uniqueKeysWithValues: try library.images(of: project.id).map { ($0.id, $0.tags) })
  }

  /// What the screen shows every image to be tagged with; of the rows that are loaded.
  var shownLabels: [ImageID: [TagID]] {
    Dictionary(
      uniqueKeysWithValues: state.images.rows.map { ($0.id, state.tags(of: $0)) })
  }

  // MARK: - Trouble

  /// Makes every write of the library fail from now on, as a full disk would.
  func breakWriting() throws {
    for table in ["change", "iteration"] {
      try execute(
        """
        CREATE TRIGGER refuse_\(table) BEFORE INSERT ON \(table)
        BEGIN SELECT RAISE(ABORT, 'refused'); END
        """)
    }
  }

  func mendWriting() throws {
    for table in ["change", "iteration"] { try execute("DROP TRIGGER refuse_\(table)") }
  }

  /// Makes the project's log unreadable.
  func breakReading() throws { try execute("ALTER TABLE event RENAME TO lost") }

  func mendReading() throws { try execute("ALTER TABLE lost RENAME TO event") }

  /// Deletes the originals and what was made of them.
  func loseFiles() throws {
    try execute("DELETE FROM thumbnail", in: "cache.sqlite")
    try FileManager.default.removeItem(at: folder.appendingPathComponent("library/originals"))
  }

  private func execute(_ sql: String, in file: String = "library.sqlite") throws {
    let path = folder.appendingPathComponent("library/\(file)").path
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }
}
