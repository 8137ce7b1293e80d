import ArgumentParser
import Dataset
import ProjectLibrary

struct Iterations: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "iterations", abstract: "List a project's iterations, newest first.")
  @OptionGroup var common: CommonOptions

  func run() throws { try common.answerIterations() }
}

struct IterationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "iteration",
    abstract: "Use, rename, publish, delete and restore iterations.",
    subcommands: [
      List.self, Show.self, Use.self, Rename.self, Publish.self, Unpublish.self,
      Delete.self, Restore.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a project's iterations, newest first.")
    @OptionGroup var common: CommonOptions

    func run() throws { try common.answerIterations() }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one iteration.")
    @Argument(help: "Its number; the current one if left out.") var number: Int?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let performance = try library.performance(
        of: try library.iteration(number, of: project))
      common.answer(performance.document, PerformanceText(performance).text)
    }
  }

  struct Use: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "use",
      abstract: "Choose the iteration that answers; without a number always the newest.")
    @Argument(help: "Its number.") var number: Int?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let iteration = try number.map { try library.iteration($0, of: project) }
      try library.use(iteration, in: project.id)
      common.answer(
        .object([("current", number.map(JSONValue.integer) ?? .null)]),
        iteration.map { "\($0.name) answers from now on." } ?? "The newest answers from now on.")
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give an iteration a name.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "Its new name.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try library.rename(try library.iteration(number, of: project), to: name)
      common.answer(
        .object([("iteration", .integer(number)), ("name", .string(name))]),
        "Iteration \(number) is now \(name).")
    }
  }

  struct Publish: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "publish", abstract: "Let programs ask an iteration under a name.")
    @Argument(help: "Its number.") var number: Int
    @Argument(help: "The name that programs ask for.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try library.publish(
        try library.iteration(number, of: project), as: name, in: project.id)
      common.answer(
        .object([("iteration", .integer(number)), ("publishName", .string(name))]),
        "Iteration \(number) is published as \(name).")
    }
  }

  struct Unpublish: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "unpublish", abstract: "Take a publication back.")
    @Argument(help: "Its number.") var number: Int
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try library.unpublish(try library.iteration(number, of: project))
      common.answer(
        .object([("iteration", .integer(number)), ("publishName", .null)]),
        "Iteration \(number) is no longer published.")
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Take an iteration out of the list. It can be restored.")
    @Argument(help: "Its number.") var number: Int
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try library.delete(try library.iteration(number, of: project))
      common.answer(
        .object([("deleted", .integer(number))]), "Iteration \(number) is out of the list.")
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Bring a deleted iteration back.")
    @Argument(help: "Its number.") var number: Int
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      _ = try library.restoreIteration(number, of: project.id)
      common.answer(.object([("restored", .integer(number))]), "Iteration \(number) is back.")
    }
  }
}

extension IterationSummary {
  fileprivate var document: JSONValue {
    .object([
      ("iteration", .integer(iteration.number)), ("id", .string(iteration.id.description)),
      ("name", .string(iteration.name)), ("trainedAt", .number(iteration.trainedAt)),
      ("seconds", .number(iteration.seconds)), ("imageCount", .integer(iteration.imageCount)),
      ("type", .string(iteration.type.rawValue)), ("domain", .string(iteration.domain.rawValue)),
      ("current", .bool(isCurrent)), ("publishName", .optional(iteration.publishName)),
      ("accuracy", .optional(metrics.accuracy)),
      ("averagePrecision", .optional(metrics.averagePrecision)),
    ])
  }
}

extension CommonOptions {
  fileprivate func answerIterations() throws {
    let (library, project) = try open()
    let summaries = try library.iterations(of: project.id)
    var table = TextTable([
      ("", .left), ("number", .right), ("name", .left), ("trained", .left), ("images", .right),
      ("accuracy", .right), ("average precision", .right), ("published as", .left),
    ])
    for summary in summaries {
      let iteration = summary.iteration
      table.add([
        summary.isCurrent ? "*" : "", "\(iteration.number)", iteration.name,
        Figures.time(iteration.trainedAt), "\(iteration.imageCount)",
        Figures.percent(summary.metrics.accuracy),
        Figures.percent(summary.metrics.averagePrecision), iteration.publishName ?? "",
      ])
    }
    answer(
      .array(summaries.map(\.document)),
      summaries.isEmpty ? "Not trained yet. Run: tagbench train" : table.text)
  }
}
