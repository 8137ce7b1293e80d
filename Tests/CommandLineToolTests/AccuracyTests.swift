import Foundation
import Testing

/// What the commands reach on pictures; close bounds are the benchmark's matter.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct AccuracyTests {
  @Test func theSamplePicturesAreNeitherTrivialNorHopeless() throws {
    let library = try TestLibrary()
    try library.done("project", "create", "flowers")
    _ = try library.run("import", TestProgram.sampleData, "--tags-from-folders")
    let overall = try library.done("train")["overall"]
    #expect((0.85...0.97).contains(overall?["accuracy"]?.number ?? 0))
  }

  @Test(.enabled(if: TestProgram.hasPhotos("flowers5"), "needs flowers5 in TAGBENCH_TEST_DATA"))
  func halfOfThePhotosTeachTheOther() throws {
    let library = try TestLibrary()
    let photos = TestProgram.photos.appending(path: "flowers5")
    for tag in ["daisy", "dandelion", "roses", "sunflowers", "tulips"] {
      let files = try FileManager.default.contentsOfDirectory(
        atPath: photos.appending(path: tag).path
      ).sorted()
      for (index, file) in files.enumerated() {
        let folder = library.folder.appending(path: index < files.count / 2 ? "train" : "test")
          .appending(path: tag)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
          at: folder.appending(path: file),
          withDestinationURL: photos.appending(path: tag).appending(path: file))
      }
    }
    try library.done("project", "create", "flowers", "--domain", "compact")
    try library.done("import", library.folder.path + "/train", "--tags-from-folders")
    try library.done("train")
    let judged = try library.done("evaluate", library.folder.path + "/test")
    #expect(judged["imageCount"] == .number(100))
    // 88 % is what product measurements found for 20 pictures a tag.
    #expect((judged["accuracy"]?.number ?? 0) >= 0.8)
  }
}
