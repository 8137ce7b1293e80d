import Dataset
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

/// Iterations that somebody was promised.
@Suite struct TrainingPromiseTests {
  private let temporary: TemporaryLibrary
  private var library: Library { temporary.library }
  private var project: Project { temporary.project }

  init() throws { temporary = try TemporaryLibrary() }

  /// Promises that another process would find.
  private func found() throws -> [HeldPromise] {
    try temporary.seen(by: "another").abandonedPromises()
  }

  private func fileCount() -> Int {
    let folder = temporary.folder.appendingPathComponent("library")
    let locks = (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/locks")) ?? []
    let files =
      (try? FileManager.default.contentsOfDirectory(atPath: folder.path + "/promises")) ?? []
    return files.count + locks.count { $0.hasPrefix("promise") }
  }

  @Test func aPromiseIsFoundOnceNobodyKeepsIt() throws {
    let request = TrainingRequest(leavesOutSmallTags: true, tags: [.random(), .random()], seed: 7)
    let held = try library.promise(request, of: project.id, number: 3)
    let promise = held.promise
    #expect(try found().isEmpty)
    held.leave()
    let taken = try #require(try found().first)
    #expect(taken.promise == promise)
    #expect(promise.request.iteration == promise.iteration && promise.number == 3)
    #expect(promise.request.tags == request.tags && promise.request.seed == 7)
    // One process at a time keeps it.
    #expect(try library.abandonedPromises().isEmpty)
    taken.forget()
    #expect(try found().isEmpty && fileCount() == 0)
  }

  @Test func thoseThatWereMadeFirstComeFirst() throws {
    let promised = try (1...5).map { number in
      let held = try library.promise(TrainingRequest(), of: project.id, number: number)
      held.leave()
      return held.promise
    }
    #expect(try found().map(\.promise) == promised)
  }

  @Test func aPromiseWhoseIterationIsThereIsKept() async throws {
    try temporary.writePictures(["blue", "red"], count: 6)
    _ = try await temporary.importPhotos()
    let held = try library.promise(TrainingRequest(), of: project.id, number: 1)
    let iteration = try await library.train(project, held.promise.request) { _ in }
    #expect(iteration.id == held.promise.iteration)
    held.leave()
    #expect(try found().isEmpty && fileCount() == 0)
  }

  @Test func aPromiseOfADeletedProjectIsForgotten() throws {
    try library.promise(TrainingRequest(), of: project.id, number: 1).leave()
    try library.delete(project)
    #expect(try found().isEmpty && fileCount() == 0)
  }

  @Test func whatFailedIsRemembered() throws {
    let held = try library.promise(TrainingRequest(), of: project.id, number: 1)
    let failed = held.fail("It rains.", at: 12.5)
    #expect(failed.failure?.sentence == "It rains." && failed.failure?.time == 12.5)
    held.leave()
    #expect(try found().map(\.promise) == [failed])
  }

  @Test func filesThatSayNothingAreNoPromises() throws {
    let folder = temporary.folder.appendingPathComponent("library/promises")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in [("\(IterationID.random()).json", "{"), ("x.json", "{}"), ("y", "")] {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    #expect(try found().isEmpty)
  }
}
