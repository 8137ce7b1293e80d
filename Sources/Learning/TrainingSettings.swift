/// What may be chosen about a training; stored with the iteration.
public struct TrainingSettings: Codable, Equatable, Sendable {
  /// How many parts the rows are split into for out-of-fold predictions; 2 or more.
  public var foldCount: Int
  /// The weight of the loss against the penalty on the weights, as scikit-learn's `C`; above 0.
  public var inversePenalty: Double
  /// Chooses the folds.
  public var seed: UInt64

  public init(foldCount: Int = 5, inversePenalty: Double = 10, seed: UInt64 = 1) {
    precondition(foldCount >= 2, "\(foldCount) folds")
    precondition(inversePenalty > 0, "inverse penalty \(inversePenalty)")
    self.foldCount = foldCount
    self.inversePenalty = inversePenalty
    self.seed = seed
  }
}
