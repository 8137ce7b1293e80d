public import Embeddings

/// Why pictures could not be embedded.
public enum OpenVINOError: Error, Equatable, Sendable {
  /// The runtime's library is missing, broken or of another version; `reason` is the linker's.
  case libraryNotLoaded(path: String, reason: String)
  /// A call into the runtime failed; `message` is the runtime's own.
  case callFailed(function: String, status: Int, message: String)
  /// A value of the graph has another type or shape than the recipe says.
  case graphMismatch(
    path: String, value: String, expected: TensorDescription, found: TensorDescription)
  /// The processor does not compute so.
  case precisionUnsupported(Precision, processor: String)
}

/// Type and shape of a value of a graph.
public struct TensorDescription: Equatable, Sendable {
  /// Number of the element type in OpenVINO's C interface: 16 for bytes, 4 for 32-bit floats.
  public let elementType: Int
  public let shape: [Int]

  public init(elementType: Int, shape: [Int]) {
    self.elementType = elementType
    self.shape = shape
  }
}
