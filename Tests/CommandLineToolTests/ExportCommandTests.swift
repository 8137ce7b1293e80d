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

  @Test func verifyTellsHowFarAModelIsFromTheProject() throws {
    let library = try TestLibrary.trained()
    let folders = ["one", "two"].map { library.folder.appending(path: $0).path }
    try library.done("export", "-o", folders[0])
    try library.copySamples(of: "daisy", count: 4, to: "asked/daisy")
    try library.copySamples(of: "daffodil", count: 4, to: "asked/daffodil")
    let asked = library.folder.appending(path: "asked").path
    for (name, limit) in [("model-raw.onnx", 0.005), ("model.onnx", 0.001)] {
      let found = try library.done("verify", "\(folders[0])/\(name)", asked)
      #expect(found["pictureCount"]?.integer == 8 && found["agreementCount"]?.integer == 8)
      #expect(found["largestDifference"]?.number ?? 1 < limit, "\(name)")
    }
    // A model that says it were another iteration's.
    try library.done("tag", "merge", "dahlia", "daisy")
    try library.done("train")
    try library.done("export", "-o", folders[1])
    let ids = try folders.map { folder in
      let manifest = try String(contentsOfFile: "\(folder)/cvexport.manifest", encoding: .utf8)
      return try #require(manifest.firstMatch(of: /"IterationId": "(.{36})"/)).output.1
    }
    var bytes = try Data(contentsOf: URL(filePath: "\(folders[1])/model-raw.onnx"))
    let place = try #require(bytes.firstRange(of: Data(ids[1].utf8)))
    bytes.replaceSubrange(place, with: Data(ids[0].utf8))
    let wrong = library.folder.appending(path: "wrong.onnx")
    try bytes.write(to: wrong)
    let found = try library.done("verify", wrong.path, asked)
    #expect(found["largestDifference"]?.number == 1)
    let other = try library.write("no model", to: "other.onnx")
    try library.refused("verify", other, asked, exitCode: 2)
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
