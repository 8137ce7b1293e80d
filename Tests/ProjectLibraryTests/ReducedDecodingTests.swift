import Dataset
import Embeddings
import Foundation
import Imaging
import ProjectLibrary
import Synchronization
import Testing
import WorkbenchTesting

@Suite struct ReducedDecodingTests {
  /// A photo that is twice as large as embeddings and thumbnails need it.
  private static func photo() throws -> [UInt8] {
    try TemporaryLibrary.picture(classIndex: 0, seed: 1).resized(toWidth: 1400, height: 1330)
      .jpegData(quality: 90)
  }

  private static func writePhoto(into temporary: TemporaryLibrary) throws {
    try Data(photo()).write(to: temporary.folder.appendingPathComponent("photos/photo.jpg"))
  }

  /// What an embedding of the photo is to be made of.
  private static func expectedPixels(_ recipe: EmbeddingRecipe) throws -> [[PixelImage]] {
    let reduced = try decodeImage(photo(), reducedTo: 658)
    #expect((reduced.width, reduced.height) == (700, 665))
    return recipe.pixels(of: reduced).inputs
  }

  @Test func embeddingIsMadeOfTheSamePixelsAfterAnImportAndWhenAsked() async throws {
    let recorder = RecordingEmbedder()
    let expected = try Self.expectedPixels(recorder.recipe)
    #expect(try expected != recorder.recipe.pixels(of: decodeImage(Self.photo())).inputs)
    let temporary = try TemporaryLibrary { _ in recorder }
    let (library, project) = (temporary.library, temporary.project)
    try temporary.writePictures(["red", "green"], count: 6)
    _ = try await temporary.importPhotos()
    let classifier = try library.classifier(try await library.train(project) { _ in })
    _ = try library.predict(
      Self.photo(), with: classifier, within: PictureBounds(side: 2000, ratio: 10))
    #expect(recorder.last == expected)

    try Self.writePhoto(into: temporary)
    _ = try await temporary.importPhotos("photos/photo.jpg", tagging: .none)
    #expect(try await library.embedImages(of: project) { _ in }.madeCount == 1)
    #expect(recorder.last == expected)
    let image = try #require(try library.images(of: project.id).first { $0.name == "photo.jpg" })
    #expect((image.width, image.height) == (1400, 1330))
    let thumbnail = try library.thumbnail(of: image.content)
    #expect((thumbnail.width, thumbnail.height) == (256, 243))
  }

  @Test func embeddingIsMadeOfTheSamePixelsBesideAnImport() async throws {
    let recorder = RecordingEmbedder()
    let temporary = try TemporaryLibrary { _ in recorder }
    let report = try await temporary.besideAJob {
      try Self.writePhoto(into: temporary)
      _ = try await temporary.importPhotos("photos/photo.jpg", tagging: .none)
    }
    #expect(report.madeCount == 2)
    #expect(try recorder.last == Self.expectedPixels(recorder.recipe))
  }

  @Test func headsFromBeforeJudgeOnAndThoseOfOtherRecipesAreRefused() async throws {
    let (temporary, classifier) = try await TemporaryLibrary.trained()
    let next = try TemporaryLibrary.open(
      temporary.folder, embedder: { _ in FakeEmbedder(version: 2) })
    #expect(try next.classifier(classifier.iteration).tags == classifier.tags)
    let later = try TemporaryLibrary.open(
      temporary.folder, embedder: { _ in FakeEmbedder(version: 3) })
    #expect(throws: LibraryError.recipeUnknown(iteration: 1, recipe: "fake/1")) {
      try later.classifier(classifier.iteration)
    }
  }
}

/// Remembers what it was last asked to embed.
private final class RecordingEmbedder: Embedder {
  let recipe = FakeEmbedder().recipe
  let preferredConcurrency = 1
  private let pixels = Mutex<[[PixelImage]]>([])

  var last: [[PixelImage]] { pixels.withLock { $0 } }

  func embed(_ pixels: EmbeddingPixels) -> [Float] {
    self.pixels.withLock { $0 = pixels.inputs }
    return FakeEmbedder().embed(pixels)
  }
}
