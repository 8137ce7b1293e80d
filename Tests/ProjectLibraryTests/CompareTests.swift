import Dataset
import Evaluation
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

@Suite struct CompareTests {
  /// Two iterations: one with most of two tags mixed up, one with them mended.
  private func mended(
    _ type: ClassificationType
  ) async throws -> (TemporaryLibrary, Iteration, Iteration) {
    let temporary = try TemporaryLibrary(type: type)
    try temporary.writePictures(["red", "green", "blue"], count: 10)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    let green = try library.tag("green", of: project.id)
    let red = try library.tag("red", of: project.id)
    let reds = try library.images(of: project.id, .tag(red.id)).prefix(8).map(\.id)
    let greens = try library.images(of: project.id, .tag(green.id)).prefix(8).map(\.id)
    for (images, right, wrong) in [(reds, red, green), (greens, green, red)] {
      if type == .multilabel { try library.label(images, .remove(right.id), in: project.id) }
      try library.label(images, .add(wrong.id), in: project.id)
    }
    let before = try await library.train(project) { _ in }
    for _ in 0..<(type == .multilabel ? 4 : 2) { _ = try library.undo(in: project.id) }
    let after = try await library.train(project) { _ in }
    return (temporary, before, after)
  }

  @Test(arguments: ClassificationType.allCases)
  func countsAreThoseOfJudgingBothByTheTagsOfNow(type: ClassificationType) async throws {
    let (temporary, before, after) = try await mended(type)
    let (library, project) = (temporary.library, temporary.project)
    let comparison = try library.compare(before, after, of: project)
    let now = Dictionary(
      uniqueKeysWithValues: try library.images(of: project.id).map { ($0.id, Set($0.tags)) })
    let tags = try library.tagCounts(of: project.id).map(\.tag)
    func right(_ iteration: Iteration) throws -> [ImageID: Set<TagID>] {
      Dictionary(
        uniqueKeysWithValues: try library.judgedImages(of: iteration).map { image, predictions in
          let predicted =
            type == .multiclass
            ? [predictions[0].tag.id]
            : predictions.filter { $0.probability >= 0.5 }.map(\.tag.id)
          let borne = now[image.id] ?? []
          let cases = type == .multiclass ? borne : Set(tags.map(\.id))
          return (
            image.id, cases.filter { borne.contains($0) == predicted.contains($0) }
          )
        })
    }
    let (old, new) = (try right(before), try right(after))
    var (better, worse) = (0, 0)
    for (image, set) in new {
      better += set.subtracting(old[image] ?? []).count
      worse += (old[image] ?? []).subtracting(set).count
    }
    #expect(comparison.imageCount == 30)
    #expect(comparison.comparison.onlySecondCount == better && better > 0)
    #expect(comparison.comparison.onlyFirstCount == worse)
    #expect(comparison.perTag.map(\.becameRightCount).reduce(0, +) == better)
    #expect(comparison.items.count == new.count { $0.value != old[$0.key] })
    let reverse = try library.compare(after, before, of: project)
    #expect(reverse.comparison.onlyFirstCount == better)
    #expect(reverse.comparison.chance == comparison.comparison.chance)
  }

  @Test func aTagThatWasDeletedSinceCountsForNothing() async throws {
    let (temporary, before, after) = try await mended(.multilabel)
    let (library, project) = (temporary.library, temporary.project)
    try library.deleteTag("red", in: project.id)
    let comparison = try library.compare(before, after, of: project)
    #expect(comparison.perTag.map(\.tag.name) == ["green"])
    #expect(
      comparison.comparison.onlySecondCount
        == comparison.perTag.map(\.becameRightCount).reduce(0, +))
    try library.use(after, in: project.id)
    let wrong = try library.misclassified(in: project, limit: 100)
    #expect(wrong.allSatisfy { !$0.reasons.isEmpty })
    let rows = try library.rows(0..<100, of: project.id, ImageSelection())
    let judged = Set(rows.judgements.values.flatMap { $0.probabilities.map(\.tag) })
    #expect(judged == Set(try library.tagCounts(of: project.id).map(\.tag.id)))
  }

  @Test func anIterationIsNoBetterThanItself() async throws {
    let (temporary, before, _) = try await mended(.multiclass)
    let comparison = try temporary.library.compare(before, before, of: temporary.project)
    #expect(comparison.comparison == PairedComparison(onlyFirstCount: 0, onlySecondCount: 0))
    #expect(comparison.items.isEmpty && comparison.perTag.isEmpty)
    #expect(comparison.comparison.chance == 1)
  }
}
