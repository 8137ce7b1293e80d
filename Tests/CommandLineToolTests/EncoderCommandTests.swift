import Foundation
import Testing

/// Encoders of one's own, from a description to predictions.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct EncoderCommandTests {
  private static let models = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "OpenVINOEmbedderTests/Fixtures/Encoders").path

  /// Describes an encoder of the fixtures, whose file lies in the test's folder.
  private static func describe(
    _ model: String, as name: String = "tiny", more: String = "", in library: TestLibrary
  ) throws -> String {
    let copy = library.folder.appending(path: "\(model).onnx").path
    if !FileManager.default.fileExists(atPath: copy) {
      try FileManager.default.copyItem(atPath: "\(models)/\(model).onnx", toPath: copy)
    }
    return try library.write(
      """
      name = "\(name)"
      model = "\(model).onnx"
      size = 32
      mean = [123.675, 116.28, 103.53]
      deviation = 57
      \(more)
      """, to: "\(name).toml")
  }

  @Test func anEncoderServesAProjectFromImportToPrediction() throws {
    let library = try TestLibrary()
    let file = try Self.describe(
      "plain", more: "output = \"map\"\npooling = \"mean+deviation\"\nlicence = \"MIT\"",
      in: library)
    let added = try library.done("encoder", "add", file)
    #expect(added["name"] == .string("tiny") && added["dimension"] == .number(16))
    // The encoder was copied: what it was made from may go.
    try FileManager.default.removeItem(at: library.folder.appending(path: "plain.onnx"))
    #expect(try library.done("encoder", "show", "tiny") == added)
    #expect(try library.done("encoder", "list").items == [added])

    let project = try library.done("project", "create", "flowers", "--encoder", "tiny")
    #expect(project["domain"] == .string("encoder:tiny"))
    for tag in ["daisy", "dahlia"] { try library.copySamples(of: tag, count: 6, to: tag) }
    let imported = try library.done(
      "import", library.folder.appending(path: "daisy").path,
      library.folder.appending(path: "dahlia").path, "--tags-from-folders")
    #expect(imported["imported"] == .number(12) && imported["embedded"] == .number(12))
    #expect(try library.done("train")["imageCount"] == .number(12))
    let picture = "\(TestProgram.sampleData)/daisy/daisy-009.jpg"
    let answer = try library.done("predict", picture)
    #expect(answer.items.first?["predictions"]?.items.count == 2)
    #expect(try library.done("status")["domain"] == .string("encoder:tiny"))

    // The same name with another network: what was trained does not judge its numbers.
    try library.done("encoder", "remove", "tiny")
    try library.done("encoder", "add", try Self.describe("plain", in: library))
    let complaint = try library.refused("predict", picture, exitCode: 1)
    #expect(complaint.contains("another file") && complaint.contains("encoder:tiny"))
    #expect(try library.done("train")["imageCount"] == .number(12))
    _ = try library.done("predict", picture)
  }

  @Test func anEncoderThatIsNotHereIsNamedWithTheRemedy() throws {
    let library = try TestLibrary()
    try library.done("encoder", "add", try Self.describe("plain", in: library))
    try library.done("project", "create", "flowers", "--encoder", "tiny")
    for tag in ["daisy", "dahlia"] { try library.copySamples(of: tag, count: 5, to: tag) }
    for tag in ["daisy", "dahlia"] {
      try library.done(
        "import", library.folder.appending(path: tag).path, "--tags-from-folders")
    }
    let removed = try library.done("encoder", "remove", "tiny")
    #expect(removed["projects"]?.strings() == ["flowers"])
    try library.removeCache()
    let complaint = try library.refused("train", exitCode: 1)
    #expect(complaint.contains("“tiny”") && complaint.contains("tagbench encoder add"))
    // Everything that needs no embedding works on.
    #expect(try library.done("status")["imageCount"] == .number(10))
    let changed = try library.done("project", "domain", "flowers", "--domain", "compact")
    #expect(changed["domain"] == .string("compact"))
    #expect(try library.done("train")["imageCount"] == .number(10))
  }

  @Test(arguments: [
    ("external", "", "onnx.save"), ("bytes", "", "raw"), ("plain", "output = \"x\"", "embedding"),
    ("plain", "output = \"map\"", "pooling"), ("blind", "", "cannot be used"),
    ("towers", "", "image, text"), ("branch", "", "views"),
  ])
  func whatDoesNotFitIsSaid(model: String, more: String, word: String) throws {
    let library = try TestLibrary()
    let file = try Self.describe(model, more: more, in: library)
    let complaint = try library.refused("encoder", "add", file, exitCode: 1)
    #expect(complaint.contains(word))
    #expect(try library.done("encoder", "list").items.isEmpty)
  }

  @Test func wrongUseIsSaid() throws {
    let library = try TestLibrary()
    let file = try Self.describe("plain", more: "pooling = 3", in: library)
    #expect(try library.refused("encoder", "add", file, exitCode: 2).contains("\(file), line 6: "))
    try library.refused("encoder", "add", "/nowhere/e.toml", exitCode: 2)
    try library.refused("encoder", "show", "tiny", exitCode: 2)
    try library.refused("encoder", "remove", "../tiny", exitCode: 2)
    try library.refused("project", "create", "x", "--encoder", "tiny", exitCode: 2)
    try library.refused(
      "project", "create", "x", "--encoder", "tiny", "--domain", "general", exitCode: 2)
    try library.refused("project", "create", "x", "--domain", "encoder:tiny", exitCode: 2)
  }

  @Test func doctorTellsEncodersAndPrecisions() throws {
    let library = try TestLibrary()
    try library.done("encoder", "add", try Self.describe("plain", in: library))
    func doctor() throws -> JSONDocument {
      try library.start(["doctor", "--json"]).finish().document()
    }
    let part = try doctor()["parts"]?.items.first { $0["part"] == .string("encoder tiny") }
    #expect(part?["healthy"] == .bool(true))
    #expect(try doctor()["precisions"]?.strings().first == "f32")
    let graph = library.folder.appending(path: ".local/share/tagbench/encoders/tiny/graph.onnx")
    try Data("no graph".utf8).write(to: graph)
    let damaged = try doctor()
    #expect(damaged["healthy"] == .bool(false))
  }

  @Test func aPrecisionThatTheProcessorLacksIsRefused() throws {
    let library = try TestLibrary.trained()
    let offered = try library.start(["doctor", "--json"]).finish().document()["precisions"]
    _ = try library.write(
      "[networks]\nprecision = \"bf16\"\n", to: ".config/tagbench/settings.toml")
    let picture = "\(TestProgram.sampleData)/daisy/daisy-001.jpg"
    // The iteration was trained with 32 bits, whatever the processor computes in.
    #expect(try library.refused("predict", picture, exitCode: 1).contains("precision"))
    if offered?.strings().contains("bf16") == true {
      try library.done("train")
    } else {
      let complaint = try library.refused("train", exitCode: 1)
      #expect(complaint.contains("has no bf16") && complaint.contains("settings.toml"))
    }
  }
}
