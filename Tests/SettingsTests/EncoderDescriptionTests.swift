import Backbones
import Foundation
import Settings
import Testing

@Suite struct EncoderDescriptionTests {
  private static let smallest = """
    name = "dino"
    model = "dino.onnx"
    size = 224
    mean = 127
    deviation = 128.5
    """

  private static func read(_ toml: String) throws(SettingsError) -> EncoderSpecification {
    try EncoderSpecification(toml: toml, path: "e.toml")
  }

  @Test func whatIsLeftOutGoesWithoutSaying() throws {
    #expect(
      try Self.read(Self.smallest)
        == EncoderSpecification(
          name: "dino", model: "dino.onnx", side: 224, mean: [127, 127, 127],
          deviation: [128.5, 128.5, 128.5], pooling: .none))
  }

  @Test func everythingIsRead() throws {
    let specification = try Self.read(
      """
      # A comment
      name = "dino.v2-small_14"
      model = "models/dino.onnx"
      size = 518
      layout = "NHWC"
      channels = "BGR"
      mean = [123.675, 116.28, 104]
      deviation = [58.395, 57.12, 57]
      output = "last_hidden_state"
      pooling = "mean+deviation"
      views = "centred"
      licence = "Apache-2.0"
      source = "trained at home"
      """)
    #expect(specification.name == "dino.v2-small_14" && specification.model == "models/dino.onnx")
    #expect(specification.side == 518 && specification.layout == .pixels)
    #expect(specification.channels == .bgr && specification.mean == [123.675, 116.28, 104])
    #expect(specification.deviation == [58.395, 57.12, 57])
    #expect(specification.output == "last_hidden_state")
    #expect(specification.pooling == .meanAndDeviation && specification.views == [.centred])
    #expect(specification.licence == "Apache-2.0" && specification.source == "trained at home")
    #expect(
      try Self.read(Self.smallest + "\nviews = [\"centred\", \"squeezed\"]").views
        == [.centred, .squeezed])
  }

  @Test(arguments: ["name", "model", "size", "mean", "deviation"])
  func whatIsMissingIsNamed(key: String) {
    let toml = Self.smallest.split(separator: "\n").filter { !$0.hasPrefix(key) }
    #expect {
      try Self.read(toml.joined(separator: "\n"))
    } throws: { error in
      guard case .missingKey("e.toml", key, let wanted) = error as? SettingsError else {
        return false
      }
      return !wanted.isEmpty
    }
  }

  @Test(arguments: [
    "name = \"\"", "name = \"../x\"", "name = \".x\"", "name = \"a b\"", "name = \"größe\"",
    "model = 3", "size = 7", "size = 2049", "size = \"224\"", "size = 224.5", "mean = [1, 2]",
    "mean = [1, 2, \"3\"]", "mean = nan", "deviation = 0.229", "deviation = [58, 57, 0]",
    "deviation = -1", "layout = \"CHW\"", "channels = \"rgb\"", "pooling = \"max\"",
    "views = []", "views = [\"left\"]", "views = [\"centred\", \"centred\"]", "output = 1",
    "output = \"\"", "licence = true",
  ])
  func wrongValuesNameTheirLine(line: String) throws {
    let key = String(try #require(line.split(separator: " ").first))
    var lines = Self.smallest.split(separator: "\n").map(String.init)
    lines.removeAll { $0.hasPrefix("\(key) ") }
    lines.insert(line, at: 2)
    #expect {
      try Self.read(lines.joined(separator: "\n"))
    } throws: { error in
      guard case .wrongValue("e.toml", 3, key, _, let wanted) = error as? SettingsError else {
        return false
      }
      return !wanted.isEmpty
    }
  }

  @Test func whatMeansNothingIsAnError() {
    #expect {
      try Self.read(Self.smallest + "\npoling = \"mean\"")
    } throws: { error in
      guard case .unknownKey("e.toml", 6, "poling", let known) = error as? SettingsError else {
        return false
      }
      return known.contains("pooling")
    }
  }

  @Test func theModelLiesBesideItsDescription() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "encoder-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Left over, it harms nothing.
    let file = folder.appending(path: "e.toml")
    try Self.smallest.write(to: file, atomically: true, encoding: .utf8)
    #expect(
      try EncoderSpecification.read(atPath: file.path).model
        == folder.appending(path: "dino.onnx").path)
    try Self.smallest.replacing("dino.onnx", with: "/models/dino.onnx")
      .write(to: file, atomically: true, encoding: .utf8)
    #expect(try EncoderSpecification.read(atPath: file.path).model == "/models/dino.onnx")
    #expect(throws: SettingsError.unreadable(path: "/nowhere/e.toml")) {
      try EncoderSpecification.read(atPath: "/nowhere/e.toml")
    }
  }
}
