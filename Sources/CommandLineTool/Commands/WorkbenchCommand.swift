import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary
import TerminalApp
import Workbench

struct WorkbenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench",
    abstract: "Open the workbench: tag, train and look at the result. What `tagbench` alone does.")

  @Option(
    name: .customLong("theme"),
    help: ArgumentHelp(
      "How it looks: a theme by name.",
      discussion: "Else $TAGBENCH_THEME, else that of the settings.", valueName: "name"))
  var themeName: String?

  @Flag(
    name: .customLong("no-mouse"),
    help: "Leave the mouse to the terminal, which then selects text with it.")
  var leavesMouse = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    guard isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 else {
      throw WrongUse("The workbench needs a terminal. For scripts, see: tagbench --help")
    }
    var preferences = try Preferences.stored()
    if let themeName { preferences.theme = themeName }
    if leavesMouse { preferences.usesMouse = false }
    // A theme that cannot be used is told before the screen is taken.
    _ = try Preferences.theme(named: preferences.theme)
    let library = try common.openLibrary(makesIt: true)
    try await Self.open(library, try project(in: library), preferences)
  }

  /// The project that is meant; without a word that which was worked on last. A library without any gets
  /// its first.
  private func project(in library: Library) throws -> Project {
    if let name = common.projectName { return try library.project(named: name) }
    return try library.projectChangedLast() ?? library.createProject("my pictures")
  }

  static func open(
    _ library: Library, _ project: Project, _ preferences: Preferences
  ) async throws {
    let settings = WorkbenchSettings(
      preferences: preferences, layout: PaneLayout(storedIn: Locations.layoutFile),
      theme: { try Preferences.theme(named: $0) },
      save: { try $0.save(to: Locations.settingsFile) },
      saveLayout: { try $0.save(to: Locations.layoutFile) })
    try await runWorkbench(
      on: library, project: project, settings: settings, logPath: try Locations.logFile(),
      canEmbed: Runtime.isReady,
      wording: WorkbenchWording(
        error: ErrorWording.sentence(for:), refusal: ErrorWording.message(for:),
        reason: ReviewWording.sentence(for:), explanation: ExplanationWording.caption(for:),
        advice: AdviceWording.sentence(for:), comparison: \.sentence,
        history: EventNames.lines(for:_:_:)))
  }
}
