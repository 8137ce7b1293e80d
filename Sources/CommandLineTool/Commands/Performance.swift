import ArgumentParser
import Dataset
import Evaluation
import ProjectLibrary

struct ShowPerformance: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "performance",
    abstract: "Show precision, recall and average precision for every tag.",
    discussion: "Out-of-fold figures with 95 % intervals; a figure that cannot be had is a dash.")

  @Option(name: .customLong("iteration"), help: "The iteration; the current one if left out.")
  var number: Int?

  @Option(help: "A tag counts as predicted from this probability on.")
  var threshold = 0.5

  @OptionGroup var common: CommonOptions

  func validate() throws {
    guard (0...1).contains(threshold) else {
      throw ValidationError("The threshold \(threshold) does not lie between 0 and 1.")
    }
  }

  func run() throws {
    let (library, project) = try common.open()
    let performance = try library.performance(
      of: try library.iteration(number, of: project), threshold: threshold)
    common.answer(performance.document, PerformanceText(performance).text)
  }
}

extension Performance {
  var overallDocument: JSONValue {
    .object([
      ("precision", .optional(precision)), ("recall", .optional(recall)),
      ("averagePrecision", .optional(averagePrecision)), ("accuracy", .optional(accuracy)),
      ("accuracyInterval", accuracyInterval.document),
      ("macroAccuracy", .optional(macroAccuracy)), ("logLoss", .optional(logLoss)),
      ("expectedCalibrationError", .optional(expectedCalibrationError)),
    ])
  }

  /// The figures of every tag, with the two-by-two counts where `withCounts`.
  func perTagDocument(_ names: [String], withCounts: Bool) -> JSONValue {
    .array(
      zip(names, perClass).map { name, figures in
        var members: [(String, JSONValue)] = [
          ("tag", .string(name)), ("imageCount", .integer(figures.imageCount)),
          ("precision", .optional(figures.precision)),
          ("precisionInterval", figures.precisionInterval.document),
          ("recall", .optional(figures.recall)),
          ("recallInterval", figures.recallInterval.document),
          ("averagePrecision", .optional(figures.averagePrecision)),
          ("f1", .optional(figures.f1)),
        ]
        if withCounts {
          members.append(
            (
              "counts",
              figures.counts.map {
                .object([
                  ("truePositives", .integer($0.truePositives)),
                  ("falsePositives", .integer($0.falsePositives)),
                  ("falseNegatives", .integer($0.falseNegatives)),
                  ("trueNegatives", .integer($0.trueNegatives)),
                ])
              } ?? .null
            ))
        }
        return .object(members)
      })
  }

  func confusionDocument(_ names: [String]) -> JSONValue {
    confusion.map { confusion in
      .object([
        ("tags", .array(names.map(JSONValue.string))),
        (
          "counts",
          .array(confusion.rows.map { .array($0.map(JSONValue.integer)) })
        ),
      ])
    } ?? .null
  }
}

extension RateInterval? {
  var document: JSONValue {
    map { .array([.number($0.lower), .number($0.upper)]) } ?? .null
  }
}

extension IterationPerformance {
  var document: JSONValue {
    let names = tags.map(\.name)
    return .object([
      ("iteration", .integer(iteration.number)), ("imageCount", .integer(performance.imageCount)),
      ("threshold", .number(performance.threshold)), ("overall", performance.overallDocument),
      (
        "perTag",
        performance.perTagDocument(names, withCounts: iteration.type == .multilabel)
      ),
      ("confusion", performance.confusionDocument(names)),
    ])
  }
}
