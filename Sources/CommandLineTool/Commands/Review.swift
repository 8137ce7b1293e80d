import ArgumentParser
import Dataset
import ProjectLibrary

struct Misclassified: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "misclassified",
    abstract: "List pictures whose prediction disagrees with their tag, most certain first.",
    discussion: """
      Predictions are those of the iteration in use, out of fold. Pictures whose tag a person has \
      said to be right are left out.
      """)

  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    let items = try library.misclassified(in: project, limit: list.limit)
    try common.answer(
      items, library, project, nothing: "No picture's prediction disagrees with its tag.")
  }
}

struct Suspects: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suspects",
    abstract: "List tagged pictures, the most suspicious tag first, with the reason.",
    discussion: """
      Each picture is judged by a head that never saw it nor its near-duplicates, fitted on the tags \
      as they are now; no training is needed. The score is 0 to 1. Pictures that look broken (nearly one \
      colour, too dark or bright, blurred, of an odd shape or size) or are unlike all others are among \
      them. Those whose tag a person has said to be right come last.
      """)

  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let learner = try await common.learner(library, project)
    var items: [ReviewItem] = []
    for item in try await learner.suspects(limit: list.limit) {
      items.append(common.printsJSON ? await learner.withEvidence(item) : item)
    }
    try common.answer(items, library, project, nothing: "No picture is tagged yet.")
  }
}

struct ReviewOptions: ParsableArguments {
  @Option(help: "How many pictures at most.")
  var limit = 50

  func validate() throws {
    guard limit > 0 else { throw ValidationError("The limit \(limit) is not above 0.") }
  }
}

extension CommonOptions {
  /// Makes the embeddings that are missing.
  func embed(_ library: Library, _ project: Project) async throws {
    let line = ProgressLine(isQuiet: printsJSON)
    defer { line.clear() }
    _ = try await cancellable {
      try await library.embedImages(of: project) { progress in
        line.show(
          "Reading", progress.doneCount, of: progress.imageCount, unit: "picture",
          seconds: progress.seconds)
      }
    }
  }

  /// A live learner that has followed the project, after making the embeddings that are missing.
  func learner(_ library: Library, _ project: Project) async throws -> LiveLearner {
    try await embed(library, project)
    let learner = LiveLearner(library, project.id)
    switch try await learner.follow() {
    case .live, .resting(.notBegun): return learner
    case .resting(.tooManyTagged(let count, let limit)):
      throw WrongUse(
        "\(count) pictures are tagged; only up to \(limit) are judged without a training.")
    case .resting(.tooManyImages(let count, let limit)):
      throw WrongUse(
        "The project has \(count) pictures; only up to \(limit) are judged without a training.")
    }
  }

  /// Prints a list of pictures to go through.
  func answer(
    _ items: [ReviewItem], _ library: Library, _ project: Project, nothing: String
  ) throws {
    let names = try library.tagNames(of: project.id)
    answer(
      .array(items.map { $0.document(names) }),
      items.isEmpty ? nothing : ReviewItem.table(items, names).text)
  }
}

extension ReviewItem {
  static func table(_ items: [ReviewItem], _ names: [TagID: String]) -> TextTable {
    var table = TextTable([
      ("image", .left), ("tags", .left), ("score", .right), ("reason", .left),
    ])
    for item in items {
      table.add([
        item.image.path, item.image.tags.map { names[$0] ?? "" }.joined(separator: ", "),
        Figures.decimal(item.score, places: 3), ReviewWording.sentence(for: item.reasons),
      ])
    }
    return table
  }

  func document(_ tagNames: [TagID: String]) -> JSONValue {
    let members: [(String, JSONValue)] = [
      ("path", .string(image.path)), ("id", .string(image.id.description)),
      ("tags", .array(image.tags.map { .string(tagNames[$0] ?? "") })),
      ("score", .optional(score)), ("reason", .string(ReviewWording.sentence(for: reasons))),
      ("suggestion", .optional(suggestion?.name)),
      ("agreeing", agreeing?.document ?? .null), ("disagreeing", disagreeing?.document ?? .null),
    ]
    return .object(members + (group.map { [("group", .integer($0))] } ?? []))
  }
}

extension ReviewItem {
  /// The number of the group of near-duplicates that it stands for.
  var group: Int? {
    for case .nearDuplicate(let group, _, _) in reasons { return group }
    return nil
  }
}

extension Neighbour {
  var document: JSONValue {
    .object([
      ("path", .string(image.path)), ("similarity", .number(Double(similarity))),
    ])
  }
}
