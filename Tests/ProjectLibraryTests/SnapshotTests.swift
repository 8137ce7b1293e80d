import Dataset
import Imaging
import ProjectLibrary
import Testing

/// Projects as they were, and copies of them.
@Suite struct SnapshotTests {
  @Test func iterationShowsWhatItWasTrainedOn() async throws {
    let temporary = try TemporaryLibrary()
    let (library, project) = (temporary.library, temporary.project)
    try temporary.writePictures(["blue", "red"], count: 5)
    _ = try await temporary.importPhotos()
    let iteration = try await library.train(project) { _ in }
    let (images, tags) = (
      try library.images(of: project.id), try library.tagCounts(of: project.id)
    )
    let green = try library.createTag("green", in: project.id)
    try library.label([images[0].id], .add(green.id), in: project.id)
    try library.removeImages([images[1].id], from: project.id)
    try library.renameTag("red", to: "crimson", in: project.id)
    #expect(try library.images(of: project.id, asOf: iteration) == images)
    #expect(try library.tagCounts(of: project.id, asOf: iteration) == tags)
    let judged = try library.judgedImages(of: iteration)
    #expect(judged.map(\.image) == images)
    #expect(judged.allSatisfy { $0.predictions.count == 2 })
  }

  @Test func copyHasTheTagsAndImagesOfItsMoment() throws {
    let temporary = try TemporaryLibrary(type: .multilabel)
    let (library, project) = (temporary.library, temporary.project)
    let red = try library.createTag("red", in: project.id)
    try library.createTag("none", kind: .negative, in: project.id)
    try library.describe(red.id, as: "like blood", in: project.id)
    let bytes = Array(try TemporaryLibrary.picture(classIndex: 0, seed: 1).pngData())
    _ = try library.add(
      [NewPicture(name: "a", bytes: bytes, tags: [red.id], metadata: ["k": "v"])], to: project,
      within: PictureBounds(side: 100, ratio: 4))
    let (moment, imageCount, tagCount) = try library.moment(of: project.id)
    #expect((imageCount, tagCount) == (1, 2))
    try library.deleteTag("red", in: project.id)
    let copy = try library.copy(moment, named: nil)
    #expect(copy.name == "flowers 2" && copy.type == .multilabel && copy.id != project.id)
    let counts = try library.tagCounts(of: copy.id)
    #expect(counts.map(\.tag.name) == ["red", "none"] && counts.map(\.imageCount) == [1, 0])
    #expect(counts[1].tag.kind == .negative)
    #expect(try library.tagDescriptions(of: copy.id) == [counts[0].tag.id: "like blood"])
    let image = try #require(try library.images(of: copy.id).first)
    #expect(try library.metadata(of: copy.id) == [image.id: ImageMetadata(["k": "v"])])
    #expect(throws: LibraryError.self) { try library.copy(moment, named: "flowers") }
  }

  @Test func negativeTagStandsAlone() throws {
    let temporary = try TemporaryLibrary(type: .multilabel)
    let (library, project) = (temporary.library, temporary.project)
    let (red, blue) = (
      try library.createTag("red", in: project.id), try library.createTag("blue", in: project.id)
    )
    let bytes = Array(try TemporaryLibrary.picture(classIndex: 0, seed: 1).pngData())
    _ = try library.add(
      [NewPicture(name: "a", bytes: bytes, tags: [red.id, blue.id])], to: project,
      within: PictureBounds(side: 100, ratio: 4))
    #expect(throws: LibraryError.self) {
      try library.setKind(.negative, of: red.id, in: project.id)
    }
    let spare = try library.createTag("spare", in: project.id)
    try library.setKind(.negative, of: spare.id, in: project.id)
    #expect(try library.tag("spare", of: project.id).kind == .negative)
    #expect(throws: LibraryError.negativeTagExists("spare")) {
      try library.setKind(.negative, of: blue.id, in: project.id)
    }
  }
}
