/// What may be chosen about a training; stored with the iteration.
public struct TrainingSettings: Codable, Equatable, Sendable {
  /// How many parts the rows are split into for out-of-fold predictions; 2 or more.
  public var foldCount: Int
  /// The weight of the loss against the penalty on the weights, as scikit-learn's `C`; above 0.
  public var inversePenalty: Double
  /// Chooses the folds.
  public var seed: UInt64

  /// How many folds serve so many rows: ten for fewer than 1,000, five from there on.
  ///
  /// A fold's head learns from fewer rows than the final one, which makes it, and so the figures, a
  /// little worse. Over ten draws of three photo sets at 20 pictures a tag (100 to 200 rows) and five
  /// seeds, out-of-fold accuracy was below that on the held-out rest by 1.1 (compact) and 1.4 points
  /// (general) with five folds and by 0.2 and 0.6 with ten; leaving one row out each time (0.1 and
  /// 0.7) gained no more. With many rows a fifth less of them makes no such difference.
  public static func foldCount(forRows rowCount: Int) -> Int { rowCount < 1_000 ? 10 : 5 }

  public init(foldCount: Int = 5, inversePenalty: Double = 10, seed: UInt64 = 1) {
    precondition(foldCount >= 2, "\(foldCount) folds")
    precondition(inversePenalty > 0, "inverse penalty \(inversePenalty)")
    self.foldCount = foldCount
    self.inversePenalty = inversePenalty
    self.seed = seed
  }
}
