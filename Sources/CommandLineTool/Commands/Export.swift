import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary

struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the classifier as ONNX files that run without tagbench.",
    discussion: """
      model.onnx takes one square picture, as programs for the Custom Vision service expect; \
      model-raw.onnx takes a picture of any size and answers as `tagbench predict` does. With them \
      come the names of the tags, a model card with the figures of both, and an example.
      """)

  @Option(name: .customLong("iteration"), help: "The iteration; the current one if left out.")
  var number: Int?

  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("A folder that does not exist yet, or is empty.", valueName: "dir"),
    completion: .directory)
  var folder: String

  @OptionGroup var common: CommonOptions

  func run() throws {
    let (library, project) = try common.open()
    let iteration = try library.iteration(number, of: project)
    let files = FileManager.default
    // A folder that is not there yet, or cannot be listed, is told when it is written to.
    if let there = try? files.contentsOfDirectory(atPath: folder), !there.isEmpty {
      throw WrongUse("\(folder) is not empty. Name another folder.")
    }
    let package = try library.export(
      iteration, of: project, recipeGraph: { try Runtime.recipeGraph(of: $0) })
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in package.files {
        try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)"))
      }
    } catch {
      throw WrongUse("\(folder) cannot be written: \(ErrorWording.reason(for: error)).")
    }
    common.answer(
      .object([
        ("iteration", .integer(iteration.number)), ("folder", .string(folder)),
        (
          "files",
          .array(
            package.files.map {
              .object([("name", .string($0.name)), ("byteCount", .integer($0.bytes.count))])
            })
        ),
      ]),
      "\(iteration.name) is in \(folder):\n"
        + package.files.map { "  \($0.name), \(Figures.bytes($0.bytes.count))" }
        .joined(separator: "\n"))
  }
}
