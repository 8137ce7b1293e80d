import COpenVINO
import Embeddings
import Imaging

/// Memory for one picture's way through a graph.
///
/// Unchecked because it is handed from thread to thread; the pool gives it to one caller at a time.
final class InferenceRequest: @unchecked Sendable {
  private let graph: CompiledGraph
  private let request: OpaquePointer
  /// Where each input's pixels go.
  private let inputs: [UnsafeMutableRawBufferPointer]
  private let output: UnsafeBufferPointer<Float>

  /// - Throws: `.callFailed`, or `.graphMismatch` for a graph that is not the recipe's.
  init(graph: CompiledGraph, recipe: EmbeddingRecipe) throws(OpenVINOError) {
    self.graph = graph
    let request = try graph.makeRequest()
    do throws(OpenVINOError) {
      var inputs: [UnsafeMutableRawBufferPointer] = []
      for input in recipe.inputs {
        let expected = TensorDescription(
          elementType: Int(COVElementTypeUInt8), shape: input.shape)
        let data = try Self.tensor(input.name, expected, of: request, in: graph)
        inputs.append(
          UnsafeMutableRawBufferPointer(start: data, count: input.shape.reduce(1, *)))
      }
      let expected = TensorDescription(
        elementType: Int(COVElementTypeFloat), shape: [recipe.dimension])
      let data = try Self.tensor(recipe.output, expected, of: request, in: graph)
      output = UnsafeBufferPointer(
        start: data.assumingMemoryBound(to: Float.self), count: recipe.dimension)
      self.inputs = inputs
      self.request = request
    } catch {
      cov_request_free(graph.library.functions, request)
      throw error
    }
  }

  deinit {
    cov_request_free(graph.library.functions, request)
  }

  /// Runs the graph on the pixels of each input; blocks for milliseconds.
  ///
  /// - Throws: `.callFailed`.
  func run(_ pixels: EmbeddingPixels) throws(OpenVINOError) -> [Float] {
    for (input, views) in zip(inputs, pixels.inputs) {
      var offset = 0
      for view in views {
        UnsafeMutableRawBufferPointer(rebasing: input[offset...]).copyBytes(
          from: view.pixels)
        offset += view.pixels.count
      }
    }
    try graph.library.check(
      cov_request_infer(graph.library.functions, request), "ov_infer_request_infer")
    return Array(output)
  }

  /// A further output of the last run, of shape [views, channels, height, width]: a map for each view.
  ///
  /// - Throws: `.callFailed`; `.graphMismatch` for an output of another kind.
  func maps(_ name: String, viewCount: Int, channelCount: Int) throws(OpenVINOError) -> [FeatureMap]
  {
    let library = graph.library
    let tensor = try library.made("ov_infer_request_get_tensor") {
      cov_request_get_tensor(library.functions, request, name, &$0)
    }
    defer { cov_tensor_free(library.functions, tensor) }
    let sides = try Self.sides(of: tensor, library)
    let expected = [viewCount, channelCount] + sides.dropFirst(2)
    let data = try Self.tensor(
      name,
      TensorDescription(
        elementType: Int(COVElementTypeFloat), shape: sides.count == 4 ? expected : []),
      of: request, in: graph)
    let size = sides.dropFirst().reduce(1, *)
    let values = UnsafeBufferPointer(
      start: data.assumingMemoryBound(to: Float.self), count: viewCount * size)
    return (0..<viewCount).map { view in
      FeatureMap(
        channelCount: channelCount, rowCount: sides[2], columnCount: sides[3],
        values: Array(values[view * size..<(view + 1) * size]))
    }
  }

  /// Runs a graph once, on pixels that mean nothing, and returns the shape of an output.
  ///
  /// - Throws: `.callFailed`.
  static func shape(
    ofOutput name: String, of graph: CompiledGraph
  ) throws(OpenVINOError) -> [Int] {
    let library = graph.library
    let request = try graph.makeRequest()
    defer { cov_request_free(library.functions, request) }
    try library.check(cov_request_infer(library.functions, request), "ov_infer_request_infer")
    let tensor = try library.made("ov_infer_request_get_tensor") {
      cov_request_get_tensor(library.functions, request, name, &$0)
    }
    defer { cov_tensor_free(library.functions, tensor) }
    return try sides(of: tensor, library)
  }

  static func sides(
    of tensor: OpaquePointer, _ library: OpenVINOLibrary
  ) throws(OpenVINOError) -> [Int] {
    var shape = COVShape()
    try library.check(
      cov_tensor_shape(library.functions, tensor, &shape), "ov_tensor_get_shape")
    // Freeing can only fail for a null pointer.
    defer { _ = cov_shape_free(library.functions, &shape) }
    return UnsafeBufferPointer(start: shape.dimensions, count: Int(shape.rank)).map(Int.init)
  }

  /// Returns where a tensor of the request lies, after comparing it with what it has to be.
  ///
  /// Tensors of fixed shape belong to the request and stay where they are while it lives.
  private static func tensor(
    _ name: String, _ expected: TensorDescription, of request: OpaquePointer,
    in graph: CompiledGraph
  ) throws(OpenVINOError) -> UnsafeMutableRawPointer {
    let library = graph.library
    let tensor = try library.made("ov_infer_request_get_tensor") {
      cov_request_get_tensor(library.functions, request, name, &$0)
    }
    defer { cov_tensor_free(library.functions, tensor) }
    let sides = try sides(of: tensor, library)
    var elementType: Int32 = 0
    try library.check(
      cov_tensor_element_type(library.functions, tensor, &elementType),
      "ov_tensor_get_element_type")
    let found = TensorDescription(elementType: Int(elementType), shape: sides)
    guard found == expected else {
      throw .graphMismatch(path: graph.path, value: name, expected: expected, found: found)
    }
    var data: UnsafeMutableRawPointer?
    try library.check(cov_tensor_data(library.functions, tensor, &data), "ov_tensor_data")
    guard let data else {
      throw .callFailed(function: "ov_tensor_data", status: 0, message: "")
    }
    return data
  }
}
