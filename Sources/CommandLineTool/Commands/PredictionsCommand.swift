import ArgumentParser
import Dataset
import ProjectLibrary

struct PredictionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predictions",
    abstract: "Review what programs asked the server, and learn from it.",
    subcommands: [List.self, Add.self, Delete.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List what was asked, what would teach most first.")

    @Option(help: "instructive, newest or oldest.") var order = "instructive"
    @Option(help: "How many to list.") var take = 20
    @OptionGroup var common: CommonOptions

    func run() throws {
      guard take > 0 else { throw WrongUse("--take is 1 or more.") }
      guard let order = PredictionOrder(rawValue: order) else {
        throw WrongUse("--order is instructive, newest or oldest, not “\(order)”.")
      }
      let (library, project) = try common.open()
      let page = try library.predictions(of: project.id, PredictionQuery(order, limit: take))
      let answers = try page.predictions.map { ($0, try library.answer(of: $0)) }
      let count = try library.predictionCount(of: project.id)
      var table = TextTable([
        ("id", .left), ("asked", .left), ("tag", .left), ("", .right), ("application", .left),
      ])
      for (prediction, tags) in answers {
        table.add([
          prediction.id.description, Figures.time(prediction.created), tags.first?.tag.name ?? "",
          Figures.percent(tags.first.map { Double($0.probability) }), prediction.application,
        ])
      }
      let rest = count - answers.count
      common.answer(
        .array(answers.map { Self.document($0, $1) }),
        answers.isEmpty
          ? "Nothing was asked of \(project.name), or nothing was kept."
          : table.text + (rest > 0 ? "\n\(Figures.count(rest, "more")); see --take." : ""))
    }

    private static func document(
      _ prediction: StoredPrediction, _ tags: [TagPrediction]
    ) -> JSONValue {
      .object([
        ("id", .string(prediction.id.description)), ("time", .number(prediction.created)),
        ("application", .string(prediction.application)),
        ("width", .integer(prediction.width)), ("height", .integer(prediction.height)),
        ("uncertainty", .number(prediction.uncertainty)),
        (
          "predictions",
          .array(
            tags.map {
              .object([
                ("tag", .string($0.tag.name)), ("probability", .number(Double($0.probability))),
              ])
            })
        ),
      ])
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Make pictures that were asked about pictures of the project, to train with.")

    @Argument(help: ArgumentHelp("Ids from the list.", valueName: "id"))
    var ids: [String] = []

    @Option(help: "How many of the most instructive, in place of ids.") var best: Int?
    @Option(help: "The tag that they bear; without one they come in untagged.") var tag: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      guard ids.isEmpty != (best == nil), best ?? 1 > 0 else {
        throw WrongUse("Give ids, or --best with a number of 1 or more.")
      }
      let tags = try tag.map { [try library.tag($0, of: project.id).id] } ?? []
      let wanted =
        try best.map {
          try library.predictions(of: project.id, PredictionQuery(.instructive, limit: $0))
            .predictions.map(\.id)
        } ?? predictionIDs(ids)
      let results = try library.add(
        wanted.map { ($0, tags) }, to: project,
        within: PictureBounds(side: 1_000_000, ratio: 1_000_000))
      var failureCount = 0
      var addedCount = 0
      for (id, result) in zip(wanted, results) {
        switch result {
        case .added: addedCount += 1
        case .duplicate: break
        case nil:
          failureCount += 1
          Tagbench.complain("\(id): there is no such prediction.")
        case .refused(let refusal):
          failureCount += 1
          Tagbench.complain("\(id): \(ErrorWording.message(for: refusal))")
        }
      }
      let knownCount = wanted.count - addedCount - failureCount
      common.answer(
        .object([
          ("added", .integer(addedCount)), ("alreadyThere", .integer(knownCount)),
          ("failed", .integer(failureCount)),
        ]),
        "\(Figures.count(addedCount, "picture")) added"
          + (knownCount > 0 ? ", \(knownCount) were there already." : "."))
      if failureCount > 0 { throw ExitCode(1) }
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete what was asked, with its pictures, for good.")

    @Argument(help: ArgumentHelp("Ids from the list.", valueName: "id"))
    var ids: [String]

    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let wanted = try predictionIDs(ids)
      for id in wanted where try library.prediction(id)?.project != project.id {
        throw WrongUse("There is no prediction \(id). List them with: tagbench predictions")
      }
      try library.forget(wanted, of: project.id)
      common.answer(
        .object([("deleted", .integer(wanted.count))]),
        "\(Figures.count(wanted.count, "prediction")) deleted.")
    }
  }
}

private func predictionIDs(_ texts: [String]) throws -> [PredictionID] {
  try texts.map { text in
    guard let id = PredictionID(text) else {
      throw WrongUse("“\(text)” is no id. List them with: tagbench predictions")
    }
    return id
  }
}
