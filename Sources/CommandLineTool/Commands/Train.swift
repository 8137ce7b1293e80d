import ArgumentParser
import Dataset
import ProjectLibrary

struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train a new iteration on the project's tags.",
    discussion: """
      Every figure it prints is out of fold: judged by a head that never saw the picture. The \
      iteration before stays as it is.
      """)

  @Flag(
    name: .customLong("leave-out-small-tags"),
    help: "Go on without the tags that have fewer than \(smallestTagToTrain) images.")
  var leavesOutSmallTags = false

  @Option(help: "Chooses how the pictures are split into folds.")
  var seed: UInt64 = 1

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let iteration = try await Self.run(
      TrainingRequest(leavesOutSmallTags: leavesOutSmallTags, seed: seed), of: project,
      in: library, isQuiet: common.printsJSON)
    let performance = try library.performance(of: iteration)
    common.answer(
      .object([
        ("iteration", .integer(iteration.number)), ("seconds", .number(iteration.seconds)),
        ("imageCount", .integer(iteration.imageCount)),
        ("overall", performance.performance.overallDocument),
      ]), PerformanceText(performance).text)
  }

  /// Trains with progress.
  static func run(
    _ request: TrainingRequest, of project: Project, in library: Library, isQuiet: Bool
  ) async throws -> Iteration {
    let line = ProgressLine(isQuiet: isQuiet)
    defer { line.clear() }
    return try await cancellable {
      try await library.train(project, request) { report in
        switch report {
        case .embedding(let progress):
          line.show(
            "Reading", progress.doneCount, of: progress.imageCount, unit: "picture",
            seconds: progress.seconds)
        case .fitting(let phase, let fraction):
          line.show("Training: \(phase.words), \(Int(100 * fraction)) %")
        }
      }
    }
  }
}

extension TrainingPhase {
  /// What is done in it, for people.
  var words: String {
    switch self {
    case .preparing: "preparing"
    case .fitting(let finished, let count): "\(finished) of \(count) heads"
    case .calibrating: "calibrating"
    case .saving: "saving"
    }
  }
}
