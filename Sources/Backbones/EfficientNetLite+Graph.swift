import ONNXGraph

/// Values inside a network that recipes look at, each of shape [pictures, channels, height, width].
struct FeatureMaps {
  /// What each of the seven stages gives; linear, so it may be negative.
  var stages: [FeatureMap]
  /// What the head's 1×1 convolution gives after ReLU6: 0…6.
  var head: FeatureMap
}

struct FeatureMap {
  let edge: GraphBuilder.Edge
  let channelCount: Int
}

/// Writes a network's operations into a graph, with batch normalisation folded into convolutions.
///
/// Weights are shared: passes of one network at several sizes store them once.
struct EfficientNetLiteWriter {
  let name: String
  let architecture: EfficientNetLite
  let checkpoint: TorchCheckpoint
  private var folded: [String: (weights: GraphBuilder.Edge, bias: [Float])] = [:]
  private var passCount = 0

  init(name: String, architecture: EfficientNetLite, checkpoint: TorchCheckpoint) {
    self.name = name
    self.architecture = architecture
    self.checkpoint = checkpoint
  }

  /// Adds one pass over normalised pictures, [pictures, 3, side, side].
  ///
  /// - Throws: `.missingTensor`, `.wrongShape`, `.outsideStorage` or `.notFinite`.
  mutating func addPass(
    over pictures: GraphBuilder.Edge, side: Int, to graph: inout GraphBuilder
  ) throws(BackboneError) -> FeatureMaps {
    passCount += 1
    var size = side
    var edge = try convolve(
      pictures, in: &graph, size: &size, weights: "_conv_stem", norm: "_bn0",
      shape: ConvolutionShape(
        kernel: 3, stride: 2, inputChannelCount: 3,
        outputChannelCount: EfficientNetLite.stemChannelCount))
    edge = relu6(edge, in: &graph)
    var stages: [FeatureMap] = []
    var blockIndex = 0
    for stage in architecture.stages {
      for block in stage {
        edge = try add(block, at: blockIndex, after: edge, size: &size, to: &graph)
        blockIndex += 1
      }
      stages.append(FeatureMap(edge: edge, channelCount: stage[0].outputChannelCount))
    }
    let head = try convolve(
      edge, in: &graph, size: &size, weights: "_conv_head", norm: "_bn1",
      shape: ConvolutionShape(
        kernel: 1, stride: 1, inputChannelCount: architecture.lastStageChannelCount,
        outputChannelCount: EfficientNetLite.headChannelCount))
    return FeatureMaps(
      stages: stages,
      head: FeatureMap(
        edge: relu6(head, in: &graph), channelCount: EfficientNetLite.headChannelCount))
  }

  private mutating func add(
    _ block: EfficientNetLite.Block, at index: Int, after input: GraphBuilder.Edge,
    size: inout Int, to graph: inout GraphBuilder
  ) throws(BackboneError) -> GraphBuilder.Edge {
    let prefix = "_blocks.\(index)."
    var edge = input
    if block.expansion > 1 {
      edge = try convolve(
        edge, in: &graph, size: &size, weights: prefix + "_expand_conv", norm: prefix + "_bn0",
        shape: ConvolutionShape(
          kernel: 1, stride: 1, inputChannelCount: block.inputChannelCount,
          outputChannelCount: block.innerChannelCount))
      edge = relu6(edge, in: &graph)
    }
    edge = try convolve(
      edge, in: &graph, size: &size, weights: prefix + "_depthwise_conv", norm: prefix + "_bn1",
      shape: ConvolutionShape(
        kernel: block.kernel, stride: block.stride, inputChannelCount: block.innerChannelCount,
        outputChannelCount: block.innerChannelCount, isDepthwise: true))
    edge = relu6(edge, in: &graph)
    edge = try convolve(
      edge, in: &graph, size: &size, weights: prefix + "_project_conv", norm: prefix + "_bn2",
      shape: ConvolutionShape(
        kernel: 1, stride: 1, inputChannelCount: block.innerChannelCount,
        outputChannelCount: block.outputChannelCount))
    return block.isResidual ? graph.apply("Add", to: edge, input) : edge
  }

  /// Adds a convolution with "same" padding and its folded batch normalisation.
  private mutating func convolve(
    _ input: GraphBuilder.Edge, in graph: inout GraphBuilder, size: inout Int, weights: String,
    norm: String, shape: ConvolutionShape
  ) throws(BackboneError) -> GraphBuilder.Edge {
    let convolution: (weights: GraphBuilder.Edge, bias: [Float])
    if let known = folded[weights] {
      convolution = known
    } else {
      convolution = try fold(weights, norm: norm, shape: shape, into: &graph)
      folded[weights] = convolution
    }
    // Passes share weights but not biases: OpenVINO fuses a bias into its convolution, and ReLU6
    // with it, only if nothing else uses it. That is a tenth of the time.
    let bias = graph.addTensor(
      "\(name).\(weights).bias_\(passCount)", shape: [shape.outputChannelCount],
      convolution.bias)
    let padding = SamePadding(size: size, kernel: shape.kernel, stride: shape.stride)
    size = padding.outputSize
    let kernel = Int64(shape.kernel)
    let stride = Int64(shape.stride)
    let (before, after) = (Int64(padding.before), Int64(padding.after))
    return graph.apply(
      "Conv", to: input, convolution.weights, bias,
      attributes: [
        "kernel_shape": .ints([kernel, kernel]),
        "strides": .ints([stride, stride]),
        "pads": .ints([before, before, after, after]),
        "group": .int(Int64(shape.isDepthwise ? shape.outputChannelCount : 1)),
      ])
  }

  /// Folds a batch normalisation into the convolution before it, and stores the weights.
  private func fold(
    _ weights: String, norm: String, shape: ConvolutionShape, into graph: inout GraphBuilder
  ) throws(BackboneError) -> (weights: GraphBuilder.Edge, bias: [Float]) {
    let convolution = try FoldedConvolution(checkpoint, weights: weights, norm: norm, shape: shape)
    let edge = graph.addTensor(
      "\(name).\(weights).weight", shape: shape.weightsShape, convolution.weights)
    return (edge, convolution.bias)
  }

  private func relu6(
    _ edge: GraphBuilder.Edge, in graph: inout GraphBuilder
  ) -> GraphBuilder.Edge {
    let (low, high) = (graph.scalar(0), graph.scalar(6))
    return graph.apply("Clip", to: edge, low, high)
  }
}

/// TensorFlow's "same" padding, with which these networks were trained: the output has ⌈size /
/// stride⌉ positions, and where the padding is odd, the end gets the larger half.
struct SamePadding: Equatable {
  let before: Int
  let after: Int
  let outputSize: Int
}

extension SamePadding {
  init(size: Int, kernel: Int, stride: Int) {
    let outputSize = (size + stride - 1) / stride
    let total = max(0, (outputSize - 1) * stride + kernel - size)
    self.init(before: total / 2, after: total - total / 2, outputSize: outputSize)
  }
}
