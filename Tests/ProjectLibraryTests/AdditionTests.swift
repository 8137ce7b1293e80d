import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Testing

/// Pictures and tags that programs hand over.
@Suite struct AdditionTests {
  private let bounds = PictureBounds(side: 100, ratio: 4)

  private func picture(_ name: String, seed: Int, tags: [TagID] = []) throws -> NewPicture {
    NewPicture(
      name: name, bytes: Array(try TemporaryLibrary.picture(classIndex: 0, seed: seed).pngData()),
      tags: tags)
  }

  @Test func eachPictureIsJudgedByItself() throws {
    let temporary = try TemporaryLibrary()
    let (library, project) = (temporary.library, temporary.project)
    let red = try library.createTag("red", in: project.id).id
    let blue = try library.createTag("blue", in: project.id).id
    let long = PixelImage(width: 90, height: 10, pixels: [UInt8](repeating: 9, count: 2_700))
    let additions = try library.add(
      [
        try picture("a", seed: 1, tags: [red]), try picture("again", seed: 1, tags: [blue]),
        NewPicture(name: "text", bytes: Array("no picture".utf8), tags: []),
        NewPicture(name: "long", bytes: Array(try long.pngData()), tags: []),
        try picture("b", seed: 2, tags: [.random()]),
        try picture("c", seed: 3, tags: [red, blue]),
      ], to: project, within: bounds)
    let image = try #require(try library.images(of: project.id).first)
    #expect(additions[0] == .added(image.id))
    #expect(additions[1] == .duplicate(image.id))
    #expect(additions[2] == .refused(.picture(.notAnImage)))
    #expect(additions[3] == .refused(.outOfBounds(.tooNarrow(width: 90, height: 10))))
    #expect(additions[5] == .refused(.severalTags))
    guard case .refused(.unknownTag) = additions[4] else {
      Issue.record("\(additions[4])")
      return
    }
    // The duplicate keeps the tag that it bears.
    #expect(try temporary.labels() == ["a": ["red"]])
    #expect(try library.file(of: image) == picture("a", seed: 1).bytes)
  }

  @Test func labelsAreGivenAllOrNone() throws {
    let temporary = try TemporaryLibrary(type: .multilabel)
    let (library, project) = (temporary.library, temporary.project)
    let red = try library.createTag("red", in: project.id).id
    let none = try library.createTag("none", kind: .negative, in: project.id).id
    _ = try library.add([try picture("a", seed: 1)], to: project, within: bounds)
    let image = try #require(try library.images(of: project.id).first).id
    #expect(throws: LibraryError.imageNotFound(ImageID(GUID(high: 1, low: 1)).description)) {
      _ = try library.addLabels(
        [(image, red), (ImageID(GUID(high: 1, low: 1)), red)], in: project.id)
    }
    #expect(try temporary.labels() == ["a": []])
    #expect(
      try library.addLabels([(image, red), (image, red)], in: project.id) == [.given, .present])
    #expect(throws: LibraryError.negativeTagBesideOthers(image: image.description)) {
      _ = try library.addLabels([(image, none)], in: project.id)
    }
  }

  @Test func whatIsSaidToBeGivenIsBorne() throws {
    let temporary = try TemporaryLibrary(type: .multiclass)
    let (library, project) = (temporary.library, temporary.project)
    let (red, blue) = (
      try library.createTag("red", in: project.id).id,
      try library.createTag("blue", in: project.id).id
    )
    _ = try library.add(
      [try picture("a", seed: 1), try picture("b", seed: 2)], to: project, within: bounds)
    let images = try library.images(of: project.id).map(\.id)
    #expect(
      try library.addLabels(
        [(images[0], red), (images[0], blue), (images[1], blue), (images[0], red)],
        in: project.id) == [.given, .exceeding, .given, .present])
    #expect(try temporary.labels() == ["a": ["red"], "b": ["blue"]])
    // A tag of an earlier request gives way.
    #expect(
      try library.addLabels([(images[0], blue), (images[0], red)], in: project.id)
        == [.given, .exceeding])
    #expect(try temporary.labels() == ["a": ["blue"], "b": ["blue"]])
  }

  @Test func metadataHasALimitForTheWholeImage() throws {
    let temporary = try TemporaryLibrary()
    let (library, project) = (temporary.library, temporary.project)
    let bounds = PictureBounds(side: 100, ratio: 4, metadataCount: 2)
    func add(_ metadata: [String: String]) throws -> Addition? {
      let bytes = try picture("a", seed: 1).bytes
      return try library.add(
        [NewPicture(name: "a", bytes: bytes, tags: [], metadata: metadata)], to: project,
        within: bounds
      ).first
    }
    _ = try add(["one": "1"])
    let image = try #require(try library.images(of: project.id).first).id
    #expect(try add(["one": "2", "two": "2"]) == .duplicate(image))
    #expect(try add(["three": "3"]) == .refused(.metadataExceeding))
    #expect(try add([:]) == .duplicate(image))
    func update(_ entries: [String: String]) throws -> [MetadataAddition] {
      try library.addMetadata(
        entries, to: [image, ImageID(GUID(high: 1, low: 1))], in: project.id, limit: 2)
    }
    #expect(try update(["three": "3"]) == [.exceeding, .imageNotFound])
    let changed = ImageMetadata(["one": "3", "two": "2"])
    #expect(try update(["one": "3"]) == [.added(changed), .imageNotFound])
    #expect(try library.metadata(of: [image]) == [image: changed])
  }

  @Test func unchangedLabelsNeedNoTraining() async throws {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["red", "green"], count: 6)
    _ = try await temporary.importPhotos()
    let (library, project) = (temporary.library, temporary.project)
    let request = TrainingRequest(iteration: .random())
    try library.checkTraining(of: project, request, evenIfUnchanged: false)
    let iteration = try await library.train(project, request) { _ in }
    #expect(iteration.id == request.iteration)
    #expect(throws: LibraryError.nothingToTrain(sinceIteration: 1)) {
      try library.checkTraining(of: project, request, evenIfUnchanged: false)
    }
    try library.checkTraining(of: project, request, evenIfUnchanged: true)
    let image = try #require(try library.images(of: project.id).first)
    try library.label([image.id], .clear, in: project.id)
    try library.checkTraining(of: project, request, evenIfUnchanged: false)
  }
}
