import COpenVINO
import Embeddings
import Foundation

/// A recipe's graph, compiled for this processor.
///
/// Unchecked because of the pointers: OpenVINO allows a core and a compiled model to be used from
/// several threads, and both live as long as this object.
final class CompiledGraph: @unchecked Sendable {
  let library: OpenVINOLibrary
  let path: String
  private let core: OpaquePointer
  private let model: OpaquePointer
  /// What an imported model points into.
  private let stored: Data?

  private static let device = "CPU"

  /// Reads and compiles a graph, or takes it ready from the cache.
  ///
  /// - Parameter rewriting: Changes the graph's file before it is compiled; `nil` takes it as it is.
  ///   What differs has a cache of another name.
  /// - Throws: `.callFailed`; `.precisionUnsupported`; Foundation's errors for a graph file that
  ///   cannot be read; what `rewriting` throws.
  init(
    path: String, library: OpenVINOLibrary, streamCount: Int, threadCount: Int,
    precision: Precision, cache: CompiledGraphCache?,
    rewriting: (([UInt8]) throws -> [UInt8])? = nil
  ) throws {
    self.library = library
    self.path = path
    let core = try library.made("ov_core_create") { cov_core_create(library.functions, &$0) }
    self.core = core
    do {
      let processor = try Self.processor(core, library)
      // Where the processor lacks a precision, the runtime computes in another without a word.
      guard processor.precisions.contains(precision) else {
        throw OpenVINOError.precisionUnsupported(precision, processor: processor.name)
      }
      let properties = [
        ("INFERENCE_PRECISION_HINT", precision.rawValue),
        ("NUM_STREAMS", String(streamCount)),
        ("INFERENCE_NUM_THREADS", String(threadCount)),
      ]
      try Self.set(properties, of: core, in: library)
      let key = try cache.map { _ in
        CompiledGraphCache.Key(
          graph: try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe),
          circumstances: [library.path, processor.name]
            + processor.capabilities.sorted() + properties.map(\.1)
            // Rises whenever the same graph is rewritten otherwise.
            + (rewriting == nil ? [] : ["rewritten/1"]))
      }
      (model, stored) = try Self.model(
        path: path, core: core, library: library, cache: cache, key: key, rewriting: rewriting)
    } catch {
      cov_core_free(library.functions, core)
      throw error
    }
  }

  deinit {
    cov_model_free(library.functions, model)
    cov_core_free(library.functions, core)
  }

  /// - Throws: `.callFailed`.
  func makeRequest() throws(OpenVINOError) -> OpaquePointer {
    try library.made("ov_compiled_model_create_infer_request") {
      cov_request_create(library.functions, model, &$0)
    }
  }

  private static func model(
    path: String, core: OpaquePointer, library: OpenVINOLibrary, cache: CompiledGraphCache?,
    key: CompiledGraphCache.Key?, rewriting: (([UInt8]) throws -> [UInt8])?
  ) throws -> (OpaquePointer, Data?) {
    guard let cache, let key else {
      return (try compile(path, rewriting, core: core, library: library), nil)
    }
    if let stored = cache.bytes(for: key) {
      do {
        let model = try stored.withUnsafeBytes { bytes in
          try library.made("ov_core_import_model") {
            cov_core_import(
              library.functions, core, bytes.assumingMemoryBound(to: CChar.self).baseAddress,
              bytes.count,
              device, &$0)
          }
        }
        return (model, stored)
      } catch {
        // The entry is whole but this runtime does not take it: compile, and write it anew below.
      }
    }
    let model = try compile(path, rewriting, core: core, library: library)
    cache.store(for: key) { file in
      try library.check(
        cov_model_export(library.functions, model, file), "ov_compiled_model_export_model")
    }
    return (model, nil)
  }

  private static func compile(
    _ path: String, _ rewriting: (([UInt8]) throws -> [UInt8])?, core: OpaquePointer,
    library: OpenVINOLibrary
  ) throws -> OpaquePointer {
    guard let rewriting else { return try compile(path, core: core, library: library) }
    let graph = try rewriting([UInt8](Data(contentsOf: URL(fileURLWithPath: path))))
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-\(UUID().uuidString).onnx")
    // A left-over in the temporary folder harms nobody.
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(graph).write(to: file)
    return try compile(file.path, core: core, library: library)
  }

  private static func compile(
    _ path: String, core: OpaquePointer, library: OpenVINOLibrary
  ) throws(OpenVINOError) -> OpaquePointer {
    try library.made("ov_core_compile_model_from_file") {
      cov_core_compile_file(library.functions, core, path, device, &$0)
    }
  }

  private static func set(
    _ properties: [(key: String, value: String)], of core: OpaquePointer,
    in library: OpenVINOLibrary
  ) throws(OpenVINOError) {
    for (key, value) in properties {
      let status = key.withCString { key in
        value.withCString { value in
          var property = COVProperty(key: key, value: value)
          return cov_core_set_properties(library.functions, core, device, 1, &property)
        }
      }
      try library.check(status, "ov_core_set_properties")
    }
  }

  /// - Throws: `.callFailed`.
  static func processor(
    _ core: OpaquePointer, _ library: OpenVINOLibrary
  ) throws(OpenVINOError) -> OpenVINOInspection.Processor {
    let name = try property("FULL_DEVICE_NAME", of: core, in: library)
    let capabilities = try property("OPTIMIZATION_CAPABILITIES", of: core, in: library)
    return OpenVINOInspection.Processor(
      name: name, capabilities: Set(capabilities.split(separator: " ").map(String.init)))
  }

  private static func property(
    _ key: String, of core: OpaquePointer, in library: OpenVINOLibrary
  ) throws(OpenVINOError) -> String {
    var value: UnsafeMutablePointer<CChar>?
    try library.check(
      cov_core_get_property(library.functions, core, device, key, &value),
      "ov_core_get_property")
    guard let value else { return "" }
    defer { cov_free_text(library.functions, value) }
    return String(cString: value)
  }
}
