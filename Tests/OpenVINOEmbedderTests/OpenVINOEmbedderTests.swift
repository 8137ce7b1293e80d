import Backbones
import Dispatch
import Embeddings
import Foundation
import Imaging
import Setup
import Synchronization
import Testing

@testable import OpenVINOEmbedder

@Suite struct OpenVINOEmbedderTests {
  @Test func graphsAndRecipesAgreeOnInputs() {
    for (graph, recipe) in zip(EmbeddingGraph.all, TestRuntime.recipes) {
      #expect(graph.name == recipe.name)
      #expect(graph.passes.map(\.inputName) == recipe.inputs.map(\.name))
      #expect(graph.passes.map(\.side) == recipe.inputs.map(\.side))
      #expect(graph.passes.map(\.viewCount) == recipe.inputs.map(\.views.count))
    }
  }

  @Test func missingLibraryIsNamed() {
    let embedder = OpenVINOEmbedder(
      recipe: .compact, graph: "/nowhere/compact.onnx", library: "/nowhere/libopenvino_c.so",
      cacheFolder: nil)
    let error = #expect(throws: OpenVINOError.self) {
      try embedder.embed(TestRuntime.picture(seed: 0))
    }
    guard case .libraryNotLoaded(let path, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(path == "/nowhere/libopenvino_c.so" && reason.contains("No such file"))
  }

