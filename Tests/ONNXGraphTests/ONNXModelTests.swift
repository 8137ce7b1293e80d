import Foundation
import SwiftProtobuf
import Testing
import WorkbenchTesting

@testable import ONNXGraph

@Suite struct ONNXModelTests {
  /// x · w, reshaped.
  static let linear: ONNXModel = {
    var graph = GraphBuilder(name: "linear")
    let x = graph.addInput("x", type: .float, shape: [1, 2])
    let w = graph.addTensor("w", shape: [2, 3], [1, -2, 0.5, 0, 3, -0.25])
    let product = graph.apply("MatMul", to: x, w)
    let y = graph.apply("Clip", to: product, graph.scalar(0), graph.scalar(6), name: "y")
    graph.addOutput(y, type: .float, shape: [1, 3])
    return graph.model(metadata: ["recipe": "linear"])
  }()

  @Test func writtenModelReadsBackEqual() throws {
    #expect(try ONNXModel(bytes: Self.linear.serialized()) == Self.linear)
  }

  @Test func everyKindOfAttributeAndTensorReadsBackEqual() throws {
    var model = Self.linear
    model.graph.tensors.append(
      ONNXTensor(name: "axes", shape: [2], elements: .int64([-1, .max])))
    model.graph.nodes.append(
      ONNXNode(
        name: "odd", operation: "Odd", inputs: ["y", ""], outputs: ["z"],
        attributes: [
          "int": .int(0), "ints": .ints([]), "float": .float(-0.5), "floats": .floats([1, 2]),
          "text": .text("größer"),
        ]))
    #expect(try ONNXModel(bytes: model.serialized()) == model)
  }

  @Test func equalScalarsAreStoredOnce() {
    var graph = GraphBuilder(name: "scalars")
    #expect(graph.scalar(6) == graph.scalar(6))
    #expect(graph.scalar(0) != graph.scalar(-0.0))
    #expect(graph.model().graph.tensors.count == 3)
  }

  @Test(arguments: ["raw", "typed"])
  func modelsOfTheOnnxPackageAreRead(name: String) throws {
    let model = try ONNXModel(bytes: fixture(name))
    #expect(model.operatorVersion == 17)
    #expect(model.producer == "onnx")
    let graph = model.graph
    #expect(
      graph.inputs == [ONNXValue(name: "x", type: .float, shape: [.named("batch"), .fixed(2)])])
    #expect(
      graph.tensors == [
        ONNXTensor(name: "w", shape: [2, 3], elements: .float([1, -2, 0.5, 0, 3, -0.25])),
        ONNXTensor(name: "shape", shape: [2], elements: .int64([-1, 3])),
      ])
    #expect(graph.nodes.map(\.operation) == ["MatMul", "Reshape"])
    #expect(graph.nodes[1].attributes == ["allowzero": .int(1)])
  }

  @Test func whatCannotBeKeptIsRefused() throws {
    let bytes = try fixture("external")
    #expect(throws: ONNXGraphError.unsupportedPart("tensor w")) { try ONNXModel(bytes: bytes) }
    // Field 25 of a model, local functions, is not in our part of the format.
    let functions: [UInt8] = [0xCA, 0x01, 0x00]
    #expect(throws: ONNXGraphError.unsupportedPart("model")) {
      try ONNXModel(bytes: Self.linear.serialized() + functions)
    }
  }

  @Test func brokenGraphsAreRefused() {
    var model = Self.linear
    model.graph.nodes[0].inputs[0] = "nowhere"
    expectError(.undefinedValue(name: "nowhere", user: "MatMul_0"), reading: model)

    model = Self.linear
    model.graph.nodes[1].outputs = ["MatMul_0"]
    expectError(.duplicateValue(name: "MatMul_0"), reading: model)

    model = Self.linear
    model.graph.outputs[0].name = "nowhere"
    expectError(.undefinedValue(name: "nowhere", user: "linear"), reading: model)

    model = Self.linear
    model.formatVersion = 3
    expectError(.unsupportedFormatVersion(3), reading: model)

    model = Self.linear
    model.graph.nodes.reverse()
    expectError(.undefinedValue(name: "MatMul_0", user: "y"), reading: model)
  }

  @Test func tensorThatDoesNotFillItsShapeIsRefused() throws {
    var message = try Onnx_ModelProto(serializedBytes: Self.linear.serialized())
    message.graph.initializer[0].dims = [2, 4]
    let short: [UInt8] = try message.serializedBytes()
    #expect(
      throws: ONNXGraphError.wrongElementCount(tensor: "w", expected: 8, found: 6)
    ) { try ONNXModel(bytes: short) }
    message.graph.initializer[0].dims = [.max, 3]
    let huge: [UInt8] = try message.serializedBytes()
    #expect(throws: ONNXGraphError.invalidShape(name: "w")) { try ONNXModel(bytes: huge) }
    message.graph.initializer[0].dims = [2, 3]
    message.graph.initializer[0].dataType = 11
    let doubles: [UInt8] = try message.serializedBytes()
    #expect(throws: ONNXGraphError.unsupportedElementType(name: "w", code: 11)) {
      try ONNXModel(bytes: doubles)
    }
  }

  @Test func truncatedModelsNeverTrap() {
    let bytes = Self.linear.serialized()
    for count in bytes.indices {
      // Some prefixes are whole messages; the point is that each is answered.
      _ = try? ONNXModel(bytes: Array(bytes[..<count]))
    }
  }

  @Test(arguments: UInt64(0)..<200) func flippedBytesNeverTrap(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = Self.linear.serialized()
    for _ in 0..<3 { bytes[Int.random(in: bytes.indices, using: &generator)] = generator.byte() }
    _ = try? ONNXModel(bytes: bytes)
  }

  private func expectError(_ error: ONNXGraphError, reading model: ONNXModel) {
    #expect(throws: error) { try ONNXModel(bytes: model.serialized()) }
  }

  private func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    return [UInt8](
      try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).onnx")))
  }
}

extension SplitMix64 {
  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
}
