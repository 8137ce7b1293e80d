public import ONNXGraph

/// Graphs that show what a recipe pools.
extension EmbeddingGraph {
  /// Name of the output for a map: of an input, the maps in the order of their blocks.
  public static func mapName(ofInput input: String, map: Int) -> String {
    "\(input)/map\(map)"
  }

  /// The head, the fifth and the sixth stage.
  private static let mapCount = 3

  /// Returns a recipe's graph with the pooled maps as further outputs, each of shape [views,
  /// channels, height, width].
  ///
  /// Made from the finished graph, so that a runtime that was set up needs nothing else.
  ///
  /// - Parameter bytes: What `model(checkpoint:)` wrote.
  /// - Throws: `ONNXGraphError`; `.unsupportedPart` for a graph that is pooled otherwise.
  public static func showingMaps(_ bytes: [UInt8]) throws(ONNXGraphError) -> [UInt8] {
    var model = try ONNXModel(bytes: bytes)
    let maps = model.graph.pooledMaps
    let inputs = model.graph.inputs.map(\.name)
    guard !inputs.isEmpty, maps.count == mapCount * inputs.count else {
      throw .unsupportedPart("\(maps.count) pooled maps of \(inputs.count) inputs")
    }
    for (index, map) in maps.enumerated() {
      let name = mapName(ofInput: inputs[index / mapCount], map: index % mapCount)
      model.graph.nodes.append(
        ONNXNode(name: name, operation: "Identity", inputs: [map], outputs: [name]))
      model.graph.outputs.append(ONNXValue(name: name, type: .float, shape: nil))
    }
    return model.serialized()
  }
}

extension ONNXGraphValue {
  /// The values that are averaged over height and width, in the order of the operations; squares of
  /// such are not among them.
  fileprivate var pooledMaps: [String] {
    var squares: Set<String> = []
    var maps: [String] = []
    for node in nodes {
      if node.operation == "Mul", node.inputs.count == 2, node.inputs[0] == node.inputs[1] {
        squares.formUnion(node.outputs)
      }
      guard node.operation == "ReduceMean", node.attributes["axes"] == .ints([2, 3]),
        let map = node.inputs.first, !squares.contains(map)
      else { continue }
      maps.append(map)
    }
    return maps
  }
}