  @Test(.enabled(if: TestRuntime.isInPlace), arguments: TestRuntime.recipes)
  func embeddingIsThatOfThePlainImplementation(recipe: EmbeddingRecipe) throws {
    // numpy and Pillow made the pinned numbers: Fixtures/make_proof.py of SetupTests.
    let proof = try #require(
      SetupPlan.standard().proofs.first { $0.recipe == recipe.name })
    let picture = proof.picture
    let measured = try TestRuntime.embedder(recipe).embed(
      PixelImage(width: picture.width, height: picture.height, pixels: picture.pixels))
    #expect(measured.count == recipe.dimension)
    let difference = zip(measured, proof.embedding).map { abs($0 - $1) }.max() ?? .infinity
    // Half of the last place of 16-bit floats below 0.25, twice.
    #expect(difference < 0x1p-13, "\(difference)")
    #expect(cosine(measured, proof.embedding) > 0.999999)
  }

  /// The maps, pooled as the recipe says, are the embedding; from the cache, too.
  @Test(.enabled(if: TestRuntime.isInPlace), arguments: TestRuntime.recipes)
  func mapsPoolToTheEmbedding(recipe: EmbeddingRecipe) throws {
    let pooling = try #require(recipe.pooling)
    let pixels = recipe.pixels(of: TestRuntime.picture(seed: 3))
    try TestRuntime.withFolder { folder in
      for _ in 0..<2 {
        let embedder = try TestRuntime.embedder(recipe, cacheFolder: folder)
        let maps = try #require(try embedder.featureMaps(of: pixels))
        #expect(maps.count == recipe.inputs.reduce(0) { $0 + $1.views.count })
        let (pooled, embedding) = (pooling.embedding(of: maps), try embedder.embed(pixels))
        let difference = zip(pooled, embedding).map { abs($0 - $1) }.max() ?? .infinity
        #expect(difference < 1e-4, "\(difference)")
        #expect(cosine(pooled, embedding) > 0.999999)
      }
    }
  }

  @Test func withoutKnownPoolingThereAreNoMaps() throws {
    let embedder = OpenVINOEmbedder(
      recipe: EmbeddingRecipe(name: "mine", version: 1, dimension: 3, inputs: []),
      graph: "/nowhere/mine.onnx", library: "/nowhere/libopenvino_c.so", cacheFolder: nil)
    #expect(try embedder.featureMaps(of: EmbeddingPixels(inputs: [])) == nil)
  }

  @Test(
    .enabled(if: TestRuntime.isInPlace && TestRuntime.python != nil),
    arguments: TestRuntime.recipes)
  func openVINOAndOnnxruntimeAgree(recipe: EmbeddingRecipe) throws {
    let embedder = try TestRuntime.embedder(recipe)
    let layout = try #require(TestRuntime.layout)
    try TestRuntime.withFolder { folder in
      let (pixels, out) = (
        folder.appendingPathComponent("pixels.u8"), folder.appendingPathComponent("out.f32")
      )
      for seed in 0..<3 {
        let picture = TestRuntime.picture(seed: seed)
        var bytes: [UInt8] = []
        for input in recipe.inputs {
          for view in input.views { bytes += view.pixels(of: picture, side: input.side).pixels }
        }
        try Data(bytes).write(to: pixels)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(TestRuntime.python))
        process.arguments = [
          URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/onnxruntime_embed.py").path,
          layout.graph(ofRecipe: recipe.name).path, pixels.path, out.path,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        let expected = try Data(contentsOf: out).withUnsafeBytes {
          Array($0.bindMemory(to: Float.self))
        }
        let measured = try embedder.embed(picture)
        let difference = zip(measured, expected).map { abs($0 - $1) }.max() ?? .infinity
        #expect(measured.count == expected.count && difference < 1e-5, "\(difference)")
      }
    }
  }

  @Test(.enabled(if: TestRuntime.isInPlace))
  func answerDependsOnThePictureAlone() throws {
    let pictures = (0..<6).map { TestRuntime.picture(seed: $0, width: 200 + 40 * $0) }
    let alone = try TestRuntime.embedder(.compact, mode: .latency)
    let expected = try pictures.map { try alone.embed($0) }
    let crowded = try TestRuntime.embedder(.compact, mode: .throughput)
    let wrong = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: 24) { index in
      do {
        let answer = try crowded.embed(pictures[index % 6])
        if answer != expected[index % 6] { wrong.withLock { $0.append("picture \(index % 6)") } }
      } catch {
        wrong.withLock { $0.append("\(error)") }
      }
    }
    #expect(wrong.withLock { $0 } == [])
    #expect(Set(expected.map { $0.map(\.bitPattern) }).count == 6)
  }

  @Test(.enabled(if: TestRuntime.isInPlace))
  func graphOfAnotherRecipeIsRefused() throws {
    let layout = try #require(TestRuntime.layout)
    let graph = layout.graph(ofRecipe: "compact").path
    let recipe = EmbeddingRecipe(
      name: "compact", version: 1, dimension: 2865, inputs: EmbeddingRecipe.compact.inputs)
    let embedder = OpenVINOEmbedder(
      recipe: recipe, graph: graph, library: layout.library.path, cacheFolder: nil)
    #expect(
      throws: OpenVINOError.graphMismatch(
        path: graph, value: "embedding",
        expected: TensorDescription(elementType: 4, shape: [2865]),
        found: TensorDescription(elementType: 4, shape: [2864]))
    ) { try embedder.embed(TestRuntime.picture(seed: 0)) }
  }

  @Test(.enabled(if: TestRuntime.isInPlace))
  func damagedGraphIsAnError() throws {
    let layout = try #require(TestRuntime.layout)
    try TestRuntime.withFolder { folder in
      let graph = folder.appendingPathComponent("compact.onnx")
      let bytes = try Data(contentsOf: layout.graph(ofRecipe: "compact"))
      try bytes.prefix(bytes.count / 2).write(to: graph)
      let embedder = OpenVINOEmbedder(
        recipe: .compact, graph: graph.path, library: layout.library.path, cacheFolder: nil)
      #expect(throws: OpenVINOError.self) { try embedder.embed(TestRuntime.picture(seed: 0)) }
      // Once the file is whole, the same embedder works.
      try bytes.write(to: graph)
      #expect(try embedder.embed(TestRuntime.picture(seed: 0)).count == 2864)
    }
  }
}
