import Foundation
import Testing

/// `settings.toml`: what is shown of it, and that it reaches what it is about.
@Suite(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
struct SettingsCommandTests {
  private static let file = ".config/tagbench/settings.toml"

  @Test func withoutAFileEverySettingIsItsDefault() throws {
    let library = try TestLibrary(embeds: false)
    let answer = try library.done("settings")
    #expect(answer["path"] == .string(library.folder.appending(path: Self.file).path))
    let settings = answer["settings"]
    #expect(
      settings?.strings("name") == [
        "images.max-megabytes", "images.max-megapixels", "networks.precision",
        "server.keep-days", "server.allow-private-addresses", "server.fetch-seconds",
        "workbench.theme", "workbench.symbols", "workbench.move-on", "workbench.mouse",
        "workbench.ascii", "workbench.live", "workbench.live-limit",
      ])
    #expect(
      settings?.items.prefix(3).map { $0["value"] } == [.number(64), .number(100), .string("f32")])
    #expect(settings?.items.allSatisfy { $0["line"] == .null } == true)
  }

  @Test func limitsReachTheImport() throws {
    let library = try TestLibrary(embeds: false)
    _ = try library.write("[images]\nmax-megabytes = 1\n", to: Self.file)
    let small = try library.copySample("daisy/daisy-001.jpg", to: "small.jpg")
    let large = try library.copySample("daisy/daisy-003.jpg", to: "large.jpg")
    let file = try FileHandle(forWritingTo: URL(filePath: large))
    try file.truncate(atOffset: 1_000_001)
    try file.close()
    try library.done("project", "create", "flowers")
    let outcome = try library.start(["import", large, small, "--json"]).finish()
    #expect(outcome.exitCode == 1)
    let answer = try outcome.document()
    #expect(answer["refused"]?.strings("reason") == ["tooManyBytes"])
    #expect(answer["refused"]?.strings("path") == [large])
    #expect(answer["imported"] == .number(1))
  }

  @Test func whatMeansNothingIsToldAndPassedOver() throws {
    let library = try TestLibrary(embeds: false)
    let path = try library.write(
      "[images]\nmax-megabytes = 12\nmax-gigabytes = 1\n", to: Self.file)
    let outcome = try library.start(["settings", "--json"]).finish()
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardError.hasPrefix("tagbench: \(path), line 3: "))
    #expect(outcome.standardError.split(separator: "\n").count == 1)
    let first = try outcome.document()["settings"]?.items.first
    #expect(first?["value"] == .number(12) && first?["line"] == .number(2))
  }

  @Test func aWrongValueStopsEveryCommandWithItsPlace() throws {
    let library = try TestLibrary(embeds: false)
    let path = try library.write("[networks]\nprecision = 16\n", to: Self.file)
    for command in [["settings"], ["project", "create", "x"]] {
      let outcome = try library.start(command).finish()
      #expect(outcome.exitCode == 2)
      #expect(
        outcome.standardError
          == "tagbench: \(path), line 2: precision is 16; it wants \"f32\" or \"bf16\" or \"f16\".\n"
      )
    }
  }

  @Test func theDefaultFileIsWrittenOnce() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("settings", "--write-default")
    let path = library.folder.appending(path: Self.file).path
    #expect(FileManager.default.fileExists(atPath: path))
    let complaint = try library.refused("settings", "--write-default", exitCode: 2)
    #expect(complaint.contains(path))
  }
}
