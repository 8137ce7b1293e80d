public import ONNXGraph

/// A recipe of embeddings as one graph: pixels of the recipe's views in, the finished embedding
/// out.
///
/// Inputs are 8-bit RGB pixels of shape [views, side, side, 3]. For every view each backbone gives
/// four blocks: √GAP and √std of the head's channels over positions, and the averages of the fifth
/// and the sixth stage. Each block is brought to length 1, weighted 1, 0.7, 0.4 and 0.4, and the
/// four are joined; a backbone's views are averaged without normalising again, and backbones stand
/// side by side.
public struct EmbeddingGraph: Hashable, Sendable {
  /// A backbone's look at one or more views of one size.
  public struct Pass: Hashable, Sendable {
    public let backbone: Backbone
    /// Pixels across and down.
    public let side: Int
    /// How many views go through together.
    public let viewCount: Int

    /// Name of the graph's input: `lite0_224`.
    public var inputName: String { "\(backbone.name)_\(side)" }
  }

  /// Name of the recipe, and of its file without the ending.
  public let name: String
  /// Passes in the order of the graph's inputs; those of one backbone stand together.
  public let passes: [Pass]

  /// Lite0 alone: 2,864 numbers.
  public static let compact = EmbeddingGraph(
    name: "compact",
    passes: [
      Pass(backbone: .lite0, side: 224, viewCount: 1),
      Pass(backbone: .lite0, side: 288, viewCount: 1),
    ])

  /// Lite0 and Lite2 side by side: 5,752 numbers.
  public static let general = EmbeddingGraph(
    name: "general",
    passes: compact.passes + [Pass(backbone: .lite2, side: 260, viewCount: 2)])

  /// Every graph that set-up makes.
  public static let all = [compact, general]

  /// Name of the graph's output.
  public static let outputName = "embedding"

  /// Backbones in the order of their part of the embedding.
  public var backbones: [Backbone] {
    passes.reduce(into: []) { if $0.last != $1.backbone { $0.append($1.backbone) } }
  }

  /// Writes the graph.
  ///
  /// - Parameter checkpoint: Gives the weights of a backbone; asked once for each.
  /// - Returns: A model with one input per pass, in order, and one output of shape [dimension].
  /// - Throws: What `checkpoint` throws, and `BackboneError` for weights of another network.
  public func model(checkpoint: (Backbone) throws -> TorchCheckpoint) throws -> ONNXModel {
    var graph = GraphBuilder(name: name)
    let inputs = passes.map {
      graph.addInput($0.inputName, type: .uint8, shape: [$0.viewCount, $0.side, $0.side, 3])
    }
    var parts: [EmbeddingPart] = []
    for backbone in backbones {
      var writer = EfficientNetLiteWriter(
        name: backbone.name, architecture: backbone.architecture,
        checkpoint: try checkpoint(backbone))
      var views: [EmbeddingPart] = []
      for (pass, input) in zip(passes, inputs) where pass.backbone == backbone {
        let pictures = Self.normalise(input, in: &graph)
        let maps = try writer.addPass(over: pictures, side: pass.side, to: &graph)
        views.append(EmbeddingPart(of: maps, in: &graph))
      }
      parts.append(EmbeddingPart(averaging: views, in: &graph))
    }
    let embedding = graph.apply(
      "Concat", to: parts.map(\.edge), attributes: ["axis": .int(0)], name: Self.outputName)
    graph.addOutput(embedding, type: .float, shape: [parts.map(\.dimension).reduce(0, +)])
    return graph.model(metadata: ["recipe": name])
  }

  /// Turns pixels into what the networks were trained on: [views, 3, side, side].
  private static func normalise(
    _ pixels: GraphBuilder.Edge, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    let floats = graph.apply(
      "Cast", to: pixels, attributes: ["to": .int(Int64(ONNXElementType.float.rawValue))])
    let planes = graph.apply(
      "Transpose", to: floats, attributes: ["perm": .ints([0, 3, 1, 2])])
    let mean = graph.scalar(Backbone.pixelMean)
    let deviation = graph.scalar(Backbone.pixelDeviation)
    return graph.apply("Div", to: graph.apply("Sub", to: planes, mean), deviation)
  }
}

/// One backbone's share of an embedding, while it is being written.
private struct EmbeddingPart {
  let edge: GraphBuilder.Edge
  let dimension: Int

  /// Positions of the feature maps: height and width.
  private static let positions: ONNXNode.Attribute = .ints([2, 3])

  /// Pools feature maps to [views, dimension].
  init(of maps: FeatureMaps, in graph: inout GraphBuilder) {
    let head = maps.head
    let mean = Self.average(head.edge, in: &graph)
    let square = graph.apply("Mul", to: head.edge, head.edge)
    let variance = graph.apply(
      "Sub", to: Self.average(square, in: &graph), graph.apply("Mul", to: mean, mean))
    // Rounding can leave the difference below zero, where there is no root.
    let deviation = graph.apply("Sqrt", to: graph.apply("Relu", to: variance))
    let blocks: [(edge: GraphBuilder.Edge, weight: Float)] = [
      (graph.apply("Sqrt", to: mean), 1),
      (graph.apply("Sqrt", to: deviation), 0.7),
      (Self.average(maps.stages[4].edge, in: &graph), 0.4),
      (Self.average(maps.stages[5].edge, in: &graph), 0.4),
    ]
    edge = graph.apply(
      "Concat",
      to: blocks.map { Self.unit($0.edge, weight: $0.weight, in: &graph) },
      attributes: ["axis": .int(1)])
    dimension = 2 * head.channelCount + maps.stages[4].channelCount + maps.stages[5].channelCount
  }

  /// Averages all views of all passes of one backbone: [dimension].
  init(averaging views: [EmbeddingPart], in graph: inout GraphBuilder) {
    let joined = graph.apply("Concat", to: views.map(\.edge), attributes: ["axis": .int(0)])
    edge = graph.apply(
      "ReduceMean", to: joined, attributes: ["axes": .ints([0]), "keepdims": .int(0)])
    dimension = views[0].dimension
  }

  private static func average(
    _ map: GraphBuilder.Edge, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    graph.apply("ReduceMean", to: map, attributes: ["axes": positions, "keepdims": .int(0)])
  }

  /// Brings each row to the length `weight`; a row of zeros stays as it is.
  private static func unit(
    _ block: GraphBuilder.Edge, weight: Float, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    let length = graph.apply(
      "ReduceL2", to: block, attributes: ["axes": .ints([1]), "keepdims": .int(1)])
    let smallest = graph.scalar(1e-12)
    let safeLength = graph.apply("Max", to: length, smallest)
    let factor = graph.scalar(weight)
    return graph.apply("Mul", to: graph.apply("Div", to: block, safeLength), factor)
  }
}
