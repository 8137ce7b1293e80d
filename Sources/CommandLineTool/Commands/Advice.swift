import ArgumentParser
import Dataset
import Evaluation
import ProjectLibrary

struct Advice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advice",
    abstract: "Say for each tag whether more pictures or cleaner tags would help most.",
    discussion: """
      Measured, not guessed: heads are fitted on halves of the tagged pictures, on all of them, and \
      without those whose tag is suspicious. The gains are in points of the probability that a picture \
      of the tag is taken for it, with 95 % intervals. Takes up to some seconds.
      """)

  @OptionGroup var list: ReviewOptions
  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let learner = try await common.learner(library, project)
    let advice = try await TagAdvisor(learner).advice()
    let shown = Array(advice.prefix(list.limit))
    common.answer(.array(shown.map(\.document)), text(advice, shown))
  }

  private func text(_ advice: [TagAdvice], _ shown: [TagAdvice]) -> String {
    guard let sentence = AdviceWording.sentence(for: advice) else {
      return "No picture is tagged yet."
    }
    var table = TextTable([
      ("tag", .left), ("images", .right), ("suspicious", .right), ("twice as many", .right),
      ("cleaner tags", .right), ("would help", .left),
    ])
    for line in shown {
      table.add([
        line.tag.name, String(line.advice.pictureCount), String(line.advice.suspiciousCount),
        AdviceWording.gain(line.advice.morePictures), AdviceWording.gain(line.advice.cleanerTags),
        AdviceWording.remedy(line.advice.remedy),
      ])
    }
    return "\(sentence)\n\n\(table.text)"
  }
}

extension TagAdvice {
  fileprivate var document: JSONValue {
    .object([
      ("tag", .string(tag.name)), ("images", .integer(advice.pictureCount)),
      ("suspicious", .integer(advice.suspiciousCount)),
      ("morePictures", advice.morePictures?.document ?? .null),
      ("cleanerTags", advice.cleanerTags?.document ?? .null),
      ("advice", .string(advice.remedy.rawValue)),
    ])
  }
}

extension ExpectedGain {
  fileprivate var document: JSONValue {
    .object([("gain", .number(mean)), ("lower", .number(lower)), ("upper", .number(upper))])
  }
}
