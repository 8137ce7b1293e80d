import ONNXGraph

/// Resizing as products with matrices of weights: runtimes disagree about antialiased `Resize`.
extension GraphBuilder {
  typealias Edge = GraphBuilder.Edge

  /// A side of a picture whose size is known only when the graph runs, all as whole numbers.
  struct OpenSide {
    /// Pixels of the whole picture.
    let total: Edge
    /// Where the part begins that is looked at, and how many pixels it has.
    let start: Edge
    let source: Edge
    /// What the part is resized to.
    let target: Edge
    /// Where the view begins in the resized part.
    let first: Edge
  }

  /// What each pixel of a view is made of, in the two parts of `FixedPointWeights`: matrices
  /// [view, picture].
  struct Weights {
    let high: Edge
    let low: Edge
  }

  /// Weights of a side of known size.
  mutating func weights(_ side: ViewSide, from source: Int, to target: Int) -> Weights {
    let weights = side.weights(from: source, to: target)
    let shape = [side.count, source]
    return Weights(
      high: addConstant(shape: shape, weights.high), low: addConstant(shape: shape, weights.low))
  }

  /// Weights of a side that is measured while the graph runs, computed as the product does, with
  /// doubles.
  ///
  /// The distance of a picture's pixel x from a view's pixel i, in units of the filter's stretch, is
  /// ((2x + 1) · target − (2i + 1) · source) / (2 · max(source, target)). The numerator is a whole
  /// number, so that runtimes without doubles, as OpenVINO, are wrong by little, too.
  mutating func weights(_ side: ViewSide, of open: OpenSide) -> Weights {
    let places = addConstant(
      shape: [side.count, 1], side.positions.map { Int64(2 * $0 + 1) })
    let resized = apply("Add", to: places, doubled(open.first))
    let pixels = apply("Range", to: whole(0), open.total, whole(1))
    let middles = apply(
      "Sub", to: apply("Add", to: doubled(pixels), whole(1)), doubled(open.start))
    let gap = apply(
      "Sub", to: apply("Mul", to: middles, open.target), apply("Mul", to: resized, open.source))
    let unit = doubled(apply("Max", to: open.source, open.target))
    let distance = apply("Abs", to: apply("Div", to: double(gap), double(unit)))
    let cubic = apply(
      "Where", to: apply("Less", to: distance, double(1)), near(distance), far(distance))
    // Pixels beside the part count for nothing.
    let isInside = apply(
      "And", to: apply("Less", to: whole(0), middles),
      apply("Less", to: middles, doubled(open.source)))
    let inside = apply("Where", to: isInside, cubic, double(0))
    let axes = addConstant(shape: [1], [Int64(1)])
    let sum = apply("ReduceSum", to: inside, axes, attributes: ["keepdims": .int(1)])
    return fixedPoint(apply("Div", to: inside, sum))
  }

  /// ((1.5 x − 2.5) x) x + 1: the filter up to a distance of 1.
  private mutating func near(_ x: Edge) -> Edge {
    let line = apply("Sub", to: apply("Mul", to: x, double(1.5)), double(2.5))
    let cubic = apply("Mul", to: apply("Mul", to: line, x), x)
    return apply("Add", to: cubic, double(1))
  }

  /// (((x − 5) x + 8) x − 4) · −½ up to a distance of 2, then nothing.
  private mutating func far(_ x: Edge) -> Edge {
    let square = apply(
      "Add", to: apply("Mul", to: apply("Sub", to: x, double(5)), x), double(8))
    let cubic = apply("Sub", to: apply("Mul", to: square, x), double(4))
    let value = apply("Mul", to: cubic, double(-0.5))
    return apply("Where", to: apply("Less", to: x, double(2)), value, double(0))
  }

  /// The parts of weights, as `FixedPointWeights.append` makes them.
  private mutating func fixedPoint(_ weights: Edge) -> Weights {
    let unit = double(Float(1 << FixedPointWeights.fractionBits))
    let lowUnit = double(Float(1 << FixedPointWeights.lowBits))
    let total = floor(
      apply("Add", to: apply("Mul", to: weights, unit), double(0.5)))
    let high = floor(apply("Add", to: apply("Div", to: total, lowUnit), double(0.5)))
    let low = apply("Sub", to: total, apply("Mul", to: high, lowUnit))
    return Weights(high: float(high), low: float(low))
  }

