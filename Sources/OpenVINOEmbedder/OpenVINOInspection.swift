import COpenVINO
public import Embeddings

/// Questions to the runtime besides embeddings.
public enum OpenVINOInspection {
  /// What the runtime says of this computer's processor.
  public struct Processor: Equatable, Sendable {
    public let name: String
    /// As the runtime calls them: `FP32`, `BF16`, `INT8`, …
    public let capabilities: Set<String>

    /// The precisions that networks can compute in.
    public var precisions: [Precision] {
      Precision.allCases.filter { $0 == .f32 || capabilities.contains($0.capability) }
    }
  }

  /// - Parameter library: Absolute path of the runtime's `libopenvino_c`.
  /// - Throws: `.libraryNotLoaded`, `.callFailed`.
  public static func processor(library path: String) throws(OpenVINOError) -> Processor {
    let library = try OpenVINOLibrary(path: path)
    let core = try library.made("ov_core_create") { cov_core_create(library.functions, &$0) }
    defer { cov_core_free(library.functions, core) }
    return try CompiledGraph.processor(core, library)
  }

  /// Runs a graph once, on pixels that mean nothing.
  ///
  /// - Parameters:
  ///   - name: The output's name.
  ///   - graph: Path of an ONNX file whose inputs have fixed shapes.
  ///   - library: Absolute path of the runtime's `libopenvino_c`.
  /// - Returns: The shape of the output.
  /// - Throws: `.libraryNotLoaded`, `.callFailed`.
  public static func shape(
    ofOutput name: String, ofGraph graph: String, library path: String
  ) throws -> [Int] {
    let compiled = try CompiledGraph(
      path: graph, library: try OpenVINOLibrary(path: path), streamCount: 1, threadCount: 1,
      precision: .f32, cache: nil)
    return try InferenceRequest.shape(ofOutput: name, of: compiled)
  }
}

extension Precision {
  /// What the runtime calls the processor's ability to compute so.
  var capability: String {
    switch self {
    case .f32: "FP32"
    case .bf16: "BF16"
    case .f16: "FP16"
    }
  }
}
