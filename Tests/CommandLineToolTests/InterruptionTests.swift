import Foundation
import GRDB
import Testing

/// Ctrl-C, and two processes at one thing.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct InterruptionTests {
  /// Waits until a query finds a row, or the run has ended without it.
  private func wait(
    for sql: String, in path: String, while run: RunningProgram
  ) throws {
    var configuration = Configuration()
    configuration.busyMode = .timeout(10)
    let database = try DatabaseQueue(path: path, configuration: configuration)
    // The tables may not be there yet.
    while (try? database.read { try Bool.fetchOne($0, sql: sql) }) != true, !run.hasEnded {
      usleep(2_000)
    }
  }

  @Test func controlCKeepsWhatIsImported() throws {
    let library = try TestLibrary()
    try library.done("project", "create", "flowers", "--domain", "compact")
    let folder = try library.copyMarkedSamples(rounds: 5)
    let run = try library.start(["import", folder, "--tags-from-folders", "--json"])
    try wait(
      for: "SELECT count(*) > 0 FROM image", in: "\(library.path)/library.sqlite", while: run)
    run.kill(SIGINT)
    let outcome = run.finish()
    #expect(outcome.exitCode == 1)
    let report = try outcome.document()
    #expect(report["stopped"] == .bool(true))
    let kept = try #require(report["imported"]?.integer)
    #expect((1..<590).contains(kept))
    #expect(try library.done("status")["imageCount"] == .number(Double(kept)))

    let rest = try library.run("import", folder, "--tags-from-folders", "--json").document()
    #expect(rest["imported"] == .number(Double(590 - kept)))
    #expect(rest["duplicates"] == .number(Double(kept)))
  }

  @Test func controlCSaysThatItStopped() throws {
    let library = try TestLibrary()
    try library.done("project", "create", "flowers", "--domain", "compact")
    let run = try library.start(["import", try library.copyMarkedSamples(rounds: 5)])
    try wait(
      for: "SELECT count(*) > 0 FROM image", in: "\(library.path)/library.sqlite", while: run)
    run.kill(SIGINT)
    let outcome = run.finish()
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardOutput.contains("Stopped; run the same command again for the rest."))
  }

  @Test func aStoppedTrainingLeavesNoIteration() throws {
    let library = try TestLibrary.trained()
    try library.removeCache()
    let run = try library.start(["train"])
    try wait(
      for: "SELECT count(*) > 0 FROM embedding", in: "\(library.path)/cache.sqlite", while: run)
    run.kill(SIGINT)
    let outcome = run.finish()
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardOutput.isEmpty)
    #expect(outcome.standardError == "tagbench: Stopped.\n")
    #expect(try library.done("status")["iterationCount"] == .number(1))
    // It left no lock behind.
    #expect(try library.done("train")["iteration"] == .number(2))
  }

  @Test func twoTrainingsOfOneProjectDoNotMix() throws {
    let library = try TestLibrary.trained()
    for round in 0..<5 {
      // Making embeddings takes long enough for the two to meet.
      if round == 0 { try library.removeCache() }
      let before = try library.done("status")["iterationCount"]?.integer ?? 0
      let runs = try (0..<2).map { _ in try library.start(["train", "--json"]) }
      let outcomes = runs.map { $0.finish() }
      let done = try outcomes.filter { $0.exitCode == 0 }.map { try $0.document() }
      #expect(!done.isEmpty)
      for outcome in outcomes where outcome.exitCode != 0 {
        #expect(outcome.exitCode == 1)
        #expect(
          outcome.standardError
            == "tagbench: “flowers” is being trained already. Wait for it to end.\n")
      }
      #expect(
        Set(done.map { $0["iteration"]?.integer }) == Set(done.indices.map { before + 1 + $0 }))
      #expect(try library.done("status")["iterationCount"]?.integer == before + done.count)
    }
    #expect(try LibraryInspection(library.path).faults() == [])
  }
}
