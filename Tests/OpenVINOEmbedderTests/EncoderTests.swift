import Backbones
import Embeddings
import Foundation
import Imaging
import ONNXGraph
import Setup
import Testing

@testable import OpenVINOEmbedder

/// Encoders of people: what is built of them, and what is refused.
@Suite(.enabled(if: TestRuntime.isInPlace)) struct EncoderTests {
  private static let imagenet = (
    mean: [123.675, 116.28, 103.53] as [Float], deviation: [58.395, 57.12, 57.375] as [Float]
  )

  private static func specification(
    _ model: String, output: String? = nil, pooling: EncoderSpecification.Pooling = .none,
    views: [EncoderSpecification.View] = [.squeezed, .centred],
    mean: [Float] = [0, 0, 0], deviation: [Float] = [255, 255, 255]
  ) -> EncoderSpecification {
    var specification = EncoderSpecification(
      name: "tiny", model: "\(model).onnx", side: 32, mean: mean, deviation: deviation,
      pooling: pooling)
    specification.output = output
    specification.views = views
    return specification
  }

  /// The cases of Fixtures/make_encoders.py.
  private static let cases: [(key: String, EncoderSpecification)] = {
    let half: [Float] = [127.5, 127.5, 127.5]
    var towers = specification(
      "towers", output: "embedding", mean: imagenet.mean, deviation: imagenet.deviation)
    towers.layout = .pixels
    towers.channels = .bgr
    return [
      (
        "plain, none",
        specification("plain", mean: imagenet.mean, deviation: imagenet.deviation)
      ),
      (
        "plain, mean",
        specification(
          "plain", output: "map", pooling: .mean, views: [.centred], mean: imagenet.mean,
          deviation: imagenet.deviation)
      ),
      (
        // The operation's name, not the value's.
        "plain, mean+deviation",
        specification(
          "plain", output: "relu", pooling: .meanAndDeviation, mean: imagenet.mean,
          deviation: imagenet.deviation)
      ),
      ("tokens, mean", specification("tokens", pooling: .mean, mean: half, deviation: half)),
      (
        "tokens, first",
        specification("tokens", pooling: .first, views: [.squeezed], mean: half, deviation: half)
      ),
      ("tokens, mean+deviation", specification("tokens", pooling: .meanAndDeviation)),
      ("towers, none", towers),
      ("branch, none", specification("branch", views: [.centred])),
    ]
  }()

  private static let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/Encoders")

  private static func model(_ specification: EncoderSpecification) -> URL {
    fixtures.appendingPathComponent(specification.model)
  }

  private static func encoders(in folder: URL) -> EncoderFolder {
    EncoderFolder(folder: folder.appendingPathComponent("encoders"), digest: sha256)
  }

  private static func embedder(_ encoder: InstalledEncoder) throws -> OpenVINOEmbedder {
    let layout = try #require(TestRuntime.layout)
    let specification = encoder.manifest.specification
    return OpenVINOEmbedder(
      recipe: EmbeddingRecipe(
        name: "encoder:\(encoder.name)", version: 1, dimension: encoder.manifest.dimension,
        inputs: try specification.views.map {
          EmbeddingInput(
            name: EncoderGraph.inputName(of: $0), side: specification.side,
            views: [try #require(EmbeddingView(rawValue: $0.rawValue))])
        }, output: EncoderGraph.outputName, digest: encoder.manifest.graphSHA256),
      graph: encoder.graph.path, library: layout.library.path, cacheFolder: nil)
  }

  private static func add(
    _ specification: EncoderSpecification, to folder: EncoderFolder, model: URL? = nil
  ) throws -> (encoder: InstalledEncoder, isNew: Bool) {
    let library = try #require(TestRuntime.layout).library.path
    return try folder.add(specification, model: model ?? Self.model(specification)) {
      try OpenVINOInspection.shape(
        ofOutput: EncoderGraph.outputName, ofGraph: $0.path, library: library)
    } embed: {
      try embedder($0).embed(PixelImage(width: $1.width, height: $1.height, pixels: $1.pixels))
    }
  }

  @Test(arguments: cases.indices)
  func embeddingsAreThoseOfThePlainNetwork(index: Int) throws {
    let (key, specification) = Self.cases[index]
    let data = try Data(contentsOf: Self.fixtures.appendingPathComponent("expected.json"))
    let expected = try #require(
      JSONDecoder().decode([String: [Float]].self, from: data)[key])
    try TestRuntime.withFolder { folder in
      let (encoder, isNew) = try Self.add(specification, to: Self.encoders(in: folder))
      #expect(isNew && encoder.manifest.dimension == expected.count)
      let picture = ProofPicture.disc
      let measured = try Self.embedder(encoder).embed(
        PixelImage(width: picture.width, height: picture.height, pixels: picture.pixels))
      // Pillow's pixels may differ by one of 255.
      let difference = zip(measured, expected).map { abs($0 - $1) }.max() ?? .infinity
      #expect(measured.count == expected.count && difference < 2e-3, "\(key): \(difference)")
      #expect(cosine(measured, expected.map { $0 }) > 0.99999)
    }
  }

  @Test func whatTheOutputDoesNotNeedIsNotCopied() throws {
    let bytes = [UInt8](try Data(contentsOf: Self.fixtures.appendingPathComponent("towers.onnx")))
    #expect(try ONNXNetwork(bytes: bytes, output: nil).inputs.map(\.name) == ["image", "text"])
    #expect(try ONNXNetwork(bytes: bytes, output: "embedding").inputs.map(\.name) == ["image"])
  }

  @Test(arguments: [
    (specification("plain", output: "map"), [1, 8, 8, 8]),
    (specification("plain", pooling: .mean), [1, 12]),
    (specification("tokens"), [1, 64, 8]),
    (specification("plain", output: "map", pooling: .first), [1, 8, 8, 8]),
  ])
  func outputsThatThePoolingDoesNotTakeAreNamed(
    specification: EncoderSpecification, shape: [Int]
  ) throws {
    try TestRuntime.withFolder { folder in
      let error = #expect(throws: EncoderError.self) {
        try Self.add(specification, to: Self.encoders(in: folder))
      }
      guard case .outputShape(_, specification.pooling, shape) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test func networksThatDoNotFitAreRefused() throws {
    try TestRuntime.withFolder { folder in
      let encoders = Self.encoders(in: folder)
      func expect(_ error: some Error & Equatable, _ specification: EncoderSpecification) {
        #expect(throws: error) { try Self.add(specification, to: encoders) }
      }
      expect(
        ONNXGraphError.unknownOutput("features", known: ["embedding", "map"]),
        Self.specification("plain", output: "features"))
      expect(ONNXGraphError.externalData(tensor: "kernel"), Self.specification("external"))
      expect(EncoderError.inputType(name: "raw", code: 2), Self.specification("bytes"))
      expect(
        EncoderError.inputCount(names: ["image", "text"]), Self.specification("towers"))
      expect(EncoderError.needsOneView(operation: "if"), Self.specification("branch"))
      var large = Self.specification("tokens", pooling: .mean)
      large.side = 64
      expect(
        EncoderError.inputShape(
          name: "x", expected: ["1", "3", "64", "64"], found: ["1", "3", "32", "32"]), large)
      var turned = Self.specification("plain")
      turned.layout = .pixels
      expect(
        EncoderError.inputShape(
          name: "pixels", expected: ["1", "32", "32", "3"], found: ["?", "3", "32", "32"]), turned)
      expect(SetupError.encoderUnfit(name: "tiny", .blind), Self.specification("blind"))
      expect(
        SetupError.encoderUnfit(name: "tiny", .allZero),
        Self.specification("blind", output: "nothing"))
      expect(SetupError.encoderUnfit(name: "tiny", .notFinite), Self.specification("infinite"))
      // Nothing of them is left.
      #expect(encoders.encoders().isEmpty)
      let left = try FileManager.default.contentsOfDirectory(atPath: encoders.folder.path)
      #expect(left == [])
    }
  }

  @Test func bytesThatAreNoNetworkAreRefused() throws {
    try TestRuntime.withFolder { folder in
      let file = folder.appendingPathComponent("text.onnx")
      try Data("no network".utf8).write(to: file)
      #expect(throws: ONNXGraphError.notAModel) {
        try Self.add(Self.specification("plain"), to: Self.encoders(in: folder), model: file)
      }
      let whole = [UInt8](
        try Data(contentsOf: Self.fixtures.appendingPathComponent("plain.onnx")))
      for count in stride(from: 0, to: whole.count, by: 7) {
        // Some beginnings are whole messages; the point is that each is answered.
        _ = try? ONNXNetwork(bytes: Array(whole[..<count]), output: nil)
      }
    }
  }

  @Test func oneNameIsOneEncoder() throws {
    try TestRuntime.withFolder { folder in
      let encoders = Self.encoders(in: folder)
      let specification = Self.specification("plain")
      let first = try Self.add(specification, to: encoders)
      let again = try Self.add(specification, to: encoders)
      #expect(first.isNew && !again.isNew && first.encoder == again.encoder)
      // The same model, otherwise described.
      var other = specification
      other.deviation = [254, 255, 255]
      #expect(throws: SetupError.encoderDiffers(name: "tiny")) {
        try Self.add(other, to: encoders)
      }
      other.name = "other"
      let second = try Self.add(other, to: encoders).encoder
      #expect(second.manifest.modelSHA256 == first.encoder.manifest.modelSHA256)
      #expect(second.manifest.graphSHA256 != first.encoder.manifest.graphSHA256)
      #expect(encoders.encoders().map(\.name) == ["other", "tiny"])
      #expect(try encoders.encoder(named: "tiny") == first.encoder)
      try encoders.remove("other")
      #expect(throws: SetupError.encoderMissing(name: "other", known: ["tiny"])) {
        try encoders.encoder(named: "other")
      }
    }
  }

  @Test func damageIsFoundAndMended() throws {
    try TestRuntime.withFolder { folder in
      let encoders = Self.encoders(in: folder)
      let encoder = try Self.add(Self.specification("plain"), to: encoders).encoder
      let whole = try Data(contentsOf: encoder.graph)
      #expect(encoders.diagnosis().map(\.state) == [.inPlace(byteCount: whole.count)])
      var flipped = whole
      flipped[whole.count / 2] ^= 1
      try flipped.write(to: encoder.graph)
      #expect(encoders.diagnosis().map(\.state) == [.altered([encoder.graph.path])])
      #expect(try Self.add(Self.specification("plain"), to: encoders).isNew)
      #expect(encoders.diagnosis().map(\.isHealthy) == [true])
      try whole.dropLast().write(to: encoder.graph)
      #expect(throws: SetupError.encoderDamaged(name: "tiny", path: encoder.folder.path)) {
        try encoders.encoder(named: "tiny")
      }
      #expect(try Self.add(Self.specification("plain"), to: encoders).isNew)
      #expect(encoders.diagnosis().map(\.isHealthy) == [true])
    }
  }
}

