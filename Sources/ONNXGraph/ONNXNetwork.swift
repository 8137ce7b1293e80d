import Foundation
import SwiftProtobuf

/// A network that somebody else wrote, to be built into a graph of ours.
///
/// Only names are read and changed; whatever else the file says of an operation or a constant is kept
/// as it is, known to this module or not. Only what one output needs is kept at all, so that a head
/// behind it, or a second tower beside it, costs nothing.
public struct ONNXNetwork: Sendable {
  /// An input or output as the file declares it.
  public struct Port: Equatable, Sendable {
    public let name: String
    /// The format's number of the element type: 1 for 32-bit floats, 10 for 16-bit ones.
    public let elementType: Int
    /// `nil` when even the number of dimensions is open.
    public let shape: [ONNXValue.Dimension]?
  }

  /// The inputs that the output needs; constants are none.
  public let inputs: [Port]
  /// The value that is taken.
  public let output: String
  /// Version of the standard operators.
  public let operatorVersion: Int
  /// An operation with operations inside it, whose names cannot be changed; `nil` without any.
  public let operationWithSubgraph: String?

  private let message: Onnx_ModelProto
  private let constants: Set<String>

  /// Reads a network up to one of its values.
  ///
  /// - Parameters:
  ///   - bytes: An ONNX file that holds all of its constants.
  ///   - output: The name of a declared output, of any value, or of an operation, whose first output
  ///     is meant; `nil` for the first output that the file declares.
  /// - Throws: `.notAModel`, `.unsupportedPart`, `.externalData`, `.undefinedValue`,
  ///   `.duplicateValue`, `.unknownOutput`.
  public init(bytes: [UInt8], output: String?) throws(ONNXGraphError) {
    var message: Onnx_ModelProto
    do {
      message = try Onnx_ModelProto(serializedBytes: bytes)
    } catch {
      throw .notAModel
    }
    guard message.hasGraph, message.hasIrVersion else { throw .notAModel }
    let standard = message.opsetImport.first { $0.domain.isEmpty || $0.domain == "ai.onnx" }
    guard let standard else { throw .unsupportedPart("no operator version") }
    operatorVersion = Int(standard.version)
    // Field 15: constants of which only some elements are stored, with names of their own.
    if fieldNumbers(of: message.graph).contains(15) { throw .unsupportedPart("sparse constants") }
    for tensor in message.graph.initializer where Self.isExternal(tensor) {
      throw .externalData(tensor: tensor.name)
    }
    let subgraph = message.graph.node.first(where: Self.hasSubgraph)
    operationWithSubgraph = subgraph.map { $0.name.isEmpty ? $0.opType : $0.name }
    self.output = try Self.value(output, of: message.graph)
    message.graph.valueInfo = []
    if subgraph == nil { try message.graph.keepOnly(whatMakes: self.output) }
    constants = Set(message.graph.initializer.map(\.name))
    let inputs = message.graph.input.filter { [constants] in !constants.contains($0.name) }
    self.inputs = inputs.map { Port($0) }
    self.message = message
    try checkValues()
  }

  private static func value(
    _ name: String?, of graph: Onnx_GraphProto
  ) throws(ONNXGraphError) -> String {
    guard let name else {
      guard let first = graph.output.first else { throw .unknownOutput("", known: []) }
      return first.name
    }
    if graph.output.contains(where: { $0.name == name })
      || graph.node.contains(where: { $0.output.contains(name) })
    {
      return name
    }
    if let output = graph.node.first(where: { $0.name == name })?.output.first { return output }
    throw .unknownOutput(name, known: graph.output.map(\.name))
  }

  /// Field 13: where in another file the elements lie.
  private static func isExternal(_ tensor: Onnx_TensorProto) -> Bool {
    fieldNumbers(of: tensor).contains(13)
  }

  /// Fields 6 and 11: one graph, several graphs.
  private static func hasSubgraph(_ node: Onnx_NodeProto) -> Bool {
    node.attribute.contains { !fieldNumbers(of: $0).isDisjoint(with: [6, 11]) }
  }

  /// Checks that every value is made once, and before it is used.
  private func checkValues() throws(ONNXGraphError) {
    var known: Set<String> = []
    for name in inputs.map(\.name) + message.graph.initializer.map(\.name)
    where !known.insert(name).inserted {
      throw .duplicateValue(name: name)
    }
    for node in message.graph.node {
      for name in node.input where !name.isEmpty && !known.contains(name) {
        throw .undefinedValue(name: name, user: node.name)
      }
      for name in node.output where !name.isEmpty && !known.insert(name).inserted {
        throw .duplicateValue(name: name)
      }
    }
    guard known.contains(output) else {
      throw .undefinedValue(name: output, user: message.graph.name)
    }
  }

