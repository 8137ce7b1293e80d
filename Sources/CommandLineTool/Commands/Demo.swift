import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary
import Workbench

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Open the workbench on a ready project made from sample pictures.",
    discussion: """
      Works in a library of its own, so that nothing of yours is touched. The first time it sets up \
      the runtime, imports the pictures and trains; then it is quick.
      """)

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let line = ProgressLine(isQuiet: common.printsJSON)
    let (_, isNew) = try await SetUp.run(from: nil, line: line)
    line.clear()
    // The proof loaded the inference libraries where they were made; from there they find their parts
    // no more, and a process cannot load them twice.
    if isNew { try Runtime.startProgramAnew() }
    guard let samples = Locations.shipped("sample-data") else {
      throw WrongUse(
        "The sample pictures are not where they were installed. Install tagbench again.")
    }
    var common = common
    common.libraryPath = common.libraryPath ?? Locations.demoLibrary
    let library = try common.openLibrary(makesIt: true)
    let project = try await prepare(library, samples: samples)
    let iteration = try library.iteration(nil, of: project)
    let performance = try library.performance(of: iteration)
    common.answer(performance.document, PerformanceText(performance).text)
    if !common.printsJSON && isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 {
      try await WorkbenchCommand.open(library, project, try Preferences.stored())
    }
  }

  /// Makes, fills and trains the project, as far as that has not been done.
  private func prepare(_ library: Library, samples: String) async throws -> Project {
    let name = "sample flowers"
    let existing = try library.projects().first { $0.name == name }
    let project = try existing ?? library.createProject(name)
    if try library.imageCount(of: project.id) == 0 {
      let (report, _) = try await Import.run(
        [samples], into: project, of: library, tagging: .folderNames,
        isQuiet: common.printsJSON)
      if !common.printsJSON { common.answer(report.text(project: project.name) + "\n") }
      if report.wasStopped { throw CancellationError() }
    }
    if try library.iterations(of: project.id).isEmpty {
      _ = try await Train.run(
        TrainingRequest(), of: project, in: library, isQuiet: common.printsJSON)
    }
    return project
  }
}
