import Dataset
import Embeddings
import Foundation
import Imaging
import ProjectLibrary
import Synchronization
import Testing
import WorkbenchTesting

/// Embeddings behind imports: what waits for what.
@Suite(.timeLimit(.minutes(30))) struct EmbeddingJobTests {
  @Test func picturesAreThereBeforeTheirEmbeddings() async throws {
    let embedder = GatedEmbedder()
    let temporary = try TemporaryLibrary { _ in embedder }
    try temporary.writePictures(["red", "green"], count: 40)
    let (library, project) = (temporary.library, temporary.project)
    let announcement = library.announceImport(into: project)
    async let embedded = library.embedImages(of: project) { _ in }
    // Ends although no embedding can be made yet.
    let report = try await temporary.importPhotos()
    announcement.end()
    #expect(report.importedCount == 80)
    #expect(try library.tagCounts(of: project.id).map(\.imageCount) == [40, 40])
    embedder.open()
    #expect(try await embedded.madeCount == 80)
  }

  @Test func aJobTakesTheImportsPixels() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["red", "green"], count: 40)
    let report = try await temporary.besideAJob {
      _ = try await temporary.importPhotos()
      // The originals are not needed.
      try FileManager.default.removeItem(
        at: temporary.folder.appendingPathComponent("library/originals"))
    }
    #expect(report.madeCount == 81)
    #expect(report.unreadable.isEmpty)
  }

  @Test func aStoppedJobGoesOnWhereItWas() async throws {
    let counter = CountingEmbedder()
    let temporary = try TemporaryLibrary { _ in counter }
    try temporary.writePictures(["red", "green"], count: 100)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    let task = Task {
      try await library.embedImages(of: project) { progress in
        if progress.doneCount == 70 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    let rest = try await library.embedImages(of: project) { _ in }
    #expect(rest.madeCount < 135)
    #expect(rest.madeCount > 0)
    // Those that were in work when it was stopped are the only ones made twice.
    #expect(counter.count.withLock { $0 } <= 200 + 2 * 4 * counter.preferredConcurrency)
  }

  @Test func aTrainingGoesFirst() async throws {
    let embedder = GatedEmbedder()
    let temporary = try TemporaryLibrary { domain -> any Embedder in
      domain == .general ? embedder : FakeEmbedder(version: 2)
    }
    try temporary.writePictures(["red", "green"], count: 100)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    let small = try library.createProject("small", domain: .compact)
    _ = try await library.importImages(
      [Array(temporary.folder.appendingPathComponent("photos").path.utf8)], into: small,
      tagging: .folderNames, progress: { _ in })
    let counts = Counts()
    async let embedded = library.embedImages(of: project) { progress in
      counts.done.withLock { $0 = progress.doneCount }
    }
    await embedder.waitForFirst()
    async let iteration = library.train(small) { report in
      guard case .embedding = report else { return }
      let done = counts.done.withLock { $0 }
      counts.doneAtFirstReport.withLock { $0 = $0 ?? done }
    }
    while !isLocked(temporary.folder.appendingPathComponent("library/locks/embedding-urgent")) {
      await Task.yield()
    }
    embedder.open()
    #expect(try await iteration.imageCount == 200)
    // No more than the round that was in work when it came.
    #expect(try #require(counts.doneAtFirstReport.withLock { $0 }) <= 64)
    #expect(try await embedded.madeCount == 200)
  }

  /// Embeddings that the job had made, now and when the training reported first.
  private final class Counts: Sendable {
    let done = Mutex(0)
    let doneAtFirstReport = Mutex(Int?.none)
  }

  private func isLocked(_ file: URL) -> Bool {
    let descriptor = open(file.path, O_RDWR)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0
  }

  @Test func aPictureThatIsGoneCostsOnlyItself() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["red", "green"], count: 6)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    let lost = try #require(try library.images(of: project.id).first).content
    let digits = lost.description
    try FileManager.default.removeItem(
      at: temporary.folder.appendingPathComponent(
        "library/originals/\(digits.prefix(2))/\(digits)"))
    let report = try await library.embedImages(of: project) { _ in }
    #expect(report.madeCount == 11)
    #expect(report.unreadable == [lost])
    await #expect(throws: LibraryError.self) { try await library.train(project) { _ in } }
  }
}

/// Makes embeddings only once it is opened.
final class GatedEmbedder: Embedder {
  let recipe = FakeEmbedder().recipe
  let preferredConcurrency = 2
  private let gate = DispatchSemaphore(value: 0)
  private let first = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

  func open() { gate.signal() }

  func waitForFirst() async {
    for await _ in first.stream { return }
  }

  func embed(_ pixels: EmbeddingPixels) -> [Float] {
    first.continuation.yield()
    gate.wait()
    gate.signal()
    return FakeEmbedder().embed(pixels)
  }
}