@Suite struct PrecisionTests {
  @Test func precisionsAndGraphsHaveKeysOfTheirOwn() {
    let recipes =
      [EmbeddingRecipe.compact, .general].flatMap { recipe in
        Precision.allCases.map { recipe.computed(in: $0) }
      }
      + ["1a", "2b"].map {
        EmbeddingRecipe(name: "encoder:mine", version: 1, dimension: 8, inputs: [], digest: $0)
      }
    #expect(Set(recipes.map(\.cacheKey)).count == recipes.count)
    #expect(EmbeddingRecipe.compact.computed(in: .f32).cacheKey == "compact/2")
    #expect(EmbeddingRecipe.compact.computed(in: .bf16).cacheKey == "compact/2/bf16")
  }

  @Test func onlyWhatTheProcessorSaysIsOffered() {
    func offered(_ capabilities: String...) -> [Precision] {
      OpenVINOInspection.Processor(name: "x", capabilities: Set(capabilities)).precisions
    }
    #expect(offered("FP32", "INT8", "BIN") == [.f32])
    #expect(offered("FP32", "BF16") == [.f32, .bf16])
    #expect(offered("FP32", "BF16", "FP16", "INT8") == [.f32, .bf16, .f16])
    #expect(offered() == [.f32])
  }

  @Test(.enabled(if: TestRuntime.isInPlace)) func whatTheProcessorLacksIsRefused() throws {
    let layout = try #require(TestRuntime.layout)
    let processor = try OpenVINOInspection.processor(library: layout.library.path)
    #expect(!processor.name.isEmpty && processor.capabilities.contains("FP32"))
    for precision in Precision.allCases {
      let embedder = try TestRuntime.embedder(.compact.computed(in: precision))
      let picture = TestRuntime.picture(seed: 3)
      if processor.precisions.contains(precision) {
        let exact = try TestRuntime.embedder(.compact).embed(picture)
        #expect(cosine(try embedder.embed(picture), exact) > 0.99)
      } else {
        #expect(
          throws: OpenVINOError.precisionUnsupported(precision, processor: processor.name)
        ) { try embedder.embed(picture) }
      }
    }
  }
}
