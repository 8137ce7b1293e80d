import Foundation
import Testing
import WorkbenchTesting

@testable import ONNXGraph

@Suite struct ONNXNetworkTests {
  private static let bytes = ONNXModelTests.linear.serialized()

  /// Pixels x in, the network's y out as z.
  private func inlined(_ network: ONNXNetwork, copyCount: Int) throws -> ONNXModel {
    var before = GraphBuilder(name: "before", prefix: "ours/")
    var after = GraphBuilder(name: "after", prefix: "ours/out/")
    var outputs: [GraphBuilder.Edge] = []
    for copy in 0..<copyCount {
      let x = before.addInput("x\(copy)", type: .float, shape: [1, 2])
      _ = before.apply("Identity", to: x, name: network.name(of: "x", copy: copy))
      outputs.append(after.external(network.name(of: network.output, copy: copy)))
    }
    after.addOutput(
      after.apply("Concat", to: outputs, attributes: ["axis": .int(0)], name: "y"), type: .float,
      shape: [copyCount, 3])
    let bytes = try network.inlined(
      before: before.model().graph, copyCount: copyCount, after: after.model().graph, name: "whole")
    return try ONNXModel(bytes: bytes)
  }

  @Test func copiesShareTheirConstants() throws {
    let network = try ONNXNetwork(bytes: Self.bytes, output: nil)
    #expect(network.inputs.map(\.name) == ["x"] && network.output == "y")
    let graph = try inlined(network, copyCount: 2).graph
    #expect(graph.inputs.map(\.name) == ["x0", "x1"] && graph.outputs.map(\.name) == ["y"])
    #expect(
      graph.nodes.map(\.operation) == [
        "Identity", "Identity", "MatMul", "Clip", "MatMul", "Clip", "Concat",
      ])
    #expect(graph.tensors.count == ONNXModelTests.linear.graph.tensors.count)
  }

  @Test func onlyWhatTheOutputNeedsIsKept() throws {
    let network = try ONNXNetwork(bytes: Self.bytes, output: "MatMul_0")
    let graph = try inlined(network, copyCount: 1).graph
    #expect(graph.nodes.map(\.operation) == ["Identity", "MatMul", "Concat"])
    #expect(graph.tensors.map(\.name) == ["constant/w"])
    #expect(throws: ONNXGraphError.unknownOutput("nowhere", known: ["y"])) {
      try ONNXNetwork(bytes: Self.bytes, output: "nowhere")
    }
  }

  @Test func brokenGraphsAreRefused() {
    var model = ONNXModelTests.linear
    model.graph.nodes[0].inputs[0] = "nowhere"
    #expect(throws: ONNXGraphError.undefinedValue(name: "nowhere", user: "MatMul_0")) {
      try ONNXNetwork(bytes: model.serialized(), output: nil)
    }
    model = ONNXModelTests.linear
    model.graph.nodes[1].outputs = ["MatMul_0"]
    #expect(throws: ONNXGraphError.duplicateValue(name: "MatMul_0")) {
      try ONNXNetwork(bytes: model.serialized(), output: "MatMul_0")
    }
    // A circle.
    model = ONNXModelTests.linear
    model.graph.nodes[0].inputs[0] = "y"
    #expect(throws: ONNXGraphError.undefinedValue(name: "y", user: "MatMul_0")) {
      try ONNXNetwork(bytes: model.serialized(), output: nil)
    }
  }

  @Test(arguments: UInt64(0)..<200) func flippedBytesNeverTrap(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var bytes = Self.bytes
    for _ in 0..<3 { bytes[Int.random(in: bytes.indices, using: &generator)] = generator.byte() }
    guard let network = try? ONNXNetwork(bytes: bytes, output: nil) else { return }
    _ = try? inlined(network, copyCount: 1)
  }
}
