public import Embeddings
public import Learning
import Matrices
public import ONNXGraph

/// A recipe and a head as one graph: pixels of a picture in, probabilities of its tags out.
public struct DeployedModel: Sendable {
  /// The graph of the recipe, as set-up made it.
  let recipeGraph: ONNXModel
  let recipe: EmbeddingRecipe
  let head: LinearHead

  /// Name of the output, [1, tags].
  public static let outputName = "probabilities"

  /// Pixels across and down of the input of `square`: the largest crop of the recipe fits in as it is.
  public var side: Int { recipe.squareSide }

  /// - Throws: `ONNXGraphError` for bytes that are no graph of ours.
  public init(recipe: EmbeddingRecipe, recipeGraph: [UInt8], head: TrainedHead) throws {
    self.recipe = recipe
    self.recipeGraph = try ONNXModel(bytes: recipeGraph)
    switch head.kind {
    case .linear(let linear): self.head = linear
    }
    precondition(
      self.head.dimension == recipe.dimension,
      "a head of \(self.head.dimension) numbers for \(recipe.dimension)")
  }

  /// `raw` as the bytes of a file.
  public func rawFile(metadata: [String: String]) -> [UInt8] {
    raw(metadata: metadata).serialized()
  }

  /// `square` as the bytes of a file.
  public func squareFile(metadata: [String: String]) -> [UInt8] {
    square(metadata: metadata).serialized()
  }

  /// Takes a picture of any size, `image`: 8-bit RGB pixels [rows, columns, 3]. The whole recipe is in
  /// the graph, so that it answers as the product does.
  public func raw(metadata: [String: String]) -> ONNXModel {
    var graph = GraphBuilder(name: "views", prefix: "view_")
    let image = graph.addInput("image", type: .uint8, shape: [1, 1, 3])
    let floats = graph.apply("Cast", to: image, attributes: ["to": .int(1)])
    let picture = graph.apply("Transpose", to: floats, attributes: ["perm": .ints([0, 2, 1])])
    let size = graph.apply("Shape", to: image)
    let (rows, columns) = (graph.element(0, of: size), graph.element(1, of: size))
    for input in recipe.inputs {
      let views = input.views.map { view in
        graph.view(view, side: input.side, of: picture, rows: rows, columns: columns)
      }
      graph.feed(views, to: input)
    }
    var model = joined(graph, metadata: metadata)
    model.graph.inputs[0].shape = [.named("rows"), .named("columns"), .fixed(3)]
    return model
  }

  /// Takes one square picture, `data`: RGB from 0 to 255, [1, 3, side, side].
  public func square(metadata: [String: String]) -> ONNXModel {
    var graph = GraphBuilder(name: "views", prefix: "view_")
    let data = graph.addInput("data", type: .float, shape: [1, 3, side, side])
    let planes = graph.reshape(graph.round(data), to: [3, side, side])
    let picture = graph.apply("Transpose", to: planes, attributes: ["perm": .ints([1, 0, 2])])
    for input in recipe.inputs {
      let views = input.views.map { view -> GraphBuilder.Edge in
        let (target, across, down) = view.sides(input.side, from: side)
        let weights = [across, down].map { graph.weights($0, from: side, to: target) }
        return graph.resizeAcrossFirst(
          picture, across: weights[0], down: weights[1], size: (input.side, input.side))
      }
      graph.feed(views, to: input)
    }
    var all = metadata
    all["Image.BitmapPixelFormat"] = "Rgb8"
    all["Image.NominalPixelRange"] = "NominalRange_0_255"
    return joined(graph, metadata: all)
  }

  /// Views, recipe and head one after the other.
  private func joined(_ views: GraphBuilder, metadata: [String: String]) -> ONNXModel {
    var tail = GraphBuilder(name: "tagbench", prefix: "head_")
    let embedding = tail.external(recipe.output)
    // The product keeps embeddings in 16 bits, and heads are fitted on those.
    let half = tail.apply("Cast", to: embedding, attributes: ["to": .int(10)])
    let full = tail.apply("Cast", to: half, attributes: ["to": .int(1)])
    let row = tail.reshape(full, to: [1, head.dimension])
    let weights = tail.addTensor(
      "head_weights", shape: [head.classCount, head.dimension], head.calibratedWeights.elements)
    let turned = tail.apply("Transpose", to: weights, attributes: ["perm": .ints([1, 0])])
    let bias = tail.addTensor("head_bias", shape: [head.classCount], head.calibratedBias)
    let scores = tail.apply("Add", to: tail.apply("MatMul", to: row, turned), bias)
    let probabilities =
      switch head.activation {
      case .softmax:
        tail.apply(
          "Softmax", to: scores, attributes: ["axis": .int(1)], name: Self.outputName)
      case .sigmoid: tail.apply("Sigmoid", to: scores, name: Self.outputName)
      }
    tail.addOutput(probabilities, type: .float, shape: [1, head.classCount])
    let (front, back) = (views.model().graph, tail.model().graph)
    return ONNXModel(
      formatVersion: recipeGraph.formatVersion, operatorVersion: recipeGraph.operatorVersion,
      graph: ONNXGraphValue(
        name: "tagbench", inputs: front.inputs, outputs: back.outputs,
        tensors: front.tensors + recipeGraph.graph.tensors + back.tensors,
        nodes: front.nodes + recipeGraph.graph.nodes + back.nodes), metadata: metadata)
  }
}

