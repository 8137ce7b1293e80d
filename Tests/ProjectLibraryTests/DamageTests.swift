import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Testing

/// Files of the library that somebody or something else has changed.
@Suite struct DamageTests {
  private func imported() async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["red", "green"], count: 6)
    _ = try await temporary.importPhotos()
    return temporary
  }

  private func original(of image: Image, in temporary: TemporaryLibrary) -> URL {
    let digits = image.content.description
    return temporary.folder.appendingPathComponent(
      "library/originals/\(digits.prefix(2))/\(digits)")
  }

  @Test func aSoundLibraryIsFoundSound() async throws {
    let temporary = try await imported()
    let check = try await temporary.library.check { _, _ in }
    #expect(check.isSound)
    #expect(check.contentCount == 12)
    #expect(check.cacheFaults == [])
  }

  @Test func damagedPicturesAreNamedAndMendedByTheirFiles() async throws {
    let temporary = try await imported()
    let (library, project) = (temporary.library, temporary.project)
    let images = try library.images(of: project.id)
    var bytes = try Data(contentsOf: original(of: images[2], in: temporary))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: original(of: images[2], in: temporary))
    try FileManager.default.removeItem(at: original(of: images[7], in: temporary))
    // Also one that was removed, for it may be restored.
    try FileManager.default.removeItem(at: original(of: images[9], in: temporary))
    try library.removeImages([images[9].id], from: project.id)

    let check = try await library.check { _, _ in }
    #expect(!check.isSound)
    #expect(Set(check.damagedImages.map(\.image.id)) == [images[2].id, images[7].id, images[9].id])
    #expect(check.damagedImages.map(\.project) == ["flowers", "flowers", "flowers"])

    let report = try await temporary.importPhotos()
    #expect(report.refused.isEmpty)
    #expect(try await library.check { _, _ in }.isSound)
  }

  /// What a power cut leaves of a file that was renamed before it was written.
  @Test func aFileThatLiesThereAlreadyIsLookedAt() async throws {
    let temporary = try await imported()
    let (library, project) = (temporary.library, temporary.project)
    let images = try library.images(of: project.id)
    try Data().write(to: original(of: images[0], in: temporary))
    let other = try library.createProject("other")
    _ = try await library.importImages(
      [Array(temporary.folder.appendingPathComponent("photos").path.utf8)], into: other,
      tagging: .none, progress: { _ in })
    #expect(try await library.check { _, _ in }.isSound)
  }

  @Test func picturesOfDeletedProjectsAreLookedAt() async throws {
    let temporary = try await imported()
    let (library, project) = (temporary.library, temporary.project)
    let image = try library.images(of: project.id)[0]
    try library.delete(project)
    try FileManager.default.removeItem(at: original(of: image, in: temporary))
    #expect(try await library.check { _, _ in }.damagedImages.map(\.image.id) == [image.id])
  }

  @Test func embeddingsThatWereChangedAreMadeAgain() async throws {
    let temporary = try await imported()
    let (library, project) = (temporary.library, temporary.project)
    let before = try await library.train(project) { _ in }
    try temporary.changeCache("UPDATE embedding SET halves = zeroblob(length(halves))")
    let after = try await library.train(project) { _ in }
    #expect(
      try library.performance(of: before).performance
        == library.performance(of: after).performance)
  }

  @Test func aCacheThatIsBegunAnewIsSaid() async throws {
    let temporary = try await imported()
    let path = try temporary.overwriteCache()
    let warnings = Warnings()
    let library = try TemporaryLibrary.open(
      temporary.folder, warn: { warnings.add($0) })
    let content = try #require(try library.images(of: temporary.project.id).first).content
    #expect(try library.thumbnail(of: content).width == 24)
    #expect(warnings.all == [.cacheBegunAnew(path: path)])
  }
}
