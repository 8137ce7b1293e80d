import ArgumentParser
import Dataset
import ProjectLibrary

struct Suggest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "List untagged pictures with the tags that they probably should bear.",
    discussion: """
      The most probable first; no training is needed. The score is the probability of the first tag.
      """)

  @Option(help: "Leave out pictures whose first tag is less probable.")
  var threshold = 0.0
  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...1).contains(threshold) else {
      throw ValidationError("The threshold \(threshold) does not lie between 0 and 1.")
    }
  }

  func run() async throws {
    let (library, project) = try common.open()
    let learner = try await common.learner(library, project)
    try common.answer(
      await learner.suggestions(limit: list.limit, threshold: threshold), library, project,
      nothing: "There is nothing to suggest.")
  }
}

struct Queue: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue",
    abstract: "List untagged pictures in the order in which tagging them teaches most.",
    discussion: """
      Undecided, unlike what is tagged, unlike each other. Each comes with its most probable tags.
      """)

  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let learner = try await common.learner(library, project)
    try common.answer(
      await learner.queue(limit: list.limit), library, project, nothing: "Everything is tagged.")
  }
}

struct Neighbours: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "neighbours", abstract: "List the pictures that are most like one.")

  @Argument(help: "Its path as imported, name or id.") var image: String
  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let image = try library.onlyImage(named: image, of: project)
    let learner = try await common.learner(library, project)
    try common.answer(
      await learner.neighbours(of: image.id, limit: list.limit), library, project,
      nothing: "There is no other picture.")
  }
}

struct NearDuplicates: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "near-duplicates",
    abstract: "List pictures that are nearly the same, those with different tags first.",
    discussion: """
      Resized, re-encoded, slightly cut, brighter and mirrored copies, and frames of one scene. The \
      score is the likeness to the nearest of the group, plus 1 where tags differ; groups are numbered. \
      A group that is kept is not listed again until another picture joins it.
      """)

  @Option(
    name: .customLong("keep"), parsing: .upToNextOption,
    help: ArgumentHelp(
      "Keep the whole group of each of these pictures instead of listing.", valueName: "image"))
  var kept: [String] = []
  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    try await common.embed(library, project)
    if !kept.isEmpty { return try keep(library, project) }
    try common.answer(
      try library.nearDuplicates(in: project, limit: list.limit), library, project,
      nothing: "No two pictures are nearly the same.")
  }

  private func keep(_ library: Library, _ project: Project) throws {
    let named = Set(
      try kept.flatMap { try library.images(named: $0, of: project.id).map(\.id) })
    let listed = try library.nearDuplicates(in: project, limit: .max)
    let groups = Set(listed.filter { named.contains($0.image.id) }.compactMap(\.group))
    let images = listed.filter { item in item.group.map(groups.contains) ?? false }
    let count = try library.keepBesideDuplicates(images.map(\.image.id), in: project.id)
    let words = "\(Figures.count(count, "picture")) in \(Figures.count(groups.count, "group")) stay"
    common.answer(
      .object([("groups", .integer(groups.count)), ("kept", .integer(count))]),
      groups.isEmpty
        ? "None of them is in a group of near-duplicates."
        : words + ", and are not listed again.")
  }
}
