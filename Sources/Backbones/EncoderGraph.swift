public import ONNXGraph

/// A person's encoder, built into a graph like those of recipes: 8-bit pixels in, the finished
/// embedding out.
///
/// Each view has an input of shape [1, side, side, 3]. Blocks of the pooled output are brought to
/// length 1; the views' embeddings are averaged without normalising again.
public struct EncoderGraph: Sendable {
  public let specification: EncoderSpecification
  private let network: ONNXNetwork
  private let input: ONNXNetwork.Port

  /// More numbers than this are no description of a picture.
  public static let dimensionLimit = 16_384

  private static let prefix = "tagbench/"
  /// Name of the graph's output, which no network of others has.
  public static let outputName = prefix + "embedding"
  private static let oldestOperators = 9

  /// Name of the graph's input for a view.
  public static func inputName(of view: EncoderSpecification.View) -> String {
    prefix + view.rawValue
  }

  /// Compares a network with its description, as far as the file tells.
  ///
  /// - Throws: `EncoderError`.
  public init(
    _ specification: EncoderSpecification, network: ONNXNetwork
  ) throws(EncoderError) {
    guard network.operatorVersion >= Self.oldestOperators else {
      throw .operatorsTooOld(version: network.operatorVersion, needed: Self.oldestOperators)
    }
    guard network.inputs.count == 1, let input = network.inputs.first else {
      throw .inputCount(names: network.inputs.map(\.name))
    }
    guard [Self.floatCode, Self.halfCode].contains(input.elementType) else {
      throw .inputType(name: input.name, code: input.elementType)
    }
    if let operation = network.operationWithSubgraph, specification.views.count > 1 {
      throw .needsOneView(operation: operation)
    }
    self.specification = specification
    self.network = network
    self.input = input
    try checkInputShape()
  }

  private static let floatCode = 1
  private static let halfCode = 10

  private func checkInputShape() throws(EncoderError) {
    guard let found = input.shape else { return }
    let side = specification.side
    let expected =
      switch specification.layout {
      case .planes: [1, 3, side, side]
      case .pixels: [1, side, side, 3]
      }
    let fits =
      found.count == expected.count
      && zip(found, expected).allSatisfy { found, expected in
        switch found {
        case .fixed(let count): count == expected
        case .named: true
        }
      }
    guard fits else {
      throw .inputShape(
        name: input.name, expected: expected.map(String.init),
        found: found.map { dimension in
          switch dimension {
          case .fixed(let count): String(count)
          case .named: "?"
          }
        })
    }
  }

  /// A graph that only shows what comes out: one view in, the network's own output out, as
  /// `outputName`.
  ///
  /// - Throws: `ONNXGraphError`.
  public func probe() throws(ONNXGraphError) -> [UInt8] {
    var after = GraphBuilder(name: specification.name, prefix: Self.prefix + "out/")
    let output = floats(of: 0, in: &after, name: Self.outputName)
    after.addOutput(output, type: .float)
    return try network.inlined(
      before: before([specification.views[0]]), copyCount: 1, after: after.model().graph,
      name: specification.name)
  }

  /// The finished graph.
  ///
  /// - Parameter outputShape: The shape that the probe's output has for one picture.
  /// - Returns: The bytes of an ONNX file, and how many numbers an embedding has.
  /// - Throws: `EncoderError`, `ONNXGraphError`.
  public func graph(outputShape: [Int]) throws -> (bytes: [UInt8], dimension: Int) {
    let pool = try EncoderPooling(
      specification, outputShape: outputShape, operatorVersion: network.operatorVersion,
      output: network.output)
    guard pool.dimension <= Self.dimensionLimit else {
      throw EncoderError.tooManyNumbers(pool.dimension, limit: Self.dimensionLimit)
    }
    var after = GraphBuilder(name: specification.name, prefix: Self.prefix + "out/")
    let views = specification.views.indices.map { copy in
      pool.apply(to: floats(of: copy, in: &after), in: &after)
    }
    let embedding = pool.average(views, in: &after, name: Self.outputName)
    after.addOutput(embedding, type: .float, shape: [pool.dimension])
    let bytes = try network.inlined(
      before: before(specification.views), copyCount: views.count, after: after.model().graph,
      name: specification.name)
    return (bytes, pool.dimension)
  }

  private func floats(
    of copy: Int, in graph: inout GraphBuilder, name: String? = nil
  ) -> GraphBuilder.Edge {
    graph.apply(
      "Cast", to: graph.external(network.name(of: network.output, copy: copy)),
      attributes: ["to": .int(Int64(Self.floatCode))], name: name)
  }

  /// Turns the pixels of each view into what the network was trained on.
  private func before(_ views: [EncoderSpecification.View]) -> ONNXGraphValue {
    var graph = GraphBuilder(name: specification.name, prefix: Self.prefix + "in/")
    let side = specification.side
    let pixels = views.map {
      graph.addInput(Self.inputName(of: $0), type: .uint8, shape: [1, side, side, 3])
    }
    let mean = graph.addTensor(Self.prefix + "mean", shape: [3], specification.mean)
    let deviation = graph.addTensor(
      Self.prefix + "deviation", shape: [3], specification.deviation)
    let blueFirst: GraphBuilder.Edge? =
      specification.channels == .bgr
      ? graph.addTensor(Self.prefix + "channels", shape: [3], [2, 1, 0] as [Int64]) : nil
    for (copy, view) in pixels.enumerated() {
      var value = graph.apply(
        "Cast", to: view, attributes: ["to": .int(Int64(Self.floatCode))])
      if let blueFirst {
        value = graph.apply("Gather", to: value, blueFirst, attributes: ["axis": .int(3)])
      }
      value = graph.apply("Div", to: graph.apply("Sub", to: value, mean), deviation)
      if specification.layout == .planes {
        value = graph.apply("Transpose", to: value, attributes: ["perm": .ints([0, 3, 1, 2])])
      }
      // Also where nothing is to be cast: the last operation gives the value its name.
      _ = graph.apply(
        "Cast", to: value, attributes: ["to": .int(Int64(input.elementType))],
        name: network.name(of: input.name, copy: copy))
    }
    return graph.model().graph
  }
}