extension EmbeddingView {
  /// What a square picture is resized to for this view, and the sides of the view in it.
  fileprivate func sides(
    _ side: Int, from source: Int
  ) -> (target: Int, across: ViewSide, down: ViewSide) {
    switch self {
    case .squeezed:
      return (
        side, ViewSide(count: side, first: 0, isMirrored: true),
        ViewSide(count: side, first: 0, isMirrored: false)
      )
    case .centred:
      let target = Self.shortSide(of: side)
      let one = ViewSide(count: side, first: (target - side) / 2, isMirrored: false)
      return (target, one, one)
    }
  }
}

extension GraphBuilder {
  fileprivate mutating func element(_ index: Int, of values: Edge) -> Edge {
    let position = addConstant(shape: [], [Int64(index)])
    return apply("Gather", to: values, position, attributes: ["axis": .int(0)])
  }

  /// Hands views to the recipe's graph under the name of its input.
  fileprivate mutating func feed(_ views: [Edge], to input: EmbeddingInput) {
    let stacked = views.map { reshape($0, to: [1, input.side, input.side, 3]) }
    let all =
      stacked.count == 1
      ? stacked[0] : apply("Concat", to: stacked, attributes: ["axis": .int(0)])
    _ = apply("Cast", to: all, attributes: ["to": .int(2)], name: input.name)
  }

  /// Cuts a view out of a picture [rows, 3, columns] of any size: [side, side, 3].
  fileprivate mutating func view(
    _ view: EmbeddingView, side: Int, of picture: Edge, rows: Edge, columns: Edge
  ) -> Edge {
    let (zero, whole) = (self.whole(0), self.whole(side))
    let (across, down): (OpenSide, OpenSide)
    switch view {
    case .squeezed:
      across = OpenSide(total: columns, start: zero, source: columns, target: whole, first: zero)
      down = OpenSide(total: rows, start: zero, source: rows, target: whole, first: zero)
    case .centred:
      // The middle 4:1 of a longer picture, its shorter side brought to the size that is cropped.
      let shorter = apply("Min", to: rows, columns)
      let longest = apply("Mul", to: shorter, self.whole(4))
      let short = EmbeddingView.shortSide(of: side)
      across = centred(columns, atMost: longest, shorter: shorter, short: short, side: whole)
      down = centred(rows, atMost: longest, shorter: shorter, short: short, side: whole)
    }
    let isMirrored = view == .squeezed
    let acrossWeights = weights(
      ViewSide(count: side, first: 0, isMirrored: isMirrored), of: across)
    let downWeights = weights(ViewSide(count: side, first: 0, isMirrored: false), of: down)
    let size = (rows: side, columns: side)
    let acrossFirst = resizeAcrossFirst(
      picture, across: acrossWeights, down: downWeights, size: size)
    let downFirst = resizeDownFirst(
      picture, across: acrossWeights, down: downWeights, size: size)
    // The two orders round differently; this is the product's rule, and Pillow's.
    let (lessDown, lessAcross) = (
      apply("Sub", to: down.source, down.target), apply("Sub", to: across.source, across.target)
    )
    let isDownFirst = apply(
      "And", to: apply("Less", to: zero, lessDown),
      apply("Less", to: doubled(lessAcross), lessDown))
    return apply("Where", to: isDownFirst, downFirst, acrossFirst)
  }

  /// A side of the centred view, measured with doubles as the product does.
  private mutating func centred(
    _ total: Edge, atMost longest: Edge, shorter: Edge, short: Int, side: Edge
  ) -> OpenSide {
    let source = apply("Min", to: total, longest)
    let scale = apply("Div", to: double(Float(short)), double(shorter))
    let scaled = apply("Add", to: apply("Mul", to: double(source), scale), double(0.5))
    let rounded = apply(
      "Cast", to: floor(scaled), attributes: ["to": .int(Int64(ONNXElementType.int64.rawValue))])
    let target = apply("Max", to: whole(short), rounded)
    return OpenSide(
      total: total, start: halved(apply("Sub", to: total, source)), source: source,
      target: target, first: halved(apply("Sub", to: target, side)))
  }

  /// Half of a whole number that is 0 or more, rounded down.
  private mutating func halved(_ number: Edge) -> Edge { apply("Div", to: number, whole(2)) }
}
