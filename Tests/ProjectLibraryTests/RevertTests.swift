import Dataset
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

@Suite struct RevertTests {
  private func scene() async throws -> (TemporaryLibrary, [ImageID], [TagID]) {
    let temporary = try TemporaryLibrary()
    for number in 0..<4 {
      try temporary.writePicture("\(number).png", classIndex: 0, seed: number)
    }
    _ = try await temporary.importPhotos(tagging: .none)
    let images = try temporary.library.images(of: temporary.project.id).map(\.id)
    let tags = try ["red", "green", "blue"].map {
      try temporary.library.createTag($0, in: temporary.project.id).id
    }
    return (temporary, images, tags)
  }

  private func lastChange(_ temporary: TemporaryLibrary) throws -> Int64 {
    try #require(
      try temporary.library.history(of: temporary.project.id, limit: 1).first?.change)
  }

  private func borne(_ temporary: TemporaryLibrary) throws -> [[TagID]] {
    try temporary.library.images(of: temporary.project.id).map(\.tags)
  }

  @Test func changesOfSeveralPeopleAreTakenBackTogether() async throws {
    let (temporary, images, tags) = try await scene()
    let (library, project) = (temporary.library, temporary.project.id)
    let other = try TemporaryLibrary.open(temporary.folder, actor: "bob")
    try library.label(images, .add(tags[0]), in: project)
    let before = try borne(temporary)
    try library.label([images[0], images[1]], .add(tags[1]), in: project)
    let first = try lastChange(temporary)
    try other.label([images[0]], .add(tags[2]), in: project)
    try other.label([images[3]], .clear, in: project)
    let last = try lastChange(temporary)
    let after = try borne(temporary)
    let outcome = try library.revert(first...last, in: project)
    #expect(outcome.skippedCount == 0)
    #expect(try borne(temporary) == before)
    _ = try library.undo(in: project)
    #expect(try borne(temporary) == after)
  }

  @Test func whatWasChangedSinceIsLeftAlone() async throws {
    let (temporary, images, tags) = try await scene()
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label(images, .add(tags[0]), in: project)
    let change = try lastChange(temporary)
    try library.label([images[2]], .add(tags[1]), in: project)
    let outcome = try library.revert(change...change, in: project)
    #expect(outcome.revertedCount == 3 && outcome.skippedCount == 1)
    #expect(try borne(temporary) == [[], [], [tags[1]], []])
  }

  @Test func anEarlierTagComesBackOnlyWhereNoOtherHasTakenItsPlace() async throws {
    let (temporary, images, tags) = try await scene()
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[0]], .add(tags[0]), in: project)
    try library.label([images[0]], .clear, in: project)
    let change = try lastChange(temporary)
    try library.label([images[0]], .add(tags[1]), in: project)
    let outcome = try library.revert(change...change, in: project)
    #expect(outcome.revertedCount == 0 && outcome.skippedCount == 1)
    #expect(try borne(temporary)[0] == [tags[1]])
  }

  @Test func aTagThatWasDeletedComesBackWithItsLabels() async throws {
    let (temporary, images, tags) = try await scene()
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label(images, .add(tags[0]), in: project)
    _ = try library.deleteTag("red", in: project)
    let change = try lastChange(temporary)
    _ = try library.revert(change...change, in: project)
    #expect(try borne(temporary) == images.map { _ in [tags[0]] })
    // Making a project is nothing that is taken back.
    #expect(try library.revert(1...1, in: project).revertedCount == 0)
  }

  @Test func historyIsToldByWhoAndSinceWhen() async throws {
    let (temporary, images, tags) = try await scene()
    let (library, project) = (temporary.library, temporary.project.id)
    let other = try TemporaryLibrary.open(temporary.folder, actor: "bob")
    try library.label([images[0]], .add(tags[0]), in: project)
    let position = try library.position(of: project)
    try other.label([images[1]], .add(tags[1]), in: project)
    try library.label([images[1]], .remove(tags[1]), in: project)
    let since = try library.history(of: project, after: position)
    #expect(
      since.map(\.after) == [.label(images[1], tags[1], false), .label(images[1], tags[1], true)])
    let bobs = try library.history(of: project, actor: "bob")
    #expect(bobs.map(\.after) == [.label(images[1], tags[1], true)])
  }
}
