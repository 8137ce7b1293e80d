/// What a training is doing.
public enum TrainingStage: Equatable, Sendable {
  /// Planning folds and making what all heads share.
  case preparing
  /// Fitting the heads: one for each fold, to be judged on it, and the final one, all side by side.
  case fitting(finishedHeads: Int, of: Int)
  /// Fitting probabilities to observed rates.
  case calibrating
}

/// How far a training has come.
public struct TrainingProgress: Equatable, Sendable {
  public let stage: TrainingStage
  /// The share of the whole training that is done, in 0...1; never falls.
  public let fraction: Double

  public init(stage: TrainingStage, fraction: Double) {
    self.stage = stage
    self.fraction = fraction
  }
}
