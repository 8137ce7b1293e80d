import Foundation
import GRDB
import Testing

private let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]

/// What programs asked for goes on behind the requests, and when the server starts again.
@Suite(
  .enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"),
  .enabled(if: python != nil, "TAGBENCH_TEST_PYTHON names no Python"))
struct ServeJobTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/background_jobs.py").path

  /// What the client printed.
  private func ask(_ server: RunningServer, _ project: String, _ job: String...) throws -> String {
    let done = try PythonProgram.run(
      try #require(python), [Self.script, server.endpoint, project] + job)
    try #require(done.isDone, "\(job): \(done.output)")
    return done.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func stop(_ server: RunningServer, by signal: Int32 = SIGTERM) {
    server.program.kill(signal)
    let outcome = server.program.finish()
    #expect(outcome.exitCode == (signal == SIGTERM ? 0 : nil))
    #expect(!outcome.standardError.contains("\"status\": 5"), "\(outcome.standardError)")
  }

  private func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }

  /// A compact project with the sample pictures, none of which the networks have read.
  private func unread() throws -> (library: TestLibrary, project: String) {
    let library = try TestLibrary()
    let project = try library.done("project", "create", "flowers", "--domain", "compact")
    _ = try library.start(
      ["import", TestProgram.sampleData, "--tags-from-folders"], embeds: false
    ).finish()
    return (library, try #require(project["id"]?.string))
  }

  @Test(arguments: [SIGTERM, SIGKILL])
  func aTrainingThatWasPromisedIsThereThoughTheServerEnds(signal: Int32) throws {
    let (library, project) = try unread()
    var server = try RunningServer("--without-keys", library: library)
    let promised = try ask(server, project, "train")
    stop(server, by: signal)
    // Else nothing of interest was interrupted.
    #expect(try library.done("iterations").items.isEmpty)

    server = try RunningServer("--without-keys", library: library)
    #expect(try ask(server, project, "iteration", promised) == "Completed Iteration 1")
    stop(server)
    let iterations = try library.done("iterations")
    #expect(iterations.strings("id") == [promised])
    #expect(names(in: "\(library.path)/promises").isEmpty)
    #expect(names(in: "\(library.path)/locks").allSatisfy { !$0.hasPrefix("promise") })

    // A promise that was kept is not kept once more.
    server = try RunningServer("--without-keys", library: library)
    stop(server)
    #expect(try library.done("iterations") == iterations)
  }

  @Test func aTrainingThatFailedIsRememberedUntilItIsDeleted() throws {
    let (library, project) = try unread()
    // Without the networks no training comes to a good end.
    var server = try RunningServer("--without-keys", library: library, embeds: false)
    let promised = try ask(server, project, "train")
    let failed = try ask(server, project, "iteration", promised)
    #expect(failed.hasPrefix("Failed Iteration 1 ") && failed.count > 20)
    stop(server)
    server = try RunningServer("--without-keys", library: library)
    #expect(try ask(server, project, "iteration", promised) == failed)
    _ = try ask(server, project, "forget", promised)
    stop(server)
    #expect(names(in: "\(library.path)/promises").isEmpty)
  }

  @Test func anExportGoesOnWhenTheServerStartsAgain() throws {
    let library = try TestLibrary.trained()
    let project = try #require(try library.done("project", "list").items.first?["id"]?.string)
    let iteration = try #require(try library.done("iterations").strings("id").first)
    let folder = "\(library.path)/exports/\(iteration)"
    var server = try RunningServer("--without-keys", library: library)
    #expect(try ask(server, project, "export", iteration) == "Exporting")
    stop(server, by: SIGKILL)
    #expect(names(in: folder) == ["ONNX.wanted"])

    server = try RunningServer("--without-keys", library: library)
    let exported = try ask(server, project, "exported", iteration)
    #expect(exported.hasPrefix("Done ") && exported.contains(" model.onnx"))
    stop(server)
    #expect(names(in: folder) == ["ONNX.zip"])
  }

  @Test func aRequestOnItsWayIsFinished() throws {
    let library = try TestLibrary()
    let project = try library.done("project", "create", "flowers", "--domain", "compact")
    let server = try RunningServer("--without-keys", library: library, embeds: false)
    let answer = try ask(
      server, try #require(project["id"]?.string), "end", "\(server.program.pid)",
      "\(TestProgram.sampleData)/daisy/daisy-001.jpg")
    #expect(answer == "200 OK")
    #expect(server.program.finish().exitCode == 0)
    #expect(try library.done("image", "list").items.count == 1)
  }

  /// Asked twice, it does not even give the client the time that it has.
  @Test(arguments: [(1, 0), (2, 128 + SIGTERM)])
  func aClientThatStallsDoesNotKeepTheServer(requestCount: Int, exitCode: Int32) throws {
    let library = try TestLibrary()
    let project = try library.done("project", "create", "flowers", "--domain", "compact")
    let server = try RunningServer("--without-keys", library: library, embeds: false)
    _ = try ask(
      server, try #require(project["id"]?.string), "stall", "\(server.program.pid)",
      "\(requestCount)")
    #expect(server.program.finish().exitCode == exitCode)
  }

  @Test func theNetworksReadWhatProgramsAdd() throws {
    let library = try TestLibrary()
    let project = try library.done("project", "create", "flowers", "--domain", "compact")
    let pictures = try library.copySamples(of: "daisy", count: 6, to: "pictures")
    var looking = Configuration()
    looking.readonly = true
    func embeddingCount() -> Int {
      // A cache that the server is about to make holds none.
      let cache = try? DatabaseQueue(path: "\(library.path)/cache.sqlite", configuration: looking)
      let count = try? cache?.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM embedding") }
      return count ?? 0
    }
    func expectEmbeddings(_ count: Int) {
      let deadline = ContinuousClock.now + .seconds(60)
      var found = embeddingCount()
      while found < count && ContinuousClock.now < deadline {
        usleep(20_000)
        found = embeddingCount()
      }
      #expect(found == count)
    }
    let server = try RunningServer("--without-keys", library: library)
    let id = try #require(project["id"]?.string)
    let upload = try PythonProgram.run(
      try #require(python), [Self.script, server.endpoint, id, "upload"] + pictures)
    #expect(upload.isDone && upload.output == "6\n", "\(upload.output)")
    expectEmbeddings(6)
    stop(server)

    // What a server that was killed left is read by the next.
    try library.removeCache()
    let next = try RunningServer("--without-keys", library: library)
    expectEmbeddings(6)
    stop(next)
  }
}
