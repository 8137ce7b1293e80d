import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary
import TerminalApp
import TerminalGrid

struct WorkbenchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "workbench",
    abstract: "Open the workbench: tag, train and look at the result. What `tagbench` alone does.")

  @Option(
    name: .customLong("theme"),
    help: ArgumentHelp(
      "How it looks: a theme by name.",
      discussion: "Else $TAGBENCH_THEME, else the terminal's own colours.", valueName: "name"))
  var themeName: String?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    guard isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 else {
      throw WrongUse("The workbench needs a terminal. For scripts, see: tagbench --help")
    }
    let theme = try Locations.theme(named: themeName)
    let library = try common.openLibrary(makesIt: true)
    try await Self.open(library, try project(in: library), theme)
  }

  /// The project that is meant; a library without any gets its first.
  private func project(in library: Library) throws -> Project {
    if common.projectName == nil, try library.projects().isEmpty {
      return try library.createProject("my pictures")
    }
    return try library.project(named: common.projectName)
  }

  static func open(_ library: Library, _ project: Project, _ theme: Theme) async throws {
    try await runWorkbench(
      on: library, project: project, theme: theme, logPath: try Locations.logFile(),
      canEmbed: Runtime.isReady,
      wording: WorkbenchWording(
        error: ErrorWording.sentence(for:), refusal: ErrorWording.message(for:)))
  }
}
