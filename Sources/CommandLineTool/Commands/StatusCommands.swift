import ArgumentParser
import Dataset
import ProjectLibrary

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what a project holds and how far it is.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let library = try common.openLibrary()
    let projects = try library.projects()
    if common.projectName == nil && projects.count != 1 {
      return common.answer(
        .object([
          ("library", .string(library.path)),
          ("projects", .array(projects.map { .string($0.name) })),
        ]), listing(library, projects))
    }
    let project = try library.project(named: common.projectName)
    let tags = try library.tagCounts(of: project.id)
    let imageCount = try library.imageCount(of: project.id)
    let untagged = try library.untaggedCount(
      of: project, imageCount: imageCount, counts: tags)
    let iterations = try library.iterations(of: project.id)
    let current = iterations.first { $0.isCurrent }
    common.answer(
      .object([
        ("library", .string(library.path)), ("project", .string(project.name)),
        ("id", .string(project.id.description)), ("type", .string(project.type.rawValue)),
        ("domain", .string(project.domain.rawValue)), ("imageCount", .integer(imageCount)),
        ("untaggedCount", .integer(untagged)), ("tags", .array(tags.map(\.document))),
        ("iterationCount", .integer(iterations.count)),
        ("currentIteration", current.map { .integer($0.iteration.number) } ?? .null),
        ("accuracy", .optional(current?.metrics.accuracy)),
      ]), text(library, project, tags, imageCount, untagged, current))
  }

  private func listing(_ library: Library, _ projects: [Project]) -> String {
    projects.isEmpty
      ? """
      The library \(library.path) is empty. Make a project with:
        tagbench project create NAME
      """
      : "The library \(library.path) has \(projects.count) projects:\n"
        + projects.map { "  \($0.name)" }.joined(separator: "\n")
        + "\nName one with --project."
  }

  private func text(
    _ library: Library, _ project: Project, _ tags: [TagCount], _ imageCount: Int,
    _ untagged: Int, _ current: IterationSummary?
  ) -> String {
    var lines = [
      "\(project.name): \(project.type.rawValue), \(project.domain.rawValue), "
        + "\(Figures.count(imageCount, "image")), \(untagged) untagged",
      "library \(library.path)", "",
    ]
    var table = TextTable([("tag", .left), ("images", .right)])
    for tag in tags { table.add([tag.label, "\(tag.imageCount)"]) }
    lines.append(tags.isEmpty ? "No tags yet." : table.text)
    lines.append("")
    lines.append(
      current.map {
        "\($0.iteration.name), trained \(Figures.time($0.iteration.trainedAt)): accuracy "
          + Figures.percent($0.metrics.accuracy) + " out of fold"
      } ?? "Not trained yet.")
    return lines.joined(separator: "\n")
  }
}

extension TagCount {
  var document: JSONValue {
    .object([
      ("tag", .string(tag.name)), ("id", .string(tag.id.description)),
      ("kind", .string(tag.kind.rawValue)), ("imageCount", .integer(imageCount)),
    ])
  }

  /// The tag's name, marked when it is the negative one.
  var label: String { tag.kind == .negative ? "\(tag.name) (negative)" : tag.name }
}

struct Undo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take back your last change of tags.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    try common.report(try library.undo(in: project.id), verb: "Undone", nothing: "Nothing to undo.")
  }
}

struct Redo: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "redo", abstract: "Take back your last undo.")

  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    try common.report(try library.redo(in: project.id), verb: "Redone", nothing: "Nothing to redo.")
  }
}

extension CommonOptions {
  fileprivate func report(_ outcome: ReversalOutcome?, verb: String, nothing: String) throws {
    answer(
      outcome.map {
        .object([
          ("command", .string($0.command)), ("reverted", .integer($0.revertedCount)),
          ("skipped", .integer($0.skippedCount)),
        ])
      } ?? .null, outcome.map { $0.text(verb: verb) } ?? nothing)
  }
}

extension ReversalOutcome {
  /// What was taken back, and what was left alone because others had changed it since.
  func text(verb: String) -> String {
    let done = "\(verb): \(command), \(Figures.count(revertedCount, "fact"))."
    return skippedCount == 0
      ? done
      : done + " \(Figures.count(skippedCount, "fact")) left alone: changed by somebody else since."
  }
}
