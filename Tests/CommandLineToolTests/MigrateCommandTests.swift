import Foundation
import Testing

/// `tagbench migrate` with our own server in the service's place.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct MigrateCommandTests {
  /// A served library with a multiclass project of marked pictures, some of them untagged.
  private static func service() throws -> (TestLibrary, RunningProgram, [String]) {
    let service = try TestLibrary.trained()
    let untagged = try service.copySamples(of: "daisy", count: 3, to: "untagged")
    for file in untagged {
      let bytes = try Data(contentsOf: URL(filePath: file)) + Data("untagged".utf8)
      try bytes.write(to: URL(filePath: file))
    }
    try service.done("import", service.folder.appending(path: "untagged").path)
    try service.done("tag", "create", "none", "--negative")
    let server = try RunningServer(
      "--training-key", "secret", "--prediction-key", "other", library: service)
    return (
      service, server.program, ["--endpoint", "\(server.endpoint)/", "--training-key", "secret"]
    )
  }

  @Test func everythingIsCopiedUnderItsIdAndOnlyOnce() throws {
    let (service, server, options) = try Self.service()
    let library = try TestLibrary(embeds: false)
    let first = try library.done("migrate", options[0], options[1], options[2], options[3])
    #expect(first.items[0]["isComplete"] == .bool(true))
    #expect(
      first.items[0]["serviceCount"]?.integer == 121 && first.items[0]["copied"]?.integer == 121)
    let (there, here) = (try service.done("status"), try library.done("status"))
    #expect(there["id"] != nil && there["id"] == here["id"])
    for key in ["project", "type", "domain", "imageCount", "untaggedCount", "tags"] {
      #expect(there[key] == here[key], "\(key)")
    }
    #expect(try service.done("tag", "list") == library.done("tag", "list"))
    let again = try library.done("migrate", options[0], options[1], options[2], options[3])
    #expect(again.items[0]["copied"]?.integer == 0 && again.items[0]["isComplete"] == .bool(true))

    // What was removed here is not there, and not copied again.
    let image = try #require(try library.done("image", "list").strings("name").first)
    try library.done("image", "remove", image)
    let without = try library.start(["migrate"] + options + ["--json"]).finish()
    #expect(without.exitCode == 1)
    let report = try without.document().items[0]
    #expect(report["isComplete"] == .bool(false) && report["copied"]?.integer == 0)
    #expect(report["present"]?.integer == 120 && report["removed"]?.integer == 1)
    let said = try library.start(["migrate"] + options).finish().standardOutput
    #expect(said.contains("1 image removed here") && !said.contains("all counts agree"))
    try library.done("image", "restore", image)

    // What was changed here stays, and what is missing there is said.
    try library.done("tag", "rename", "daisy", "marguerite")
    try library.done("tag", "delete", "dahlia")
    let outcome = try library.start(["migrate"] + options + ["--json"]).finish()
    #expect(outcome.exitCode == 1)
    #expect(try outcome.document().items[0]["tagDifferences"]?.items.count == 1)
    #expect(try library.done("tag", "list").items.count == 3)
    server.kill(SIGTERM)
    #expect(server.finish().exitCode == 0)
  }

  @Test func aMigrationThatWasKilledGoesOn() throws {
    let (service, server, options) = try Self.service()
    // Its folder goes with it.
    defer { withExtendedLifetime(service) {} }
    let library = try TestLibrary(embeds: false)
    let broken = try library.start(["migrate"] + options)
    // The first batch is on the disk once originals are.
    let originals = "\(library.path)/originals"
    let deadline = ContinuousClock.now + .seconds(60)
    func count() -> Int {
      (try? FileManager.default.subpathsOfDirectory(atPath: originals).count) ?? 0
    }
    while count() < 20 && !broken.hasEnded && ContinuousClock.now < deadline { usleep(1_000) }
    broken.kill(SIGKILL)
    _ = broken.finish()
    let done = try library.done("migrate", options[0], options[1], options[2], options[3])
    #expect(done.items[0]["isComplete"] == .bool(true) && done.items[0]["present"]?.integer == 121)
    server.kill(SIGTERM)
    _ = server.finish()
  }

  @Test func aTakenNameAndAWrongKeyAreSaid() throws {
    let (service, server, options) = try Self.service()
    // Its folder goes with it.
    defer { withExtendedLifetime(service) {} }
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    // Of two projects the one that stands in nobody's way is copied.
    try service.done("project", "create", "weeds")
    let outcome = try library.start(["migrate"] + options + ["--json"]).finish()
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardError.contains("tagbench project rename flowers"))
    let reports = try outcome.document().items
    #expect(reports.map { $0["name"] } == [.string("flowers"), .string("weeds")])
    #expect(reports.map { $0["isComplete"] } == [.bool(false), .bool(true)])
    #expect(reports[0]["obstacle"]?.string?.contains("rename") == true)
    #expect(try library.done("project", "list").items.count == 2)
    try library.done("project", "rename", "flowers", "ours")
    let done = try library.done("migrate", options[0], options[1], options[2], options[3])
    #expect(done.items.map { $0["isComplete"] } == [.bool(true), .bool(true)])
    var complaint = try library.refused(
      "migrate", options[0], options[1], "--training-key", "wrong", exitCode: 1)
    #expect(complaint.contains("training key"))
    complaint = try library.refused(
      "migrate", options[0], options[1], options[2], options[3], "--project", "roses", exitCode: 1)
    #expect(complaint.contains("flowers"))
    server.kill(SIGTERM)
    _ = server.finish()
  }
}
