import Foundation
import Testing

@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct ExportCommandTests {
  private static let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]

  @Test(.enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python with onnxruntime"))
  func exportedModelsAnswerAsTheProgramDoes() throws {
    let library = try TestLibrary.trained()
    let folder = library.folder.appending(path: "exported").path
    let files = try library.done("export", "-o", folder)["files"]?.items ?? []
    #expect(
      files.compactMap { $0["name"]?.string } == [
        "model.onnx", "model-raw.onnx", "labels.txt", "cvexport.manifest", "model-card.md",
        "example.py", "example.mjs",
      ])
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Fixtures/exported_models.py").path
    let round = try library.runPython(
      try #require(Self.python),
      [
        script, TestProgram.path, folder, TestProgram.sampleData,
        library.folder.appending(path: "work").path,
      ])
    #expect(round.isDone && round.output.hasSuffix("done\n"), "\(round.output)")
    let card = try String(contentsOfFile: "\(folder)/model-card.md", encoding: .utf8)
    #expect(card.contains("| daisy | 40 |") && !card.contains("unknown"))
  }

  @Test func equalIterationsGiveEqualFiles() throws {
    let library = try TestLibrary.trained()
    let folders = ["one", "two"].map { library.folder.appending(path: $0).path }
    for folder in folders { try library.done("export", "-o", folder) }
    for name in ["model.onnx", "model-raw.onnx", "model-card.md"] {
      let files = folders.map { FileManager.default.contents(atPath: "\($0)/\(name)") }
      #expect(files[0] != nil && files[0] == files[1])
    }
    try library.refused("export", "-o", folders[0], exitCode: 2)
  }
}
