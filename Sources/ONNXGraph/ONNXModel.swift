/// A model file: one graph of operations and the version of the operators that it was written for.
public struct ONNXModel: Equatable, Sendable {
  /// The file format versions that this module reads.
  public static let readableFormatVersions = 4...10

  /// Version of the file format (`ir_version`).
  public var formatVersion: Int
  /// Version of the standard operators (`opset_import` of the default domain).
  public var operatorVersion: Int
  /// The program that wrote the file.
  public var producer: String
  public var graph: ONNXGraphValue
  /// Free text that travels with the model.
  public var metadata: [String: String]

  public init(
    formatVersion: Int = 8, operatorVersion: Int = 17, producer: String = "tagbench",
    graph: ONNXGraphValue, metadata: [String: String] = [:]
  ) {
    self.formatVersion = formatVersion
    self.operatorVersion = operatorVersion
    self.producer = producer
    self.graph = graph
    self.metadata = metadata
  }
}

/// Operations in an order in which each uses only what was made before it.
public struct ONNXGraphValue: Equatable, Sendable {
  public var name: String
  public var inputs: [ONNXValue]
  public var outputs: [ONNXValue]
  /// Constants, mostly weights.
  public var tensors: [ONNXTensor]
  public var nodes: [ONNXNode]

  public init(
    name: String, inputs: [ONNXValue], outputs: [ONNXValue], tensors: [ONNXTensor],
    nodes: [ONNXNode]
  ) {
    self.name = name
    self.inputs = inputs
    self.outputs = outputs
    self.tensors = tensors
    self.nodes = nodes
  }
}

/// An input or output of a graph.
public struct ONNXValue: Equatable, Sendable {
  /// One side of a shape.
  public enum Dimension: Equatable, Sendable {
    case fixed(Int)
    /// Known only when the model runs; the name may be empty.
    case named(String)
  }

  public var name: String
  public var type: ONNXElementType
  /// `nil` when even the number of dimensions is open.
  public var shape: [Dimension]?

  public init(name: String, type: ONNXElementType, shape: [Dimension]?) {
    self.name = name
    self.type = type
    self.shape = shape
  }
}

/// The kinds of number that graphs of ours hold; raw values are those of the format.
public enum ONNXElementType: Int, Sendable, CaseIterable {
  case float = 1
  case uint8 = 2
  case int64 = 7
}

/// A constant of a graph.
public struct ONNXTensor: Equatable, Sendable {
  /// The elements in row-major order.
  public enum Elements: Equatable, Sendable {
    case float([Float])
    case int64([Int64])

    public var count: Int {
      switch self {
      case .float(let values): values.count
      case .int64(let values): values.count
      }
    }
  }

  public let name: String
  /// Empty for a single number.
  public let shape: [Int]
  public let elements: Elements

  /// Takes elements in row-major order; traps unless they fill the shape exactly.
  public init(name: String, shape: [Int], elements: Elements) {
    precondition(
      elements.count == shape.reduce(1, *), "\(elements.count) elements do not fill \(shape)")
    self.name = name
    self.shape = shape
    self.elements = elements
  }
}

/// One operation.
public struct ONNXNode: Equatable, Sendable {
  /// A setting of an operation that is fixed when the graph is written.
  public enum Attribute: Equatable, Sendable {
    case int(Int64)
    case ints([Int64])
    case float(Float)
    case floats([Float])
    case text(String)
  }

  public var name: String
  /// Operator name, as `Conv`.
  public var operation: String
  /// Names of values; an empty name is an optional input left out.
  public var inputs: [String]
  public var outputs: [String]
  public var attributes: [String: Attribute]

  public init(
    name: String, operation: String, inputs: [String], outputs: [String],
    attributes: [String: Attribute] = [:]
  ) {
    self.name = name
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }
}
