import Dataset
import Evaluation
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

@Suite struct HonestFiguresTests {
  /// Pictures of noise, tagged by lot, each there twice: whoever has seen the one knows the other's
  /// tag, and nobody can know it otherwise.
  @Test func nearCopiesDoNotFlatterTheFigures() async throws {
    let temporary = try TemporaryLibrary()
    for seed in 0..<40 {
      let tag = (seed * 7 + seed / 3) % 2 == 0 ? "heads" : "tails"
      try temporary.writePicture("\(tag)/\(seed).png", classIndex: 0, seed: seed)
      try temporary.writeNearCopy("\(tag)/\(seed)-2.png", number: 2, classIndex: 0, seed: seed)
    }
    _ = try await temporary.importPhotos()
    let iteration = try await temporary.library.train(temporary.project) { _ in }
    let performance = try temporary.library.performance(of: iteration).performance
    #expect(performance.judgedCount == 80)
    let accuracy = try #require(performance.accuracy)
    #expect(accuracy < 0.7)
  }

  /// Six copies of one picture are one picture: nothing tells how well the next would be known.
  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func tagOfNearCopiesOfOnePictureHasNoFigures(type: ClassificationType) async throws {
    let temporary = try TemporaryLibrary(type: type)
    try temporary.writePictures(["red", "green"], count: 8)
    for number in 0..<6 {
      try temporary.writeNearCopy("blue/\(number).png", number: number, classIndex: 2, seed: 5)
    }
    _ = try await temporary.importPhotos()
    let iteration = try await temporary.library.train(temporary.project) { _ in }
    let measured = try temporary.library.performance(of: iteration)
    let figures = Dictionary(
      uniqueKeysWithValues: zip(measured.tags.map(\.name), measured.performance.perClass))
    let blue = try #require(figures["blue"])
    #expect(blue.imageCount == 6)
    #expect(blue.precision == nil && blue.recall == nil && blue.averagePrecision == nil)
    #expect(blue.precisionInterval == nil && blue.recallInterval == nil && blue.counts == nil)
    #expect(figures["red"]?.recall == 1)
    let summary = try #require(try temporary.library.iterations(of: temporary.project.id).first)
    #expect(summary.metrics == IterationMetrics(measured.performance))
  }

  @Test func twoTrainingsGiveTheSameNumbersBitForBit() async throws {
    let temporary = try await Self.libraryOfNoise(["a", "b", "c"])
    let (library, project) = (temporary.library, temporary.project)
    let first = try await library.train(project) { _ in }
    let second = try await library.train(project) { _ in }
    let reopened = try TemporaryLibrary.open(temporary.folder)
    let third = try await reopened.train(project) { _ in }
    let photo = Array(temporary.folder.appendingPathComponent("photos/a/0.png").path.utf8)
    let expected = try library.performance(of: first)
    let answer = try await library.predict([photo], with: try library.classifier(first)) { _, _ in }
    for iteration in [second, third] {
      #expect(try library.performance(of: iteration).performance == expected.performance)
      let again = try await library.predict([photo], with: try library.classifier(iteration)) {
        _, _ in
      }
      #expect(
        try again[0].result.get().map(\.probability) == answer[0].result.get().map(\.probability))
    }
  }

  /// Other ids, tags made in another order, files brought in one folder at a time, backwards.
  @Test func freshLibraryGivesTheSameFigures() async throws {
    let names = ["a", "b", "c"]
    let first = try await Self.libraryOfNoise(names)
    let second = try TemporaryLibrary()
    for name in ["c", "a", "b"] { _ = try second.library.createTag(name, in: second.project.id) }
    try Self.writeNoise(names, in: second)
    for name in ["b", "c", "a"] {
      for seed in (0..<Self.picturesPerTag).reversed() {
        _ = try await second.library.importImages(
          [Array(second.folder.appendingPathComponent("photos/\(name)/\(seed).png").path.utf8)],
          into: second.project, tagging: .tag(name), progress: { _ in })
      }
    }
    var figures: [IterationPerformance] = []
    for temporary in [first, second] {
      let iteration = try await temporary.library.train(temporary.project) { _ in }
      figures.append(try temporary.library.performance(of: iteration))
    }
    #expect(figures[0].tags.map(\.name) != figures[1].tags.map(\.name))
    let (one, other) = (figures[0].performance, figures[1].performance)
    for figure in [
      \Performance.accuracy, \.macroAccuracy, \.logLoss, \.expectedCalibrationError, \.precision,
      \.recall, \.averagePrecision,
    ] {
      let (left, right) = (try #require(one[keyPath: figure]), try #require(other[keyPath: figure]))
      #expect(abs(left - right) < 1e-4)
    }
    // Not so alike that anything would give the same.
    #expect(one.accuracy ?? 1 < 0.95)
    for (tag, mine) in zip(figures[0].tags, one.perClass) {
      let index = try #require(figures[1].tags.firstIndex { $0.name == tag.name })
      let theirs = other.perClass[index]
      for figure in [\ClassPerformance.precision, \.recall, \.averagePrecision] {
        let (left, right) = (
          try #require(mine[keyPath: figure]), try #require(theirs[keyPath: figure])
        )
        #expect(abs(left - right) < 1e-4)
      }
    }
  }

  private static let picturesPerTag = 12

  /// Pictures whose tags can be told only in part.
  private static func writeNoise(_ names: [String], in temporary: TemporaryLibrary) throws {
    for (tag, name) in names.enumerated() {
      for seed in 0..<picturesPerTag {
        try temporary.writePicture(
          "\(name)/\(seed).png", classIndex: seed % 3 == 0 ? 0 : tag, seed: 100 * tag + seed)
      }
    }
  }

  private static func libraryOfNoise(_ names: [String]) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary()
    try writeNoise(names, in: temporary)
    _ = try await temporary.importPhotos()
    return temporary
  }
}