  /// Resizes a picture [rows, 3, columns] to [view rows, view columns, 3], first across.
  ///
  /// Rounds after each pass, as 8-bit pixels do.
  mutating func resizeAcrossFirst(
    _ picture: Edge, across: Weights, down: Weights, size: (rows: Int, columns: Int)
  ) -> Edge {
    let narrow = weighAcross(picture, across)
    let lines = reshape(narrow, to: [-1, 3 * size.columns])
    let small = weighDown(lines, down)
    return interleaved(reshape(small, to: [size.rows, 3, size.columns]))
  }

  /// The same, first down.
  mutating func resizeDownFirst(
    _ picture: Edge, across: Weights, down: Weights, size: (rows: Int, columns: Int)
  ) -> Edge {
    let lines = apply("Flatten", to: picture, attributes: ["axis": .int(1)])
    let planes = reshape(weighDown(lines, down), to: [size.rows, 3, -1])
    return interleaved(weighAcross(planes, across))
  }

  private mutating func weighAcross(_ picture: Edge, _ weights: Weights) -> Edge {
    pixels(weights) { graph, matrix in
      let turned = graph.apply("Transpose", to: matrix, attributes: ["perm": .ints([1, 0])])
      return graph.apply("MatMul", to: picture, turned)
    }
  }

  private mutating func weighDown(_ lines: Edge, _ weights: Weights) -> Edge {
    pixels(weights) { graph, matrix in graph.apply("MatMul", to: matrix, lines) }
  }

  /// Pixels of a product with weights, rounded.
  private mutating func pixels(
    _ weights: Weights, product: (inout GraphBuilder, Edge) -> Edge
  ) -> Edge {
    // ⌊(h · 2¹¹ + l + 2²¹) / 2²²⌋ without a number that a single float does not hold.
    let half = Float(1 << (FixedPointWeights.fractionBits - 1))
    let lowUnit = 1 / Float(1 << FixedPointWeights.lowBits)
    let highUnit = 1 / Float(1 << (FixedPointWeights.fractionBits - FixedPointWeights.lowBits))
    let lower = apply("Add", to: product(&self, weights.low), scalar(half))
    let carried = floor(apply("Mul", to: lower, scalar(lowUnit)))
    let sum = apply("Add", to: product(&self, weights.high), carried)
    let level = floor(apply("Mul", to: sum, scalar(highUnit)))
    return apply("Clip", to: level, scalar(0), scalar(255))
  }

  /// Rounds to whole numbers from 0 to 255.
  mutating func round(_ values: Edge) -> Edge {
    let level = floor(apply("Add", to: values, scalar(0.5)))
    return apply("Clip", to: level, scalar(0), scalar(255))
  }

  mutating func reshape(_ values: Edge, to shape: [Int]) -> Edge {
    let sides = addConstant(shape: [shape.count], shape.map(Int64.init))
    return apply("Reshape", to: values, sides)
  }

  /// A whole number.
  mutating func whole(_ value: Int) -> Edge { addConstant(shape: [], [Int64(value)]) }

  mutating func doubled(_ values: Edge) -> Edge { apply("Mul", to: values, whole(2)) }

  mutating func floor(_ values: Edge) -> Edge { apply("Floor", to: values) }

  mutating func double(_ values: Edge) -> Edge {
    // The format's number for doubles.
    apply("Cast", to: values, attributes: ["to": .int(11)])
  }

  /// A number that a single float holds, as a double.
  mutating func double(_ value: Float) -> Edge { double(scalar(value)) }

  private mutating func float(_ values: Edge) -> Edge {
    apply("Cast", to: values, attributes: ["to": .int(Int64(ONNXElementType.float.rawValue))])
  }

  private mutating func interleaved(_ planes: Edge) -> Edge {
    apply("Transpose", to: planes, attributes: ["perm": .ints([0, 2, 1])])
  }
}
