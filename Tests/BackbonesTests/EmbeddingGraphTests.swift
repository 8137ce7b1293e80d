import ONNXGraph
import Testing

@testable import Backbones

@Suite struct EmbeddingGraphTests {
  @Test(arguments: [(EmbeddingGraph.compact, 2864), (.general, 5752)])
  func graphTakesPixelsAndGivesOneVector(graph: EmbeddingGraph, dimension: Int) throws {
    let model = try graph.model { try TorchCheckpoint(bytes: CheckpointWriter.file(of: $0)) }
    // Reading checks that every value is made once, and before it is used.
    #expect(try ONNXModel(bytes: model.serialized()) == model)
    #expect(
      model.graph.inputs
        == graph.passes.map {
          ONNXValue(
            name: $0.inputName, type: .uint8,
            shape: [.fixed($0.viewCount), .fixed($0.side), .fixed($0.side), .fixed(3)])
        })
    #expect(
      model.graph.outputs
        == [ONNXValue(name: "embedding", type: .float, shape: [.fixed(dimension)])])
  }

  @Test(arguments: [EmbeddingGraph.compact, .general])
  func finishedGraphsCanShowTheirMaps(graph: EmbeddingGraph) throws {
    let model = try graph.model { try TorchCheckpoint(bytes: CheckpointWriter.file(of: $0)) }
    let shown = try ONNXModel(bytes: EmbeddingGraph.showingMaps(model.serialized()))
    #expect(shown.graph.outputs.first == model.graph.outputs.first)
    let expected = graph.passes.flatMap { pass in
      (0..<3).map { EmbeddingGraph.mapName(ofInput: pass.inputName, map: $0) }
    }
    #expect(shown.graph.outputs.dropFirst().map(\.name) == expected)
    // Nothing but the outputs is new, and each shows another value.
    #expect(Array(shown.graph.nodes.prefix(model.graph.nodes.count)) == model.graph.nodes)
    #expect(Set(shown.graph.nodes.suffix(expected.count).map(\.inputs)).count == expected.count)
  }

  @Test func otherGraphsHaveNoMapsToShow() {
    var graph = GraphBuilder(name: "other")
    let input = graph.addInput("in", type: .float, shape: [1, 3])
    graph.addOutput(graph.apply("Relu", to: input), type: .float)
    let bytes = graph.model().serialized()
    #expect(throws: ONNXGraphError.self) { try EmbeddingGraph.showingMaps(bytes) }
  }

  @Test func weightsAreStoredOnceForBothSizes() throws {
    let model = try EmbeddingGraph.compact.model {
      try TorchCheckpoint(bytes: CheckpointWriter.file(of: $0))
    }
    let blocks = Backbone.lite0.architecture.stages.flatMap { $0 }
    let convolutions = 2 + blocks.map { $0.expansion > 1 ? 3 : 2 }.reduce(0, +)
    let weights = model.graph.tensors.filter { $0.shape.count == 4 }
    #expect(weights.count == convolutions)
    #expect(model.graph.nodes.filter { $0.operation == "Conv" }.count == 2 * convolutions)
  }

  @Test func weightsOfAnotherNetworkAreRefused() throws {
    let lite2 = try TorchCheckpoint(bytes: CheckpointWriter.file(of: .lite2))
    #expect(throws: BackboneError.self) { try EmbeddingGraph.compact.model { _ in lite2 } }
  }

  @Test func foldingGivesWhatTheLayersGaveApart() throws {
    let shape = ConvolutionShape(
      kernel: 1, stride: 1, inputChannelCount: 3, outputChannelCount: 2)
    let weights: [Float] = [0.5, -1, 2, 3, 0.25, -0.125]
    let (gamma, beta): ([Float], [Float]) = ([1.5, -0.75], [0.1, 0.2])
    let (mean, variance): ([Float], [Float]) = ([0.3, -0.4], [2, 0.5])
    let checkpoint = try TorchCheckpoint(
      bytes: CheckpointWriter.file(of: [
        ("conv.weight", [2, 3, 1, 1], weights), ("norm.weight", [2], gamma),
        ("norm.bias", [2], beta), ("norm.running_mean", [2], mean),
        ("norm.running_var", [2], variance),
      ]))
    let folded = try FoldedConvolution(checkpoint, weights: "conv", norm: "norm", shape: shape)
    let x: [Float] = [0.7, -0.2, 1.1]
    for channel in 0..<2 {
      let row = weights[3 * channel..<3 * channel + 3]
      let raw = zip(row, x).reduce(0) { $0 + $1.0 * $1.1 }
      let apart =
        (raw - mean[channel]) / (variance[channel] + 1e-3).squareRoot() * gamma[channel]
        + beta[channel]
      let together =
        zip(folded.weights[3 * channel..<3 * channel + 3], x).reduce(0) { $0 + $1.0 * $1.1 }
        + folded.bias[channel]
      #expect(abs(apart - together) < 1e-6)
    }
  }
}
