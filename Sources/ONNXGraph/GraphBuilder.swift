/// Writes a graph node by node, naming values and sharing equal constants.
public struct GraphBuilder {
  /// A value that flows between operations.
  public struct Edge: Hashable, Sendable {
    public let name: String
  }

  private var graph: ONNXGraphValue
  private let prefix: String
  private var scalars: [UInt32: Edge] = [:]

  /// Starts an empty graph.
  ///
  /// - Parameter prefix: Begins the names that the builder finds itself.
  public init(name: String, prefix: String = "") {
    self.prefix = prefix
    graph = ONNXGraphValue(name: name, inputs: [], outputs: [], tensors: [], nodes: [])
  }

  /// Adds an input of a fixed shape; its name must be new.
  public mutating func addInput(_ name: String, type: ONNXElementType, shape: [Int]) -> Edge {
    graph.inputs.append(
      ONNXValue(name: name, type: type, shape: shape.map(ONNXValue.Dimension.fixed)))
    return Edge(name: name)
  }

  /// Adds a constant; its name must be new. Traps unless the elements fill the shape.
  public mutating func addTensor(_ name: String, shape: [Int], _ elements: [Float]) -> Edge {
    graph.tensors.append(ONNXTensor(name: name, shape: shape, elements: .float(elements)))
    return Edge(name: name)
  }

  /// Adds a constant of whole numbers; as above.
  public mutating func addTensor(_ name: String, shape: [Int], _ elements: [Int64]) -> Edge {
    graph.tensors.append(ONNXTensor(name: name, shape: shape, elements: .int64(elements)))
    return Edge(name: name)
  }

  /// Adds a constant under a name that the builder finds.
  public mutating func addConstant(shape: [Int], _ elements: [Float]) -> Edge {
    addTensor("\(prefix)constant_\(count)", shape: shape, elements)
  }

  /// Adds a constant of whole numbers under a name that the builder finds.
  public mutating func addConstant(shape: [Int], _ elements: [Int64]) -> Edge {
    addTensor("\(prefix)constant_\(count)", shape: shape, elements)
  }

  /// A value that another graph makes, which comes before this one; its name must be new.
  public func external(_ name: String) -> Edge { Edge(name: name) }

  /// Returns a single number; the same number is stored once.
  public mutating func scalar(_ value: Float) -> Edge {
    if let edge = scalars[value.bitPattern] { return edge }
    let edge = addTensor("\(prefix)scalar_\(scalars.count)", shape: [], [value])
    scalars[value.bitPattern] = edge
    return edge
  }

  /// Adds an operation with one output, named like the node.
  ///
  /// - Parameters:
  ///   - operation: A standard operator, as `Conv`.
  ///   - inputs: Values that exist already.
  ///   - name: Name of node and output, new in this graph; `nil` numbers it after the operator.
  public mutating func apply(
    _ operation: String, to inputs: Edge..., attributes: [String: ONNXNode.Attribute] = [:],
    name: String? = nil
  ) -> Edge {
    apply(operation, to: inputs, attributes: attributes, name: name)
  }

  /// Adds an operation that takes any number of values.
  public mutating func apply(
    _ operation: String, to inputs: [Edge], attributes: [String: ONNXNode.Attribute] = [:],
    name: String? = nil
  ) -> Edge {
    let name = name ?? "\(prefix)\(operation)_\(graph.nodes.count)"
    graph.nodes.append(
      ONNXNode(
        name: name, operation: operation, inputs: inputs.map(\.name), outputs: [name],
        attributes: attributes))
    return Edge(name: name)
  }

  /// Makes a value an output of the graph; without a shape even the number of sides is open.
  public mutating func addOutput(_ edge: Edge, type: ONNXElementType, shape: [Int]? = nil) {
    graph.outputs.append(
      ONNXValue(name: edge.name, type: type, shape: shape?.map(ONNXValue.Dimension.fixed)))
  }

  /// How many operations and constants there are: a number that is new after each.
  public var count: Int { graph.nodes.count + graph.tensors.count }

  /// Returns what was written so far, as a model.
  public func model(metadata: [String: String] = [:]) -> ONNXModel {
    ONNXModel(graph: graph, metadata: metadata)
  }
}