  // MARK: - Building in

  /// The name that a value has in a copy of the network, as `inlined` makes it.
  ///
  /// - Parameter copy: From 0.
  public func name(of value: String, copy: Int) -> String {
    if operationWithSubgraph != nil || value.isEmpty { return value }
    return constants.contains(value) ? "constant/\(value)" : "copy\(copy)/\(value)"
  }

  /// Returns the bytes of a model: what comes before, copies of this network that share their
  /// constants, what comes after.
  ///
  /// - Parameters:
  ///   - before: Makes every input of every copy, under `name(of:copy:)`.
  ///   - after: Has every copy's output, under `name(of:copy:)`, among its inputs.
  ///   - copyCount: 1 or more; only 1 for a network with subgraphs.
  /// - Throws: `.duplicateValue` when names of the network are names of ours.
  public func inlined(
    before: ONNXGraphValue, copyCount: Int, after: ONNXGraphValue, name: String
  ) throws(ONNXGraphError) -> [UInt8] {
    precondition(
      copyCount == 1 || (operationWithSubgraph == nil && copyCount > 1),
      "\(copyCount) copies of a network with subgraphs")
    var model = message
    model.producerName = "tagbench"
    var graph = model.graph
    graph.name = name
    graph.input = before.message.input
    graph.output = after.message.output
    graph.initializer = graph.initializer.map { tensor in
      var tensor = tensor
      tensor.name = self.name(of: tensor.name, copy: 0)
      return tensor
    }
    graph.initializer += before.message.initializer + after.message.initializer
    let copies = (0..<copyCount).flatMap { copy in
      message.graph.node.map { node in
        var node = node
        node.name = node.name.isEmpty ? "" : "copy\(copy)/\(node.name)"
        node.input = node.input.map { self.name(of: $0, copy: copy) }
        node.output = node.output.map { self.name(of: $0, copy: copy) }
        return node
      }
    }
    graph.node = before.message.node + copies + after.message.node
    var made: Set<String> = []
    for value in graph.input.map(\.name) + graph.initializer.map(\.name)
      + graph.node.flatMap(\.output)
    where !value.isEmpty && !made.insert(value).inserted {
      throw .duplicateValue(name: value)
    }
    model.graph = graph
    do {
      return try model.serializedBytes()
    } catch {
      // A message over 2 GB; nothing else of onnx.proto can fail.
      throw .unsupportedPart("more than 2 GB")
    }
  }
}

extension ONNXNetwork.Port {
  fileprivate init(_ message: Onnx_ValueInfoProto) {
    let type = message.type.tensorType
    let shape = type.shape.dim.map { dimension -> ONNXValue.Dimension in
      switch dimension.value {
      case .dimValue(let count): .fixed(Int(count))
      case .dimParam(let name): .named(name)
      case nil: .named("")
      }
    }
    self.init(
      name: message.name, elementType: Int(type.elemType), shape: type.hasShape ? shape : nil)
  }
}

extension Onnx_GraphProto {
  /// Drops every operation, constant and input that a value does not need.
  fileprivate mutating func keepOnly(whatMakes value: String) throws(ONNXGraphError) {
    var makers: [String: Int] = [:]
    for (index, node) in node.enumerated() {
      for name in node.output where !name.isEmpty {
        guard makers.updateValue(index, forKey: name) == nil else {
          throw .duplicateValue(name: name)
        }
      }
    }
    var needed: Set = [value]
    var isKept = [Bool](repeating: false, count: node.count)
    var open = [value]
    while let name = open.popLast() {
      guard let index = makers[name], !isKept[index] else { continue }
      isKept[index] = true
      for input in node[index].input where needed.insert(input).inserted { open.append(input) }
    }
    node = node.indices.filter { isKept[$0] }.map { node[$0] }
    initializer.removeAll { !needed.contains($0.name) }
    input.removeAll { !needed.contains($0.name) }
  }
}

/// The numbers of the fields that our onnx.proto leaves out.
private func fieldNumbers(of message: some SwiftProtobuf.Message) -> Set<Int> {
  var numbers: Set<Int> = []
  var bytes = [UInt8](message.unknownFields.data)[...]
  func varint() -> UInt64? {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard let byte = bytes.popFirst() else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    return nil
  }
  // The decoder has checked these bytes; the guards only keep a mistake of ours from trapping.
  while let tag = varint() {
    numbers.insert(Int(truncatingIfNeeded: tag >> 3))
    switch tag & 7 {
    case 0: _ = varint()
    case 1: bytes = bytes.dropFirst(8)
    case 2:
      guard let count = varint() else { return numbers }
      bytes = bytes.dropFirst(Int(clamping: count))
    case 5: bytes = bytes.dropFirst(4)
    default: return numbers
    }
  }
  return numbers
}
