import SwiftProtobuf

extension ONNXModel {
  /// Returns the model as the bytes of an ONNX file; equal models give equal bytes.
  public func serialized() -> [UInt8] {
    var message = Onnx_ModelProto()
    message.irVersion = Int64(formatVersion)
    message.producerName = producer
    message.graph = graph.message
    var operators = Onnx_OperatorSetIdProto()
    operators.domain = ""
    operators.version = Int64(operatorVersion)
    message.opsetImport = [operators]
    message.metadataProps = metadata.sorted { $0.key < $1.key }.map { key, value in
      var entry = Onnx_StringStringEntryProto()
      entry.key = key
      entry.value = value
      return entry
    }
    do {
      return try message.serializedBytes()
    } catch {
      // Only messages with required fields, `Any` members or over 2 GB can fail; the first two do
      // not exist in onnx.proto, and no backbone comes near the third.
      preconditionFailure("a model of \(graph.tensors.count) tensors does not serialize: \(error)")
    }
  }
}

extension ONNXGraphValue {
  var message: Onnx_GraphProto {
    var message = Onnx_GraphProto()
    message.name = name
    message.input = inputs.map(\.message)
    message.output = outputs.map(\.message)
    message.initializer = tensors.map(\.message)
    message.node = nodes.map(\.message)
    return message
  }
}

extension ONNXValue {
  fileprivate var message: Onnx_ValueInfoProto {
    var tensorType = Onnx_TypeProto.Tensor()
    tensorType.elemType = Int32(type.rawValue)
    if let shape {
      tensorType.shape.dim = shape.map { dimension in
        var message = Onnx_TensorShapeProto.Dimension()
        switch dimension {
        case .fixed(let count): message.dimValue = Int64(count)
        case .named(let name): message.dimParam = name
        }
        return message
      }
    }
    var message = Onnx_ValueInfoProto()
    message.name = name
    message.type.tensorType = tensorType
    return message
  }
}

extension ONNXTensor {
  fileprivate var message: Onnx_TensorProto {
    var message = Onnx_TensorProto()
    message.name = name
    message.dims = shape.map(Int64.init)
    switch elements {
    case .float(let values):
      message.dataType = Int32(ONNXElementType.float.rawValue)
      message.rawData = littleEndianData(values.map(\.bitPattern.littleEndian))
    case .int64(let values):
      message.dataType = Int32(ONNXElementType.int64.rawValue)
      message.rawData = littleEndianData(values.map(\.littleEndian))
    }
    return message
  }
}

extension ONNXNode {
  fileprivate var message: Onnx_NodeProto {
    var message = Onnx_NodeProto()
    message.name = name
    message.opType = operation
    message.input = inputs
    message.output = outputs
    message.attribute = attributes.sorted { $0.key < $1.key }.map { name, attribute in
      var message = Onnx_AttributeProto()
      message.name = name
      switch attribute {
      case .int(let value):
        message.type = .int
        message.i = value
      case .ints(let values):
        message.type = .ints
        message.ints = values
      case .float(let value):
        message.type = .float
        message.f = value
      case .floats(let values):
        message.type = .floats
        message.floats = values
      case .text(let value):
        message.type = .string
        message.s = littleEndianData(Array(value.utf8))
      }
      return message
    }
    return message
  }
}
