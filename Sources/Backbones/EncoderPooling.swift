import ONNXGraph

/// How a network's output of one picture becomes a vector of known length.
struct EncoderPooling {
  let dimension: Int
  private let specification: EncoderSpecification
  private let operatorVersion: Int
  /// What the mean goes over.
  private let axes: [Int64]

  /// - Parameters:
  ///   - outputShape: For one picture; the first side is 1.
  ///   - output: The output's name, for errors.
  /// - Throws: `.outputShape`.
  init(
    _ specification: EncoderSpecification, outputShape: [Int], operatorVersion: Int, output: String
  ) throws(EncoderError) {
    self.specification = specification
    self.operatorVersion = operatorVersion
    let isMap = outputShape.count == 4
    let isTokens = outputShape.count == 3
    var axes: [Int64] = []
    var channelCount: Int?
    if outputShape.first == 1, outputShape.allSatisfy({ $0 > 0 }) {
      switch specification.pooling {
      case .none:
        // A vector, whatever sides of 1 stand around it.
        let sides = outputShape.filter { $0 != 1 }
        if sides.count == 1 { channelCount = sides[0] }
      case .mean, .meanAndDeviation:
        if isTokens {
          (axes, channelCount) = ([1], outputShape[2])
        } else if isMap {
          switch specification.layout {
          case .planes: (axes, channelCount) = ([2, 3], outputShape[1])
          case .pixels: (axes, channelCount) = ([1, 2], outputShape[3])
          }
        }
      case .first:
        if isTokens { channelCount = outputShape[2] }
      }
    }
    guard let channelCount else {
      throw .outputShape(name: output, pooling: specification.pooling, found: outputShape)
    }
    self.axes = axes
    dimension = specification.pooling == .meanAndDeviation ? 2 * channelCount : channelCount
  }

  /// Pools the output of one view: [1, dimension].
  func apply(to output: GraphBuilder.Edge, in graph: inout GraphBuilder) -> GraphBuilder.Edge {
    switch specification.pooling {
    case .none:
      return unit(graph.apply("Flatten", to: output, attributes: ["axis": .int(1)]), in: &graph)
    case .first:
      let first = graph.addTensor("tagbench/first\(graph.count)", shape: [], [0] as [Int64])
      return unit(
        graph.apply("Gather", to: output, first, attributes: ["axis": .int(1)]), in: &graph)
    case .mean:
      return unit(mean(of: output, in: &graph), in: &graph)
    case .meanAndDeviation:
      let mean = mean(of: output, in: &graph)
      let square = graph.apply("Mul", to: output, output)
      let variance = graph.apply(
        "Sub", to: self.mean(of: square, in: &graph), graph.apply("Mul", to: mean, mean))
      // Rounding can leave the difference below zero, where there is no root.
      let deviation = graph.apply("Sqrt", to: graph.apply("Relu", to: variance))
      let root = unit(graph.apply("Sqrt", to: deviation), in: &graph)
      let weighted = graph.apply("Mul", to: root, graph.scalar(0.7))
      return graph.apply(
        "Concat", to: unit(mean, in: &graph), weighted, attributes: ["axis": .int(1)])
    }
  }

  /// Averages the views: [dimension].
  func average(
    _ views: [GraphBuilder.Edge], in graph: inout GraphBuilder, name: String
  ) -> GraphBuilder.Edge {
    let joined = graph.apply("Concat", to: views, attributes: ["axis": .int(0)])
    return reduce("ReduceMean", joined, axes: [0], keepsSides: false, in: &graph, name: name)
  }

  private func mean(
    of output: GraphBuilder.Edge, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    reduce("ReduceMean", output, axes: axes, keepsSides: false, in: &graph)
  }

  /// Brings each row to length 1; a row of zeros stays as it is.
  private func unit(
    _ block: GraphBuilder.Edge, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    let length = reduce("ReduceL2", block, axes: [1], keepsSides: true, in: &graph)
    let smallest = graph.scalar(1e-12)
    return graph.apply("Div", to: block, graph.apply("Max", to: length, smallest))
  }

  /// Axes are an attribute up to version 17 of the operators, and an input from 18 on.
  private func reduce(
    _ operation: String, _ value: GraphBuilder.Edge, axes: [Int64], keepsSides: Bool,
    in graph: inout GraphBuilder, name: String? = nil
  ) -> GraphBuilder.Edge {
    let keeps: ONNXNode.Attribute = .int(keepsSides ? 1 : 0)
    if operatorVersion < 18 {
      return graph.apply(
        operation, to: value, attributes: ["axes": .ints(axes), "keepdims": keeps], name: name)
    }
    let constant = graph.addTensor(
      "tagbench/axes\(graph.count)", shape: [axes.count], axes)
    return graph.apply(operation, to: value, constant, attributes: ["keepdims": keeps], name: name)
  }
}
