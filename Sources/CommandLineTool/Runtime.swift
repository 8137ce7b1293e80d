import Backbones
import Dataset
import Embeddings
import Foundation
import Imaging
import OpenVINOEmbedder
import ProjectLibrary
import Settings
import Setup
import Synchronization

/// The inference runtime and the networks that set-up has put in place.
enum Runtime {
  /// Set-up for this computer and this user.
  ///
  /// - Throws: `SetupError.unsupportedArchitecture`.
  static func setup() throws -> RuntimeSetup {
    RuntimeSetup(
      plan: try SetupPlan.standard(),
      location: RuntimeLocation(
        environment: ProcessInfo.processInfo.environment,
        home: URL(fileURLWithPath: Locations.home)), digest: sha256)
  }

  /// Whether pictures can be embedded.
  static var isReady: Bool {
    // On a computer that set-up does not know, nothing is ready; set-up itself says why.
    (try? setup().isInPlace) ?? false
  }

  /// Puts a new run of the program, with the same arguments, in the place of this process.
  ///
  /// - Throws: `POSIXError`.
  static func startProgramAnew() throws -> Never {
    execv("/proc/self/exe", CommandLine.unsafeArgv)
    throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
  }

  /// The encoders that this user has added.
  static var encoders: EncoderFolder {
    EncoderFolder(
      folder: URL(fileURLWithPath: "\(Locations.data)/tagbench/encoders"), digest: sha256)
  }

  /// What embeds the pictures of a domain, as the settings say; nothing is loaded before the first
  /// picture.
  ///
  /// - Throws: `RuntimeMissing`; `SetupError` for an encoder that is not here; `SettingsError`.
  static func embedder(for domain: Domain) throws -> any Embedder {
    let setup = try setup()
    guard setup.isInPlace else { throw RuntimeMissing() }
    let cacheFolder = setup.location.compiledGraphs.path
    let precision = try precision()
    switch domain {
    case .general, .compact:
      let recipe = (domain == .general ? EmbeddingRecipe.general : .compact).computed(in: precision)
      return shared(recipe) { embedder(for: recipe, in: setup.layout, cacheFolder: cacheFolder) }
    case .encoder(let name):
      let encoder = try encoders.encoder(named: name)
      let recipe = EmbeddingRecipe(encoder).computed(in: precision)
      return shared(recipe) {
        OpenVINOEmbedder(
          recipe: recipe, graph: encoder.graph.path, library: setup.layout.library.path,
          cacheFolder: cacheFolder)
      }
    }
  }

  /// The embedders that somebody holds, by the keys of their recipes, which tell their graphs apart.
  private static let embedders = Mutex<[String: Weak]>([:])

  private struct Weak: Sendable {
    weak let embedder: OpenVINOEmbedder?
  }

  /// The embedder that somebody holds already, since a network that is loaded takes much memory; else
  /// a new one.
  private static func shared(
    _ recipe: EmbeddingRecipe, _ make: () -> OpenVINOEmbedder
  ) -> OpenVINOEmbedder {
    embedders.withLock { embedders in
      if let known = embedders[recipe.cacheKey]?.embedder { return known }
      let made = make()
      embedders[recipe.cacheKey] = Weak(embedder: made)
      return made
    }
  }

  /// The graph that makes a domain's embeddings, an ONNX file.
  ///
  /// - Throws: `RuntimeMissing`; `SetupError` for an encoder that is not here; what keeps the file
  ///   from being read.
  static func recipeGraph(of domain: Domain) throws -> [UInt8] {
    let setup = try setup()
    guard setup.isInPlace else { throw RuntimeMissing() }
    let graph =
      switch domain {
      case .general: setup.layout.graph(ofRecipe: EmbeddingRecipe.general.name)
      case .compact: setup.layout.graph(ofRecipe: EmbeddingRecipe.compact.name)
      case .encoder(let name): try encoders.encoder(named: name).graph
      }
    return Array(try Data(contentsOf: graph))
  }

  /// A model from a file, ready to be run.
  ///
  /// - Throws: `RuntimeMissing`, `OpenVINOError`.
  static func model(at path: String) throws -> OpenVINOModel {
    let setup = try setup()
    guard setup.isInPlace else { throw RuntimeMissing() }
    return try OpenVINOModel(path: path, library: setup.layout.library.path)
  }

  /// The precision that is set.
  static func precision() throws -> Precision {
    switch try Locations.engineSettings().precision.value {
    case .f32: .f32
    case .bf16: .bf16
    case .f16: .f16
    }
  }

  /// Adds an encoder, after trying it.
  ///
  /// - Throws: `RuntimeMissing`, `SetupError`, `EncoderError`, `ONNXGraphError`, `OpenVINOError`.
  static func add(
    _ specification: EncoderSpecification, model: String
  ) throws -> (encoder: InstalledEncoder, isNew: Bool) {
    let setup = try setup()
    guard setup.isInPlace else { throw RuntimeMissing() }
    let library = setup.layout.library.path
    return try encoders.add(specification, model: URL(fileURLWithPath: model)) { graph in
      try OpenVINOInspection.shape(
        ofOutput: EncoderGraph.outputName, ofGraph: graph.path, library: library)
    } embed: { encoder, picture in
      try OpenVINOEmbedder(
        recipe: EmbeddingRecipe(encoder), graph: encoder.graph.path, library: library,
        cacheFolder: nil
      ).embed(PixelImage(picture))
    }
  }

  static func embedder(
    for recipe: EmbeddingRecipe, in layout: RuntimeLayout, cacheFolder: String?
  ) -> OpenVINOEmbedder {
    OpenVINOEmbedder(
      recipe: recipe, graph: layout.graph(ofRecipe: recipe.name).path,
      library: layout.library.path, cacheFolder: cacheFolder,
      mapShower: OpenVINOEmbedder.MapShower(
        rewrite: { try EmbeddingGraph.showingMaps($0) },
        name: { EmbeddingGraph.mapName(ofInput: $0, map: $1) }))
  }
}

extension EmbeddingRecipe {
  /// What an encoder's graph takes and gives.
  init(_ encoder: InstalledEncoder) {
    let specification = encoder.manifest.specification
    self.init(
      name: Domain.encoder(encoder.name).rawValue, version: 2,
      dimension: encoder.manifest.dimension,
      inputs: specification.views.map { view in
        EmbeddingInput(
          name: EncoderGraph.inputName(of: view), side: specification.side,
          views: [EmbeddingView(view)])
      },
      output: EncoderGraph.outputName,
      // 128 bits of it: enough for no two graphs to meet.
      digest: String(encoder.manifest.graphSHA256.prefix(32)))
  }
}

extension EmbeddingView {
  fileprivate init(_ view: EncoderSpecification.View) {
    switch view {
    case .squeezed: self = .squeezed
    case .centred: self = .centred
    }
  }
}

extension PixelImage {
  init(_ picture: ProofPicture) {
    self.init(width: picture.width, height: picture.height, pixels: picture.pixels)
  }
}

/// Pictures cannot be embedded before set-up.
struct RuntimeMissing: Error {}
