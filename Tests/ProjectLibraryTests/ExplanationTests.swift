import Dataset
import Embeddings
import Foundation
import Imaging
import ProjectLibrary
import Testing
import WorkbenchTesting

/// Which part of a picture speaks for a tag.
@Suite struct ExplanationTests {
  /// Pools the mean colours of a grid, as networks pool their maps.
  private struct ColorEmbedder: Embedder {
    let recipe = EmbeddingRecipe(
      name: "colours", version: 1, dimension: 3,
      inputs: [EmbeddingInput(name: "pixels", side: 8, views: [.squeezed])],
      pooling: EmbeddingPooling(networks: [
        EmbeddingPooling.Network(
          viewCount: 1,
          blocks: [
            EmbeddingPooling.Block(map: 0, channelCount: 3, statistic: .rootOfMean, weight: 1)
          ])
      ]))
    let preferredConcurrency = 1

    func embed(_ pixels: EmbeddingPixels) -> [Float] {
      recipe.pooling?.embedding(of: maps(pixels)) ?? []
    }

    func featureMaps(of pixels: EmbeddingPixels) -> [[FeatureMap]]? { maps(pixels) }

    private func maps(_ pixels: EmbeddingPixels) -> [[FeatureMap]] {
      let image = pixels.inputs[0][0]
      return [
        [
          FeatureMap(
            channelCount: 3, rowCount: 8, columnCount: 8,
            values: (0..<3).flatMap { channel in
              (0..<64).map { Float(image.pixels[3 * $0 + channel]) / 255 }
            })
        ]
      ]
    }
  }

  private func trained(
    _ embedder: @escaping @Sendable (Domain) throws -> any Embedder
  ) async throws -> TemporaryLibrary {
    let temporary = try TemporaryLibrary(embedder: embedder)
    try temporary.writePictures(["red", "green", "blue"], count: 6)
    _ = try await temporary.importPhotos()
    _ = try await temporary.library.train(temporary.project) { _ in }
    return temporary
  }

  /// Red above, green on the lower left, blue on the lower right.
  private func mixture(_ temporary: TemporaryLibrary) throws -> [UInt8] {
    let pixels = (0..<40 * 40).flatMap { index -> [UInt8] in
      let color = index / 40 < 20 ? 0 : index % 40 < 20 ? 1 : 2
      return (0..<3).map { $0 == color ? 200 : 70 }
    }
    let file = temporary.folder.appendingPathComponent("mixture.png")
    try Data(PixelImage(width: 40, height: 40, pixels: pixels).pngData()).write(to: file)
    return Array(file.path.utf8)
  }

  @Test func eachTagHasItsPartOfThePicture() async throws {
    let temporary = try await trained { _ in ColorEmbedder() }
    let (library, project) = (temporary.library, temporary.project)
    let classifier = try library.classifier(try library.iteration(nil, of: project))
    let file = try mixture(temporary)
    for (name, region) in [
      ("red", Explanation.Region.upper), ("green", .lowerLeft), ("blue", .lowerRight),
    ] {
      let tag = try library.tag(name, of: project.id)
      let explanation = try library.explain(file: file, as: tag, with: classifier)
      #expect(explanation.tag == tag)
      #expect(explanation.region == region, "\(name): \(explanation.values)")
    }
  }

  @Test func withoutATagTheMostProbableIsExplainedAsItIsPredicted() async throws {
    let temporary = try await trained { _ in ColorEmbedder() }
    let (library, project) = (temporary.library, temporary.project)
    let classifier = try library.classifier(try library.iteration(nil, of: project))
    let image = try #require(
      library.images(of: project.id).first { $0.name.hasPrefix("3") && !$0.tags.isEmpty })
    let explanation = try library.explain(image, with: classifier)
    let predicted = try #require(
      library.suggestions(for: [image], by: classifier).first?.predictions.first)
    #expect(explanation.tag == predicted.tag)
    #expect(abs(explanation.probability - predicted.probability) < 1e-6)
  }

  @Test func whatCannotBeExplainedIsSaid() async throws {
    let temporary = try await trained { _ in FakeEmbedder() }
    let (library, project) = (temporary.library, temporary.project)
    let classifier = try library.classifier(try library.iteration(nil, of: project))
    let file = try mixture(temporary)
    #expect(throws: LibraryError.notExplainable(iteration: 1, domain: project.domain)) {
      try library.explain(file: file, with: classifier)
    }
    #expect(throws: Refusal.notAnImage) {
      try library.explain(file: Array("/proc/version".utf8), with: classifier)
    }
  }

  @Test func tagsThatTheIterationDoesNotKnowAreRefused() async throws {
    let temporary = try await trained { _ in ColorEmbedder() }
    let (library, project) = (temporary.library, temporary.project)
    let classifier = try library.classifier(try library.iteration(nil, of: project))
    let tag = try library.createTag("grey", in: project.id)
    let file = try mixture(temporary)
    #expect(throws: LibraryError.tagNotFound("grey", known: classifier.tags.map(\.name))) {
      try library.explain(file: file, as: tag, with: classifier)
    }
  }
}
