public import Embeddings
import Foundation
import Synchronization

/// Embeds pictures with OpenVINO on this computer's processor.
///
/// Making one costs nothing: the runtime is loaded and the graph compiled (a fraction of a second)
/// by the first call that needs them. The same picture gives the same numbers, bit for bit, on one
/// computer in one mode; between processors they differ by rounding only.
public final class OpenVINOEmbedder: Embedder {
  /// What to spend the processor on.
  public enum Mode: String, Sendable {
    /// Most pictures a second: as many at once as there are processors, each on one.
    case throughput
    /// One picture as soon as possible, on all processors.
    case latency
  }

  public let recipe: EmbeddingRecipe
  public let preferredConcurrency: Int

  private let library: String
  private let graph: String
  private let mode: Mode
  private let cacheFolder: String?
  private let mapShower: MapShower?
  private let state = Mutex(State())
  private let mapState = Mutex(InferenceRequest?.none)

  private struct State {
    var compiled: CompiledGraph?
    /// Requests that no caller is using. There are never more than calls have been made at once.
    var idle: [InferenceRequest] = []
  }

  /// How a recipe's graph is made to show the maps that it pools.
  public struct MapShower: Sendable {
    let rewrite: @Sendable ([UInt8]) throws -> [UInt8]
    let name: @Sendable (_ input: String, _ map: Int) -> String

    /// - Parameters:
    ///   - rewrite: Adds the maps to a graph's outputs; bytes of ONNX files.
    ///   - name: The name of the output for a map of an input.
    public init(
      rewrite: @escaping @Sendable ([UInt8]) throws -> [UInt8],
      name: @escaping @Sendable (_ input: String, _ map: Int) -> String
    ) {
      self.rewrite = rewrite
      self.name = name
    }
  }

  /// More streams than this cost memory without embedding faster.
  private static let streamLimit = 16

  /// Notes what to load at first use; nothing is checked yet.
  ///
  /// - Parameters:
  ///   - recipe: What the graph's inputs and output have to be.
  ///   - graph: Path of the recipe's graph, an ONNX file.
  ///   - library: Absolute path of the runtime's `libopenvino_c`.
  ///   - cacheFolder: Where compiled graphs are kept between runs; `nil` compiles every time.
  ///   - mapShower: What feature maps need; without it there are none.
  public init(
    recipe: EmbeddingRecipe, graph: String, library: String, cacheFolder: String?,
    mode: Mode = .throughput, mapShower: MapShower? = nil
  ) {
    self.recipe = recipe
    self.graph = graph
    self.library = library
    self.cacheFolder = cacheFolder
    self.mode = mode
    self.mapShower = mapShower
    let processorCount = ProcessInfo.processInfo.activeProcessorCount
    switch mode {
    case .throughput: preferredConcurrency = min(processorCount, Self.streamLimit)
    case .latency: preferredConcurrency = 1
    }
  }

  /// - Throws: Every case of `OpenVINOError`, and Foundation's errors for a graph that cannot be
  ///   read. After a failed load the next call tries again.
  public func embed(_ pixels: EmbeddingPixels) throws -> [Float] {
    let request = try takeRequest()
    defer { state.withLock { $0.idle.append(request) } }
    return try request.run(pixels)
  }

  /// - Throws: As `embed`, and what the map shower throws.
  public func featureMaps(of pixels: EmbeddingPixels) throws -> [[FeatureMap]]? {
    guard let mapShower, let pooling = recipe.pooling else { return nil }
    // One picture at a time: nobody explains many at once.
    return try mapState.withLock { state in
      let request = try state ?? makeMapRequest(mapShower)
      state = request
      _ = try request.run(pixels)
      var maps: [[FeatureMap]] = []
      for input in recipe.inputs {
        let network = pooling.network(ofView: maps.count)
        let ofInput = try network.channelCounts.enumerated().map { map, channelCount in
          try request.maps(
            mapShower.name(input.name, map), viewCount: input.views.count,
            channelCount: channelCount)
        }
        maps += input.views.indices.map { view in ofInput.map { $0[view] } }
      }
      return maps
    }
  }

  private func makeMapRequest(_ mapShower: MapShower) throws -> InferenceRequest {
    let compiled = try CompiledGraph(
      path: graph, library: try OpenVINOLibrary(path: library), streamCount: 1,
      threadCount: ProcessInfo.processInfo.activeProcessorCount, precision: recipe.precision,
      cache: cacheFolder.map {
        CompiledGraphCache(folder: URL(fileURLWithPath: $0), name: "\(recipe.name)-maps")
      },
      rewriting: mapShower.rewrite)
    return try InferenceRequest(graph: compiled, recipe: recipe)
  }

  private func takeRequest() throws -> InferenceRequest {
    if let request = state.withLock({ $0.idle.popLast() }) { return request }
    // Callers that come while the first one compiles wait here.
    let compiled = try state.withLock { state in
      let compiled = try state.compiled ?? compile()
      state.compiled = compiled
      return compiled
    }
    return try InferenceRequest(graph: compiled, recipe: recipe)
  }

  private func compile() throws -> CompiledGraph {
    try CompiledGraph(
      path: graph, library: try OpenVINOLibrary(path: library), streamCount: preferredConcurrency,
      threadCount: mode == .latency
        ? ProcessInfo.processInfo.activeProcessorCount : preferredConcurrency,
      precision: recipe.precision,
      cache: cacheFolder.map {
        CompiledGraphCache(
          folder: URL(fileURLWithPath: $0), name: "\(recipe.name)-\(mode.rawValue)")
      })
  }
}
