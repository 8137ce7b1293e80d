import ArgumentParser
import Dataset
import Evaluation
import ProjectLibrary

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Tell what became right and wrong from one iteration to another.",
    discussion: """
      Both are judged out of fold on the pictures that both know, by the tags as they are now. \
      Pictures that became wrong come first.
      """)

  @Argument(help: "The number of the iteration before; the one before the other if left out.")
  var first: Int?
  @Argument(help: "The number of the iteration after; the one in use if left out.")
  var second: Int?
  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    let after = try library.iteration(second, of: project)
    let named = try first.map { try library.iteration($0, of: project) }
    if named?.id == after.id {
      throw WrongUse("Iteration \(after.number) is the same on both sides.")
    }
    let (before, _) = try library.iterationsToCompare(named?.id, after.id, of: project)
    let comparison = try library.compare(before, after, of: project)
    let names = try library.tagNames(of: project.id)
    let shown = Array(comparison.items.prefix(list.limit))
    common.answer(comparison.document(shown, names), comparison.text(shown, names))
  }
}

extension IterationComparison {
  func document(_ shown: [ReviewItem], _ names: [TagID: String]) -> JSONValue {
    .object([
      ("first", .integer(first.number)), ("second", .integer(second.number)),
      ("imageCount", .integer(imageCount)),
      ("becameRight", .integer(comparison.onlySecondCount)),
      ("becameWrong", .integer(comparison.onlyFirstCount)),
      ("chance", .number(comparison.chance)), ("sentence", .string(sentence)),
      (
        "perTag",
        .array(
          perTag.map {
            .object([
              ("tag", .string($0.tag.name)), ("becameRight", .integer($0.becameRightCount)),
              ("becameWrong", .integer($0.becameWrongCount)),
            ])
          })
      ),
      ("images", .array(shown.map { $0.document(names) })),
    ])
  }

  func text(_ shown: [ReviewItem], _ names: [TagID: String]) -> String {
    var parts = [sentence]
    if !perTag.isEmpty {
      var table = TextTable([("tag", .left), ("became right", .right), ("became wrong", .right)])
      for change in perTag {
        table.add([change.tag.name, "\(change.becameRightCount)", "\(change.becameWrongCount)"])
      }
      parts.append(table.text)
    }
    if !shown.isEmpty { parts.append(ReviewItem.table(shown, names).text) }
    return parts.joined(separator: "\n\n")
  }

  /// What McNemar's test says, in words.
  var sentence: String {
    let (right, wrong) = (comparison.onlySecondCount, comparison.onlyFirstCount)
    let both = "iteration \(second.number) against \(first.number)"
    if imageCount == 0 { return "No picture was judged by both: \(both) tells nothing." }
    let counted = "Of \(Figures.count(imageCount, "picture")), \(both): "
    if right + wrong == 0 { return counted + "nothing became right or wrong." }
    let changes = counted + "\(right) became right, \(wrong) wrong. "
    let chance = Figures.percent(comparison.chance)
    if right == wrong { return changes + "Neither is better." }
    return comparison.chance < 0.05
      ? changes
        + "Iteration \((right > wrong ? second : first).number) is better: equally good ones "
        + "would differ so much in \(chance) of cases (McNemar's test)."
      : changes
        + "That may be chance: equally good ones would differ so much in \(chance) of cases "
        + "(McNemar's test)."
  }
}
