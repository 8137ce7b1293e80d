import Backbones
import Embeddings
import Foundation
import Imaging
import Setup

@testable import OpenVINOEmbedder

/// The runtime that `tagbench setup` made, where there is one.
enum TestRuntime {
  static let layout: RuntimeLayout? = {
    let environment = ProcessInfo.processInfo.environment
    let location = RuntimeLocation(
      environment: environment, home: URL(fileURLWithPath: environment["HOME"] ?? NSHomeDirectory())
    )
    // Without pinned packages there is no runtime, and these tests are skipped.
    guard let plan = try? SetupPlan.standard() else { return nil }
    let setup = RuntimeSetup(plan: plan, location: location) { $0 }
    return setup.isInPlace ? setup.layout : nil
  }()

  static var isInPlace: Bool { layout != nil }

  /// A Python with onnxruntime and numpy.
  static let python = ProcessInfo.processInfo.environment["TAGBENCH_TEST_PYTHON"]

  static let recipes = [EmbeddingRecipe.compact, .general]

  static func embedder(
    _ recipe: EmbeddingRecipe, mode: OpenVINOEmbedder.Mode = .throughput,
    cacheFolder: URL? = nil
  ) throws -> OpenVINOEmbedder {
    guard let layout else { throw CocoaError(.fileNoSuchFile) }
    return OpenVINOEmbedder(
      recipe: recipe, graph: layout.graph(ofRecipe: recipe.name).path,
      library: layout.library.path, cacheFolder: cacheFolder?.path, mode: mode,
      mapShower: OpenVINOEmbedder.MapShower(
        rewrite: { try EmbeddingGraph.showingMaps($0) },
        name: { EmbeddingGraph.mapName(ofInput: $0, map: $1) }))
  }

  /// A seeded picture of coloured blocks, other for every seed.
  static func picture(seed: Int, width: Int = 320, height: Int = 240) -> PixelImage {
    PixelImage(
      width: width, height: height,
      pixels: (0..<width * height).flatMap { (index: Int) -> [UInt8] in
        let block = (index % width / 40 + index / width / 40 * 7 + seed) &* 2_654_435_761
        return [16, 8, 0].map { UInt8(truncatingIfNeeded: block >> $0) }
      })
  }

  /// Makes a folder, and removes it after the work.
  static func withFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What cannot be removed stays in the system's folder for such things.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
  }
}

func cosine(_ left: [Float], _ right: [Float]) -> Double {
  func dot(_ left: [Float], _ right: [Float]) -> Double {
    zip(left, right).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
  return dot(left, right) / (dot(left, left) * dot(right, right)).squareRoot()
}
