import ArgumentParser
import Dataset
import Evaluation
import ProjectLibrary

struct Predict: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Say which tags fit pictures, with probabilities.")

  @Argument(help: ArgumentHelp("Files and folders.", valueName: "file"), completion: .file())
  var files: [String]

  @Option(name: .customLong("iteration"), help: "The iteration; the current one if left out.")
  var number: Int?

  @Flag(
    name: .customLong("square"),
    help: "Answer as the exported model.onnx does, which sees pictures as squares.")
  var seesSquares = false

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let iteration = try library.iteration(number, of: project)
    let classifier =
      seesSquares ? try library.squareClassifier(iteration) : try library.classifier(iteration)
    let line = ProgressLine(isQuiet: common.printsJSON)
    let paths = RawArguments.bytes(of: files)
    let predictions = try await cancellable {
      try await library.predict(paths, with: classifier) { done, total in
        line.show("Looking at", done, of: total, unit: "picture")
      }
    }
    line.clear()
    var failureCount = 0
    for prediction in predictions {
      guard case .failure(let reason) = prediction.result else { continue }
      Tagbench.complain("\(prediction.path): \(ErrorWording.message(for: reason))")
      if reason != .notAnImage || files.contains(prediction.path) { failureCount += 1 }
    }
    let answers = predictions.compactMap(\.document)
    // The complaints have said it all where nothing could be judged.
    if !answers.isEmpty || common.printsJSON {
      common.answer(.array(answers), Self.table(predictions))
    } else if predictions.isEmpty {
      Tagbench.complain("There is no file in \(files.joined(separator: ", ")).")
    }
    if failureCount > 0 { throw ExitCode(1) }
  }

  private static func table(_ predictions: [FilePrediction]) -> String {
    var table = TextTable([("file", .left), ("tag", .left), ("", .right), ("then", .left)])
    for prediction in predictions {
      guard case .success(let tags) = prediction.result, let first = tags.first else { continue }
      let others = tags.dropFirst().prefix(2).map {
        "\($0.tag.name) \(Figures.percent(Double($0.probability)))"
      }
      table.add([
        prediction.path, first.tag.name, Figures.percent(Double(first.probability)),
        others.joined(separator: ", "),
      ])
    }
    return table.text
  }
}

extension FilePrediction {
  /// `nil` for a file that could not be read: it is named on standard error.
  fileprivate var document: JSONValue? {
    guard case .success(let tags) = result else { return nil }
    return .object([
      ("path", .string(path)),
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

struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Judge the classifier on a folder of folders named after tags.")

  @Argument(help: ArgumentHelp("A folder of folders.", valueName: "dir"), completion: .directory)
  var folder: String

  @Option(name: .customLong("iteration"), help: "The iteration; the current one if left out.")
  var number: Int?

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    let classifier = try library.classifier(try library.iteration(number, of: project))
    let line = ProgressLine(isQuiet: common.printsJSON)
    let path = RawArguments.bytes(of: [folder])[0]
    let report = try await cancellable {
      try await library.evaluate(path, with: classifier, of: project) { done, total in
        line.show("Looking at", done, of: total, unit: "picture")
      }
    }
    line.clear()
    common.answer(report.document, report.text)
    if report.refused.contains(where: { $0.reason != .notAnImage }) { throw ExitCode(1) }
  }
}

extension EvaluationReport {
  fileprivate var document: JSONValue {
    let names = tags.map(\.name)
    return .object([
      ("iteration", .integer(iteration.number)), ("imageCount", .integer(performance.imageCount)),
      ("accuracy", .optional(performance.accuracy)),
      ("accuracyInterval", performance.accuracyInterval.document),
      ("macroAccuracy", .optional(performance.macroAccuracy)),
      ("logLoss", .optional(performance.logLoss)),
      ("expectedCalibrationError", .optional(performance.expectedCalibrationError)),
      ("perTag", performance.perTagDocument(names, withCounts: iteration.type == .multilabel)),
      ("confusion", performance.confusionDocument(names)),
      ("leftOut", .array(unknownFolders.map(JSONValue.string))),
      (
        "refused",
        .array(
          refused.map {
            .object([
              ("path", .string($0.path)), ("reason", .string(ErrorWording.word(for: $0.reason))),
            ])
          })
      ),
    ])
  }

  fileprivate var text: String {
    var lines = [
      "\(iteration.name), judged on \(Figures.count(performance.imageCount, "picture")):", "",
      PerformanceText.table(performance, names: tags.map(\.name)),
      PerformanceText.overall(performance),
    ]
    if !unknownFolders.isEmpty {
      lines.append("Left out, no tag of that name: \(unknownFolders.joined(separator: ", ")).")
    }
    for file in refused where file.reason != .notAnImage {
      lines.append("\(file.path): \(ErrorWording.message(for: file.reason))")
    }
    return lines.joined(separator: "\n")
  }
}
