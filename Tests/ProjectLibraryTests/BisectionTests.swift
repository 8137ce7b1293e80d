import Dataset
import ProjectLibrary
import Testing
import WorkbenchTesting

/// The change that broke a tag.
@Suite struct BisectionTests {
  /// Ten pictures of each colour; one change after another, of which the fifth of nine calls half of
  /// the red ones green.
  private func scene() async throws -> (
    TemporaryLibrary, tags: [Dataset.Tag], images: [Image], bad: Int64
  ) {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["red", "green", "blue"], count: 10)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project.id)
    _ = try await library.embedImages(of: temporary.project) { _ in }
    let tags = try ["red", "green", "blue"].map { try library.tag($0, of: project) }
    let images = try library.images(of: project)
    let red = images.filter { $0.tags == [tags[0].id] }
    let blue = images.filter { $0.tags == [tags[2].id] }
    var bad: Int64 = 0
    for number in 0..<9 {
      if number == 4 {
        try library.label(red.prefix(5).map(\.id), .add(tags[1].id), in: project)
        bad = try #require(library.history(of: project, limit: 1).first?.change)
      } else {
        // A picture more or less of a tag that nothing is wrong with.
        try library.label(
          [blue[number % 8].id], number < 4 ? .clear : .add(tags[2].id), in: project)
      }
    }
    return (temporary, tags, red, bad)
  }

  private func changes(_ temporary: TemporaryLibrary) throws -> ClosedRange<Int64> {
    let all = try temporary.library.history(of: temporary.project.id).filter {
      $0.command.hasPrefix("label")
    }
    return try #require(all.map(\.change).min())...#require(all.map(\.change).max())
  }

  @Test func changeThatBrokeATagIsFound() async throws {
    let (temporary, tags, _, bad) = try await scene()
    let learner = LiveLearner(temporary.library, temporary.project.id)
    let found = try await learner.bisection(of: tags[0], among: try changes(temporary))
    #expect(Set(found.events.map(\.change)) == [bad])
    #expect(found.before > (found.first.figure + found.last.figure) / 2)
    #expect(found.after <= (found.first.figure + found.last.figure) / 2)
    #expect(found.steps.count <= 4)
    // The live head is as it was before.
    let again = try await learner.bisection(of: tags[0], among: try changes(temporary))
    #expect(again == found)
  }

  @Test func changeThatBrokeAPictureIsFound() async throws {
    let (temporary, tags, red, bad) = try await scene()
    let learner = LiveLearner(temporary.library, temporary.project.id)
    let found = try await learner.bisection(
      of: tags[0], image: red[7].id, among: try changes(temporary))
    #expect(found.events.first?.change == bad)
    #expect(found.before > found.after)
  }

  @Test func whatHasNotFallenIsSaid() async throws {
    let (temporary, tags, _, bad) = try await scene()
    let learner = LiveLearner(temporary.library, temporary.project.id)
    await #expect(throws: BisectionError.nothingChanged) {
      try await learner.bisection(of: tags[0], among: bad + 100...bad + 200)
    }
    // Of the blue ones nothing was called otherwise.
    await #expect(throws: BisectionError.self) {
      try await learner.bisection(of: tags[0], among: bad + 1...bad + 200)
    }
  }
}
