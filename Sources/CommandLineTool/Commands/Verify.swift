import ArgumentParser
import Dataset
import Foundation
import OpenVINOEmbedder
import ProjectLibrary

struct Verify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare an exported model with the project's own predictions.",
    discussion: """
      Runs the model by OpenVINO on the same decoded pixels and reports the largest difference \
      between two probabilities. model.onnx is compared with `tagbench predict --square`.
      """)

  @Argument(
    help: ArgumentHelp("A file that `tagbench export` wrote.", valueName: "model.onnx"),
    completion: .file(extensions: ["onnx"]))
  var model: String

  @Argument(help: ArgumentHelp("Pictures and folders.", valueName: "dir"), completion: .directory)
  var pictures: [String]

  @OptionGroup var common: CommonOptions

  func run() async throws {
    let (library, project) = try common.open()
    guard let bytes = FileManager.default.contents(atPath: model) else {
      throw WrongUse("\(model) cannot be read.")
    }
    let line = ProgressLine(isQuiet: common.printsJSON)
    let (path, pictures) = (model, RawArguments.bytes(of: pictures))
    let verification = try await cancellable {
      // Loaded once the file is known to be one of ours.
      var loaded: OpenVINOModel?
      return try library.verify(Array(bytes), of: project, on: pictures) { name, input, output in
        try Task.checkCancellation()
        let network = try loaded ?? Runtime.model(at: path)
        loaded = network
        return switch input {
        case .bytes(let values, let shape):
          try network.run(values, as: name, shape: shape, output: output)
        case .floats(let values, let shape):
          try network.run(values, as: name, shape: shape, output: output)
        }
      } progress: { done, total in
        line.show("Comparing", done, of: total, unit: "picture")
      }
    }
    line.clear()
    for file in verification.refused where file.reason != .notAnImage {
      Tagbench.complain("\(file.path): \(ErrorWording.message(for: file.reason))")
    }
    guard verification.pictureCount > 0 else {
      throw WrongUse("There is no picture to compare on.")
    }
    common.answer(verification.document, verification.text)
    if verification.refused.contains(where: { $0.reason != .notAnImage }) { throw ExitCode(1) }
  }
}

extension Verification {
  fileprivate var document: JSONValue {
    .object([
      ("iteration", .integer(iteration.number)), ("seesSquares", .bool(seesSquares)),
      ("pictureCount", .integer(pictureCount)), ("agreementCount", .integer(agreementCount)),
      ("largestDifference", .number(Double(largestDifference))),
      ("largestFile", .optional(largestFile)),
    ])
  }

  fileprivate var text: String {
    let difference = String(format: "%.1e", Double(largestDifference))
    let own = seesSquares ? "predict --square" : "predict"
    return """
      \(Figures.count(pictureCount, "picture")) compared with `tagbench \(own)` of \(iteration.name).
      Largest difference of a probability: \(difference)\(largestFile.map { " (\($0))" } ?? "").
      Same answer: \(agreementCount) of \(pictureCount).
      """
  }
}
