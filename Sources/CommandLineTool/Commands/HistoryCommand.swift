import ArgumentParser
import Dataset
import ProjectLibrary

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Tell who changed what when, newest first.",
    discussion: """
      Of the whole project or of one picture. Each line is an event; those of one change bear its \
      number, which `tagbench revert` takes.
      """)

  @Argument(help: "A picture: its path as imported, name or id.") var image: String?
  @Option(help: "Only what happened to this tag and its labels.") var tag: String?
  @Option(help: "Only what this person or program changed.") var who: String?
  @Option(
    name: .customLong("since"),
    help: ArgumentHelp("Only what changed since this iteration.", valueName: "iteration"))
  var iteration: Int?
  @OptionGroup var events: EventOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    let images = try image.map { try library.images(named: $0, of: project.id).map(\.id) }
    let tag = try tag.map { try library.tag($0, of: project.id).id }
    let start = try iteration.map { try library.iteration($0, of: project).position }
    let found = try (images?.map(Optional.some) ?? [nil]).flatMap { image in
      try library.history(
        of: project.id, image: image, tag: tag, actor: who, after: start, limit: events.limit)
    }.sorted { $0.position > $1.position }
    try common.answer(Array(found.prefix(events.limit)), library, project.id)
  }
}

/// How much of a history is shown.
struct EventOptions: ParsableArguments {
  @Option(help: "How many events at most.") var limit = 50

  func validate() throws {
    guard limit > 0 else { throw ValidationError("The limit \(limit) is not above 0.") }
  }
}

struct Revert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revert", abstract: "Take back a range of changes, whoever made them.",
    discussion: """
      What they changed becomes again what it was before the first of them, but for what has been \
      changed since the last. That is a change of its own: `tagbench undo` takes it back.
      """)

  @Argument(help: "The number of the first change, from `tagbench history`.") var first: Int64
  @Argument(help: "The number of the last; the same as the first if left out.") var last: Int64?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let last, last < first {
      throw ValidationError("The last change, \(last), comes before the first, \(first).")
    }
  }

  func run() throws {
    let (library, project) = try common.open()
    let outcome = try library.revert(first...(last ?? first), in: project.id)
    common.answer(
      .object([
        ("reverted", .integer(outcome.revertedCount)), ("skipped", .integer(outcome.skippedCount)),
      ]),
      outcome.revertedCount + outcome.skippedCount == 0
        ? "There is nothing of these changes to take back."
        : "\(Figures.count(outcome.revertedCount, "thing")) taken back."
          + (outcome.skippedCount == 0
            ? "" : " \(outcome.skippedCount) left alone: changed since, or in the way of others."))
  }
}
