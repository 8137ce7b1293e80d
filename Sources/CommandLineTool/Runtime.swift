import Dataset
import Embeddings
import OpenVINOEmbedder

enum Runtime {
  static var isReady: Bool { true }
  static func embedder(for domain: Domain) throws -> any Embedder {
    OpenVINOEmbedder(recipe: domain == .compact ? .compact : .general, graph: "\(Locations.data)/tagbench/runtime/\(domain.rawValue).onnx", library: "", cacheFolder: nil)
  }
}
