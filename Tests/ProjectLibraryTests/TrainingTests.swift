import Dataset
import Embeddings
import Evaluation
import Foundation
import Imaging
import ProjectLibrary
import Synchronization
import Testing
import WorkbenchTesting

@Suite struct TrainingTests {
  private func imported(
    _ counts: [(String, Int)], type: ClassificationType = .multiclass
  ) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary(type: type)
    for (classIndex, (tag, count)) in counts.enumerated() {
      for number in 0..<count {
        try temporary.writePicture("\(tag)/\(number).png", classIndex: classIndex, seed: number)
      }
    }
    _ = try await temporary.importPhotos()
    return temporary
  }

  @Test func anIterationHoldsAllThatMadeIt() async throws {
    let temporary = try await imported([("red", 8), ("green", 8), ("blue", 8)])
    let (library, project) = (temporary.library, temporary.project)
    let iteration = try await library.train(project) { _ in }
    #expect(iteration.number == 1)
    #expect(iteration.imageCount == 24)
    let performance = try library.performance(of: iteration)
    #expect(performance.tags.map(\.name) == ["blue", "green", "red"])
    #expect(performance.performance.judgedCount == 24)
    #expect(performance.performance.accuracy == 1)
    #expect(performance.performance.confusion?.rows == [[8, 0, 0], [0, 8, 0], [0, 0, 8]])
    let summary = try #require(try library.iterations(of: project.id).first)
    #expect(summary.isCurrent)
    #expect(summary.metrics.accuracy == 1)
  }

  @Test func labelsAsOfAnIterationStayWhatTheyWere() async throws {
    let temporary = try await imported([("red", 6), ("green", 6)])
    let (library, project) = (temporary.library, temporary.project)
    let iteration = try await library.train(project) { _ in }
    let before = try library.labels(of: project.id, asOf: iteration).map(\.tag)
    try library.mergeTag("red", into: "green", in: project.id)
    #expect(try library.labels(of: project.id, asOf: iteration).map(\.tag) == before)
    #expect(try library.performance(of: iteration).tags.map(\.name) == ["green", "red"])
  }

  @Test func tooFewImagesAreNamed() async throws {
    let temporary = try await imported([("red", 6), ("green", 3), ("blue", 6)])
    let (library, project) = (temporary.library, temporary.project)
    await #expect(
      throws: LibraryError.tooFewImages([
        TagShortage(tag: "green", imageCount: 3, needed: 5)
      ])
    ) { try await library.train(project) { _ in } }
    let iteration = try await library.train(
      project, TrainingRequest(leavesOutSmallTags: true)
    ) { _ in }
    #expect(iteration.imageCount == 12)
    #expect(try library.performance(of: iteration).tags.map(\.name) == ["blue", "red"])
  }

  @Test func oneTagIsTooFew() async throws {
    let temporary = try await imported([("red", 6)])
    let (library, project) = (temporary.library, temporary.project)
    await #expect(throws: LibraryError.tooFewTags(1)) {
      try await library.train(project) { _ in }
    }
  }

  @Test func twoTrainingsGiveTheSameNumbers() async throws {
    let temporary = try await imported([("red", 9), ("green", 7)])
    let (library, project) = (temporary.library, temporary.project)
    let first = try await library.train(project) { _ in }
    let second = try await library.train(project) { _ in }
    #expect(
      try library.performance(of: first).performance
        == library.performance(of: second).performance)
  }

  @Test func aCancelledTrainingLeavesNoIteration() async throws {
    let temporary = try await imported([("red", 9), ("green", 9)])
    let (library, project) = (temporary.library, temporary.project)
    let task = Task {
      try await library.train(project) { _ in withUnsafeCurrentTask { $0?.cancel() } }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try library.iterations(of: project.id).isEmpty)
    #expect(try await library.train(project) { _ in }.number == 1)
  }

  @Test func embeddingsAreMadeOnce() async throws {
    let counter = CountingEmbedder()
    let temporary = try TemporaryLibrary { _ in counter }
    try temporary.writePictures(["red", "green"], count: 6)
    _ = try await temporary.importPhotos()
    #expect(counter.count.withLock { $0 } == 0)
    let report = try await temporary.library.embedImages(of: temporary.project) { _ in }
    #expect(report.madeCount == 12)
    _ = try await temporary.library.train(temporary.project) { _ in }
    _ = try await temporary.importPhotos()
    #expect(try await temporary.library.embedImages(of: temporary.project) { _ in }.madeCount == 0)
    #expect(counter.count.withLock { $0 } == 12)
  }

  @Test func multilabelWithNegativePicturesTrains() async throws {
    let temporary = try await imported(
      [("red", 8), ("green", 8), ("none", 8)], type: .multilabel)
    let (library, project) = (temporary.library, temporary.project)
    try library.deleteTag("none", in: project.id)
    let negative = try library.createTag("none", kind: .negative, in: project.id)
    let untagged = try library.images(of: project.id, .untagged).map(\.id)
    try library.label(untagged, .add(negative.id), in: project.id)
    let iteration = try await library.train(project) { _ in }
    #expect(iteration.imageCount == 24)
    let performance = try library.performance(of: iteration)
    #expect(performance.tags.map(\.name) == ["green", "red"])
    #expect(performance.performance.confusion == nil)
    #expect(performance.performance.perClass.map(\.imageCount) == [8, 8])
    let precision = try #require(performance.performance.averagePrecision)
    #expect(precision > 0.9)
  }

  @Test func predictionAndEvaluationAgree() async throws {
    let temporary = try await imported([("red", 8), ("green", 8)])
    let (library, project) = (temporary.library, temporary.project)
    let iteration = try await library.train(project) { _ in }
    let classifier = try library.classifier(iteration)
    let fresh = try temporary.writePicture("red/new.png", classIndex: 0, seed: 77)
    let predictions = try await library.predict(
      [Array(fresh.path.utf8), Array("missing.png".utf8)], with: classifier
    ) { _, _ in }
    let first = try predictions[0].result.get()
    #expect(first.map(\.tag.name) == ["red", "green"])
    #expect(abs(first.map(\.probability).reduce(0, +) - 1) < 1e-5)
    #expect(predictions[1].result == .failure(.system(number: ENOENT)))

    try temporary.writePicture("weeds/1.png", classIndex: 2, seed: 3)
    let photos = temporary.folder.appendingPathComponent("photos").path
    let report = try await library.evaluate(
      Array(photos.utf8), with: classifier, of: project
    ) { _, _ in }
    #expect(report.performance.imageCount == 17)
    #expect(report.performance.accuracy == 1)
    #expect(report.unknownFolders == ["weeds"])
  }

  @Test func theIterationInUseIsChosenOrTheNewest() async throws {
    let temporary = try await imported([("red", 6), ("green", 6)])
    let (library, project) = (temporary.library, temporary.project)
    let first = try await library.train(project) { _ in }
    let second = try await library.train(project) { _ in }
    #expect(try library.iteration(nil, of: project).id == second.id)
    try library.use(first, in: project.id)
    #expect(try library.iteration(nil, of: project).id == first.id)
    try library.delete(first)
    #expect(try library.iteration(nil, of: project).id == second.id)
    // As for a process that has not seen yet that it is gone.
    let gone = LibraryError.iterationNotFound(1, known: [2])
    #expect(throws: gone) { try library.use(first, in: project.id) }
    #expect(throws: gone) { try library.publish(first, as: "gone", in: project.id) }
    try library.publish(second, as: "live", in: project.id)
    #expect(throws: LibraryError.iterationPublished(2, as: "live")) { try library.delete(second) }
    #expect(throws: LibraryError.projectPublished("flowers", iteration: 2)) {
      try library.delete(temporary.project)
    }
    _ = try library.restoreIteration(1, of: project.id)
    #expect(throws: LibraryError.publishNameTaken("live", byIteration: 2)) {
      try library.publish(first, as: "live", in: project.id)
    }
    let third = try await library.train(project) { _ in }
    #expect(third.number == 3)
  }
}

/// Counts how often it is asked.
final class CountingEmbedder: Embedder {
  let recipe = FakeEmbedder().recipe
  let preferredConcurrency = 2
  let count = Mutex(0)

  func embed(_ pixels: EmbeddingPixels) -> [Float] {
    count.withLock { $0 += 1 }
    return FakeEmbedder().embed(pixels)
  }
}
