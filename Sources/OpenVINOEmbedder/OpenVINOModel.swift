import COpenVINO
import Embeddings

/// A whole model from a file, run on one input of any size at a time.
///
/// Belongs to one thread.
public final class OpenVINOModel {
  private let graph: CompiledGraph
  private let request: OpaquePointer

  /// Reads and compiles the model, in 32 bits.
  ///
  /// - Parameters:
  ///   - path: An ONNX file.
  ///   - library: Absolute path of the runtime's `libopenvino_c`.
  /// - Throws: `.libraryNotLoaded`, `.callFailed`.
  public init(path: String, library: String) throws {
    graph = try CompiledGraph(
      path: path, library: try OpenVINOLibrary(path: library), streamCount: 1, threadCount: 0,
      precision: .f32, cache: nil)
    request = try graph.makeRequest()
  }

  deinit { cov_request_free(graph.library.functions, request) }

  /// Runs the model on 8-bit numbers and gives its output of 32-bit floats.
  ///
  /// - Throws: `.callFailed`; `.graphMismatch` for a model whose input or output is of another type.
  public func run(
    _ values: [UInt8], as input: String, shape: [Int], output: String
  ) throws(OpenVINOError) -> [Float] {
    try fill(input, shape: shape, type: Int(COVElementTypeUInt8), count: values.count) {
      $0.copyBytes(from: values)
    }
    return try infer(output)
  }

  /// The same on 32-bit floats.
  public func run(
    _ values: [Float], as input: String, shape: [Int], output: String
  ) throws(OpenVINOError) -> [Float] {
    try fill(input, shape: shape, type: Int(COVElementTypeFloat), count: 4 * values.count) {
      target in
      values.withUnsafeBytes { target.copyMemory(from: $0) }
    }
    return try infer(output)
  }

  private func fill(
    _ name: String, shape: [Int], type: Int, count: Int,
    copy: (UnsafeMutableRawBufferPointer) -> Void
  ) throws(OpenVINOError) {
    let tensor = try tensor(name)
    defer { cov_tensor_free(library.functions, tensor) }
    try requireType(type, of: tensor, name, shape: shape)
    var dimensions = shape.map(Int64.init)
    let status = dimensions.withUnsafeMutableBufferPointer { dimensions in
      cov_tensor_set_shape(
        library.functions, tensor,
        COVShape(rank: Int64(dimensions.count), dimensions: dimensions.baseAddress))
    }
    try library.check(status, "ov_tensor_set_shape")
    copy(UnsafeMutableRawBufferPointer(start: try data(of: tensor), count: count))
  }

  private func infer(_ output: String) throws(OpenVINOError) -> [Float] {
    try library.check(cov_request_infer(library.functions, request), "ov_infer_request_infer")
    let tensor = try tensor(output)
    defer { cov_tensor_free(library.functions, tensor) }
    let sides = try InferenceRequest.sides(of: tensor, library)
    try requireType(Int(COVElementTypeFloat), of: tensor, output, shape: sides)
    let floats = try data(of: tensor).assumingMemoryBound(to: Float.self)
    return Array(UnsafeBufferPointer(start: floats, count: sides.reduce(1, *)))
  }

  private var library: OpenVINOLibrary { graph.library }

  private func tensor(_ name: String) throws(OpenVINOError) -> OpaquePointer {
    try library.made("ov_infer_request_get_tensor") {
      cov_request_get_tensor(library.functions, request, name, &$0)
    }
  }

  private func requireType(
    _ type: Int, of tensor: OpaquePointer, _ name: String, shape: [Int]
  ) throws(OpenVINOError) {
    var found: Int32 = 0
    try library.check(
      cov_tensor_element_type(library.functions, tensor, &found), "ov_tensor_get_element_type")
    guard Int(found) == type else {
      throw .graphMismatch(
        path: graph.path, value: name,
        expected: TensorDescription(elementType: type, shape: shape),
        found: TensorDescription(elementType: Int(found), shape: shape))
    }
  }

  private func data(of tensor: OpaquePointer) throws(OpenVINOError) -> UnsafeMutableRawPointer {
    var data: UnsafeMutableRawPointer?
    try library.check(cov_tensor_data(library.functions, tensor, &data), "ov_tensor_data")
    guard let data else {
      throw .callFailed(function: "ov_tensor_data", status: 0, message: "")
    }
    return data
  }
}
