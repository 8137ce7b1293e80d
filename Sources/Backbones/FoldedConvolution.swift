/// The sizes of a convolution without regard to where it stands.
struct ConvolutionShape: Equatable {
  let kernel: Int
  let stride: Int
  let inputChannelCount: Int
  let outputChannelCount: Int
  /// Whether each channel is filtered on its own.
  var isDepthwise = false

  /// [output channels, input channels a group, kernel, kernel]
  var weightsShape: [Int] {
    [outputChannelCount, isDepthwise ? 1 : inputChannelCount, kernel, kernel]
  }
}

/// A convolution and the batch normalisation after it as one convolution with a bias.
///
/// γ·(w∗x − μ)/√(σ² + ε) + β  =  (w·s)∗x + (β − μ·s)  with  s = γ/√(σ² + ε)
struct FoldedConvolution {
  let weights: [Float]
  let bias: [Float]

  /// - Throws: `.missingTensor`, `.wrongShape`, `.outsideStorage` or `.notFinite`.
  init(
    _ checkpoint: TorchCheckpoint, weights: String, norm: String, shape: ConvolutionShape
  ) throws(BackboneError) {
    let count = shape.outputChannelCount
    let raw = try checkpoint.floats(of: "\(weights).weight", shape: shape.weightsShape)
    let gamma = try checkpoint.floats(of: "\(norm).weight", shape: [count])
    let beta = try checkpoint.floats(of: "\(norm).bias", shape: [count])
    let mean = try checkpoint.floats(of: "\(norm).running_mean", shape: [count])
    let variance = try checkpoint.floats(of: "\(norm).running_var", shape: [count])
    // In doubles, so that folding adds no more than one rounding to each weight.
    let scale = zip(gamma, variance).map { gamma, variance in
      Double(gamma) / (Double(variance) + EfficientNetLite.batchNormEpsilon).squareRoot()
    }
    let filterSize = raw.count / count
    self.weights = raw.indices.map { Float(Double(raw[$0]) * scale[$0 / filterSize]) }
    bias = (0..<count).map { Float(Double(beta[$0]) - Double(mean[$0]) * scale[$0]) }
    guard self.weights.allSatisfy(\.isFinite), bias.allSatisfy(\.isFinite) else {
      throw .notFinite(tensor: norm)
    }
  }
}
