import Foundation
import SwiftProtobuf

extension ONNXModel {
  /// Reads an ONNX file whole, or says what in it stands in the way.
  ///
  /// Whatever is accepted is a graph in which every value is made once and before it is used, every
  /// tensor fills its shape, and nothing that changes an answer was left out: `serialized()` gives
  /// an equivalent file (notes for people and shapes noted between operations are not kept).
  ///
  /// - Throws: every case of `ONNXGraphError`.
  public init(bytes: [UInt8]) throws(ONNXGraphError) {
    let message: Onnx_ModelProto
    do {
      message = try Onnx_ModelProto(serializedBytes: bytes)
    } catch {
      throw .notAModel
    }
    try refuseUnknown(message, "model")
    guard message.hasGraph, message.hasIrVersion else { throw .notAModel }
    guard Self.readableFormatVersions.contains(Int(message.irVersion)) else {
      throw .unsupportedFormatVersion(Int(message.irVersion))
    }
    var operatorVersion: Int?
    for operators in message.opsetImport {
      try refuseUnknown(operators, "opset_import")
      guard operators.domain.isEmpty || operators.domain == "ai.onnx" else {
        throw .unsupportedPart("operators of \(operators.domain)")
      }
      operatorVersion = Int(operators.version)
    }
    guard let operatorVersion else { throw .unsupportedPart("no operator version") }
    var metadata: [String: String] = [:]
    for entry in message.metadataProps { metadata[entry.key] = entry.value }
    self.init(
      formatVersion: Int(message.irVersion), operatorVersion: operatorVersion,
      producer: message.producerName, graph: try ONNXGraphValue(message.graph), metadata: metadata)
    try graph.checkValues()
  }
}

extension ONNXGraphValue {
  fileprivate init(_ message: Onnx_GraphProto) throws(ONNXGraphError) {
    try refuseUnknown(message, "graph")
    var inputs: [ONNXValue] = []
    for input in message.input { inputs.append(try ONNXValue(input)) }
    var outputs: [ONNXValue] = []
    for output in message.output { outputs.append(try ONNXValue(output)) }
    var tensors: [ONNXTensor] = []
    for tensor in message.initializer { tensors.append(try ONNXTensor(tensor)) }
    var nodes: [ONNXNode] = []
    for node in message.node { nodes.append(try ONNXNode(node)) }
    // Older writers list constants among the inputs too.
    let constants = Set(tensors.map(\.name))
    inputs.removeAll { constants.contains($0.name) }
    self.init(
      name: message.name, inputs: inputs, outputs: outputs, tensors: tensors, nodes: nodes)
  }

  /// Checks that every value is made once, and before it is used.
  fileprivate func checkValues() throws(ONNXGraphError) {
    var known: Set<String> = []
    for name in inputs.map(\.name) + tensors.map(\.name) where !known.insert(name).inserted {
      throw .duplicateValue(name: name)
    }
    for node in nodes {
      for name in node.inputs where !name.isEmpty && !known.contains(name) {
        throw .undefinedValue(name: name, user: node.name)
      }
      for name in node.outputs where !name.isEmpty && !known.insert(name).inserted {
        throw .duplicateValue(name: name)
      }
    }
    for output in outputs where !known.contains(output.name) {
      throw .undefinedValue(name: output.name, user: name)
    }
  }
}

extension ONNXValue {
  fileprivate init(_ message: Onnx_ValueInfoProto) throws(ONNXGraphError) {
    try refuseUnknown(message, "value \(message.name)")
    try refuseUnknown(message.type, "type of \(message.name)")
    guard case .tensorType(let tensorType) = message.type.value else {
      throw .unsupportedPart("type of \(message.name)")
    }
    guard let type = ONNXElementType(rawValue: Int(tensorType.elemType)) else {
      throw .unsupportedElementType(name: message.name, code: Int(tensorType.elemType))
    }
    guard tensorType.hasShape else {
      self.init(name: message.name, type: type, shape: nil)
      return
    }
    var shape: [Dimension] = []
    for dimension in tensorType.shape.dim {
      switch dimension.value {
      case .dimValue(let count):
        guard count >= 0, let count = Int(exactly: count) else {
          throw .invalidShape(name: message.name)
        }
        shape.append(.fixed(count))
      case .dimParam(let name): shape.append(.named(name))
      case nil: shape.append(.named(""))
      }
    }
    self.init(name: message.name, type: type, shape: shape)
  }
}

extension ONNXTensor {
  fileprivate init(_ message: Onnx_TensorProto) throws(ONNXGraphError) {
    try refuseUnknown(message, "tensor \(message.name)")
    var shape: [Int] = []
    var expected = 1
    for dimension in message.dims {
      guard let side = Int(exactly: dimension), side >= 0 else {
        throw .invalidShape(name: message.name)
      }
      let (product, overflow) = expected.multipliedReportingOverflow(by: side)
      guard !overflow else { throw .invalidShape(name: message.name) }
      expected = product
      shape.append(side)
    }
    let elements: Elements
    switch ONNXElementType(rawValue: Int(message.dataType)) {
    case .float:
      elements = .float(
        message.hasRawData
          ? numbers(fromLittleEndian: message.rawData, as: UInt32.self).map(
            Float.init(bitPattern:))
          : message.floatData)
    case .int64:
      elements = .int64(
        message.hasRawData
          ? numbers(fromLittleEndian: message.rawData, as: Int64.self) : message.int64Data)
    case .uint8, nil:
      throw .unsupportedElementType(name: message.name, code: Int(message.dataType))
    }
    guard elements.count == expected else {
      throw .wrongElementCount(tensor: message.name, expected: expected, found: elements.count)
    }
    self.init(name: message.name, shape: shape, elements: elements)
  }
}

extension ONNXNode {
  fileprivate init(_ message: Onnx_NodeProto) throws(ONNXGraphError) {
    try refuseUnknown(message, "node \(message.name)")
    guard message.domain.isEmpty || message.domain == "ai.onnx" else {
      throw .unsupportedPart("\(message.opType) of \(message.domain)")
    }
    var attributes: [String: Attribute] = [:]
    for attribute in message.attribute {
      try refuseUnknown(attribute, "attribute \(attribute.name) of \(message.name)")
      switch attribute.type {
      case .int: attributes[attribute.name] = .int(attribute.i)
      case .ints: attributes[attribute.name] = .ints(attribute.ints)
      case .float: attributes[attribute.name] = .float(attribute.f)
      case .floats: attributes[attribute.name] = .floats(attribute.floats)
      case .string: attributes[attribute.name] = .text(String(decoding: attribute.s, as: UTF8.self))
      case .undefined:
        throw .unsupportedPart("attribute \(attribute.name) of \(message.name)")
      }
    }
    self.init(
      name: message.name, operation: message.opType, inputs: message.input,
      outputs: message.output, attributes: attributes)
  }
}

/// Fields that onnx.proto of ours leaves out are kept by the decoder as unknown.
private func refuseUnknown(
  _ message: some SwiftProtobuf.Message, _ part: @autoclosure () -> String
) throws(ONNXGraphError) {
  guard message.unknownFields.data.isEmpty else { throw .unsupportedPart(part()) }
}
