/// The EfficientNet-Lite family as data: EfficientNet (Tan and Le, arXiv:1905.11946) without
/// squeeze-and-excitation and with ReLU6, as published with TensorFlow TPU models.
struct EfficientNetLite: Hashable, Sendable {
  /// Multiplies the channels of the seven stages; stem and head keep theirs.
  let widthFactor: Double
  /// Multiplies the blocks of the stages; the first and the last keep one.
  let depthFactor: Double

  static let stemChannelCount = 32
  static let headChannelCount = 1280
  /// Added to every variance before its root is taken, as in training.
  static let batchNormEpsilon = 1e-3

  /// One stage of the smallest member.
  private struct StageShape {
    let kernel: Int
    let stride: Int
    let expansion: Int
    let channelCount: Int
    let blockCount: Int
  }

  private static let stageShapes = [
    StageShape(kernel: 3, stride: 1, expansion: 1, channelCount: 16, blockCount: 1),
    StageShape(kernel: 3, stride: 2, expansion: 6, channelCount: 24, blockCount: 2),
    StageShape(kernel: 5, stride: 2, expansion: 6, channelCount: 40, blockCount: 2),
    StageShape(kernel: 3, stride: 2, expansion: 6, channelCount: 80, blockCount: 3),
    StageShape(kernel: 5, stride: 1, expansion: 6, channelCount: 112, blockCount: 3),
    StageShape(kernel: 5, stride: 2, expansion: 6, channelCount: 192, blockCount: 4),
    StageShape(kernel: 3, stride: 1, expansion: 6, channelCount: 320, blockCount: 1),
  ]

  /// An inverted residual block (Sandler et al., arXiv:1801.04381).
  struct Block: Hashable, Sendable {
    let kernel: Int
    let stride: Int
    /// Channels inside are this many times those that come in; 1 leaves the widening out.
    let expansion: Int
    let inputChannelCount: Int
    let outputChannelCount: Int

    var innerChannelCount: Int { inputChannelCount * expansion }
    /// Whether the block adds its input to its output.
    var isResidual: Bool { stride == 1 && inputChannelCount == outputChannelCount }
  }

  /// The blocks of the seven stages, in order.
  var stages: [[Block]] {
    var stages: [[Block]] = []
    var inputChannelCount = Self.stemChannelCount
    for (index, shape) in Self.stageShapes.enumerated() {
      let isScaled = index > 0 && index < Self.stageShapes.count - 1
      let blockCount =
        isScaled
        ? Int((Double(shape.blockCount) * depthFactor).rounded(.up)) : shape.blockCount
      let channelCount = scaledChannelCount(shape.channelCount)
      stages.append(
        (0..<blockCount).map { position in
          Block(
            kernel: shape.kernel, stride: position == 0 ? shape.stride : 1,
            expansion: shape.expansion,
            inputChannelCount: position == 0 ? inputChannelCount : channelCount,
            outputChannelCount: channelCount)
        })
      inputChannelCount = channelCount
    }
    return stages
  }

  /// Channels that come out of the last stage.
  var lastStageChannelCount: Int {
    scaledChannelCount(Self.stageShapes[Self.stageShapes.count - 1].channelCount)
  }

  /// Rounds to the nearest multiple of 8, upwards if that would lose more than a tenth.
  private func scaledChannelCount(_ count: Int) -> Int {
    let exact = Double(count) * widthFactor
    let rounded = max(8, Int(exact + 4) / 8 * 8)
    return Double(rounded) < 0.9 * exact ? rounded + 8 : rounded
  }
}
