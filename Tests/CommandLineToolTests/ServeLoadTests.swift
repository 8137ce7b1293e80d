import Foundation
import Testing
import WorkbenchTesting

private let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]

/// A server that is killed, and one whose clients are slow.
@Suite(
  .enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"),
  .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
struct ServeLoadTests {
  private static func fixture(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)").path
  }

  @Test(arguments: [1 as UInt64])
  func aKilledServerLosesNothingThatItAcknowledged(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let library = try TestLibrary(embeds: false)
    let project = try #require(
      try library.done("project", "create", "flowers")["id"]?.string)
    let tags = try ["daisy", "dahlia"].map { name in
      try #require(try library.done("tag", "create", name)["id"]?.string)
    }
    let names = Dictionary(uniqueKeysWithValues: zip(tags, ["daisy", "dahlia"]))
    var acknowledged: [String: String?] = [:]
    for round in 0..<3 {
      let server = try RunningServer("--without-keys", library: library, embeds: false)
      let client = Process()
      client.executableURL = URL(filePath: try #require(python))
      client.arguments = [
        Self.fixture("acknowledged_work.py"), server.endpoint, project, tags[0], tags[1],
        "\(TestProgram.sampleData)/daisy/daisy-001.jpg", "\(round)",
      ]
      let (output, signs) = (Pipe(), Pipe())
      (client.standardOutput, client.standardError) = (output, signs)
      try client.run()
      #expect(signs.fileHandleForReading.availableData.starts(with: Data("started".utf8)))
      // At any moment of its work.
      usleep(UInt32.random(in: 0..<300_000, using: &random))
      server.program.kill(SIGKILL)
      _ = server.program.finish()
      let done = try JSONDocument(
        String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self))
      client.waitUntilExit()
      #expect(client.terminationStatus == 0 && done.keys.count >= 8)
      for image in done.keys { acknowledged[image] = done[image]?.string }
      try #require(try LibraryInspection(library.path).faults() == [])
    }
    let images = try library.done("image", "list")
    let borne = Dictionary(
      uniqueKeysWithValues: images.items.map { ($0["id"]?.string ?? "", $0["tags"]?.strings()) })
    for (image, tag) in acknowledged {
      let found = try #require(borne[image], "\(image) is lost")
      // Where the last change was not acknowledged, either tag is right.
      if let tag { #expect(found == [names[tag] ?? ""]) } else { #expect(found?.count == 1) }
    }
  }

  @Test func slowClientsKeepNobodyWaiting() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let server = try RunningServer("--without-keys", library: library, embeds: false)
    let round = try library.runPython(
      try #require(python), [Self.fixture("slow_clients.py"), server.endpoint])
    #expect(round.isDone && round.output.hasSuffix("done\n"), "\(round.output)")
    server.program.kill(SIGTERM)
    #expect(server.program.finish().exitCode == 0)
  }
}
