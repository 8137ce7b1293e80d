import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary

struct Bisect: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bisect",
    abstract: "Find the change after which a tag's figure fell.",
    discussion: """
      The figure is the tag's average precision over the pictures that were tagged then, each judged by \
      a head of the tags as they were then that never saw it; with --image it is the probability of the \
      tag for that picture. The range of changes is halved until one is left: before it the figure was \
      above the middle between first and last, afterwards it was not.
      """)

  @Argument(help: "The tag.") var tag: String
  @Option(help: "A picture that became less of the tag: its path as imported, name or id.")
  var image: String?
  @Option(
    name: .customLong("since"),
    help: ArgumentHelp(
      "Look at what changed since this iteration; the first one if left out.",
      valueName: "iteration"))
  var iteration: Int?
  @Option(help: "Look at changes from this number on, from `tagbench history`.") var first: Int64?
  @Option(help: "Look at changes up to this number.") var last: Int64?
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if iteration != nil && first != nil {
      throw ValidationError("--since and --first both say where to begin.")
    }
    if let first, let last, last < first {
      throw ValidationError("The last change, \(last), comes before the first, \(first).")
    }
  }

  func run() async throws {
    let (library, project) = try common.open()
    let tag = try library.tag(tag, of: project.id)
    let image = try image.map { try library.onlyImage(named: $0, of: project) }
    let range = try changes(library, project)
    let learner = try await common.learner(library, project)
    let found = try await learner.bisection(of: tag, image: image?.id, among: range)
    let names = try EventNames(library, project.id)
    common.answer(
      document(found, tag, image), text(found, tag, image, found.events.map(names.words)))
  }

  private func changes(_ library: Library, _ project: Project) throws -> ClosedRange<Int64> {
    let begin: Int64
    if let first {
      begin = first
    } else {
      let start = try library.iteration(iteration ?? 1, of: project).position
      guard
        let next = try library.history(of: project.id, after: start).map(\.change).min()
      else {
        throw WrongUse("Nothing has changed since iteration \(iteration ?? 1).")
      }
      begin = next
    }
    return begin...max(begin, last ?? .max)
  }

  /// So many events of the change are told.
  private static let mostEvents = 5

  private func text(
    _ found: Bisection, _ tag: Tag, _ image: Image?, _ events: [String]
  ) -> String {
    let figure =
      image.map { "the probability of \(tag.name) for \($0.name)" }
      ?? "the average precision of \(tag.name)"
    guard let event = found.events.first else { return "" }
    var lines = [
      "Change \(event.change), \(event.command) by \(event.actor) on \(Figures.time(event.time)):",
      "\(figure) fell from \(Figures.percent(found.before)) to \(Figures.percent(found.after)).",
      "In all it fell from \(Figures.percent(found.first.figure)) to "
        + "\(Figures.percent(found.last.figure)).",
    ]
    lines += events.prefix(Self.mostEvents).map { "  \($0)" }
    if events.count > Self.mostEvents {
      lines.append("  and \(events.count - Self.mostEvents) more")
    }
    return (lines + ["Take it back with: tagbench revert \(event.change)"])
      .joined(separator: "\n")
  }

  private func document(_ found: Bisection, _ tag: Tag, _ image: Image?) -> JSONValue {
    let event = found.events.first
    return .object([
      ("tag", .string(tag.name)), ("path", .optional(image?.path)),
      ("first", .number(found.first.figure)), ("last", .number(found.last.figure)),
      ("change", event.map { .integer(Int($0.change)) } ?? .null),
      ("who", .optional(event?.actor)), ("command", .optional(event?.command)),
      ("before", .number(found.before)), ("after", .number(found.after)),
      (
        "steps",
        .array(
          found.steps.map {
            .object([
              ("change", $0.change.map { .integer(Int($0)) } ?? .null),
              ("figure", .number($0.figure)),
            ])
          })
      ),
    ])
  }
}
