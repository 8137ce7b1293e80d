public import Matrices

/// What makes probabilities of a row's scores.
public enum Activation: UInt8, Equatable, Sendable {
  /// Probabilities of a row add up to 1: multiclass.
  case softmax = 1
  /// Each probability stands alone: multilabel.
  case sigmoid = 2
}

/// Scores that are linear in the embedding, calibrated, then made probabilities:
/// `activation(scales · (W x + b) + offsets)`.
public struct LinearHead: Equatable, Sendable {
  /// One row for each class, one column for each number of an embedding.
  public let weights: Matrix
  /// One for each class.
  public let bias: [Float]
  public let activation: Activation
  public let calibration: Calibration

  /// Traps unless bias and calibration have one entry for each row of the weights.
  public init(weights: Matrix, bias: [Float], activation: Activation, calibration: Calibration) {
    precondition(
      bias.count == weights.rowCount && calibration.scales.count == weights.rowCount,
      """
      \(weights.rowCount) rows of weights, \(bias.count) biases, \
      \(calibration.scales.count) calibrations
      """)
    self.weights = weights
    self.bias = bias
    self.activation = activation
    self.calibration = calibration
  }

  public var dimension: Int { weights.columnCount }
  public var classCount: Int { weights.rowCount }
}
