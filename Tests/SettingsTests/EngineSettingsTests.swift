import Foundation
import Testing

@testable import Settings

@Suite struct EngineSettingsTests {
  private static func read(
    _ toml: String, otherSections: Set<String> = []
  ) throws(SettingsError) -> (settings: EngineSettings, warnings: [SettingsWarning]) {
    try EngineSettings.read(toml: toml, path: "s.toml", otherSections: otherSections)
  }

  @Test func whatIsSetComesWithItsLine() throws {
    let (settings, warnings) = try Self.read(
      """
      # Mine
      [images]
      max-megapixels = 250   # a large scanner

      [networks]
      "precision" = "bf16"
      """)
    #expect(settings.maxMegapixels == Setting(250, line: 3))
    #expect(settings.maxMegabytes == Setting(64))
    #expect(settings.precision == Setting(.bf16, line: 6))
    #expect(warnings.isEmpty)
  }

  @Test(arguments: [
    "images.max-megabytes = 7", "images = { max-megabytes = 7 }", "\n[ images ]\nmax-megabytes=7",
    "\r\n[images]\r\nmax-megabytes = 7\r\n",
  ])
  func everyWayOfWritingItIsRead(toml: String) throws {
    let lineCount = toml.contains("[") ? 3 : 1
    #expect(try Self.read(toml).settings.maxMegabytes == Setting(7, line: lineCount))
  }

  @Test func whatMeansNothingIsAWarning() throws {
    let (settings, warnings) = try Self.read(
      """
      colour = "red"
      [image]
      max-megabytes = 3
      [images]
      max-megabyte = 3
      max-megabytes = 5
      [workbench]
      theme = "dark"
      """, otherSections: ["workbench"])
    #expect(settings.maxMegabytes == Setting(5, line: 6))
    #expect(warnings.map(\.line) == [1, 2, 5])
    #expect(warnings.map(\.name) == ["colour", "image", "images.max-megabyte"])
    #expect(warnings[0].known == ["images", "networks", "workbench"])
    #expect(warnings[2].known == ["images.max-megabytes", "images.max-megapixels"])
  }

  @Test(arguments: [
    ("[images]\n\nmax-megabytes = \"7\"", 3, "max-megabytes", "“7”"),
    ("[images]\nmax-megabytes = 0", 2, "max-megabytes", "0"),
    ("[images]\nmax-megabytes = 2.5", 2, "max-megabytes", "2.5"),
    ("[images]\nmax-megapixels = 701", 2, "max-megapixels", "701"),
    ("[networks]\nprecision = \"int4\"", 2, "precision", "“int4”"),
    ("[networks]\nprecision = [\"f32\"]", 2, "precision", "a list"),
    ("images = 3", 1, "images", "3"),
  ])
  func wrongValuesNameLineKeyFoundAndWanted(
    toml: String, line: Int, key: String, found: String
  ) {
    #expect {
      try Self.read(toml)
    } throws: { error in
      guard
        case .wrongValue("s.toml", line, key, found, let wanted) = error as? SettingsError
      else { return false }
      return !wanted.isEmpty
    }
  }

  @Test func brokenSyntaxTellsItsLine() {
    #expect {
      try Self.read("[images]\nmax-megabytes = = 1")
    } throws: { error in
      guard case .notTOML("s.toml", 2, _) = error as? SettingsError else { return false }
      return true
    }
  }
}
