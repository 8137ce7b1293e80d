public import Evaluation

/// A trained head and the predictions that judge it.
public struct TrainingResult: Equatable, Sendable {
  /// Trained on all rows.
  public let head: TrainedHead
  /// The fold of each row; `nil` where no other fold has a row of its class, so that no head that
  /// never saw the row could know it.
  public let folds: [Int?]
  /// Calibrated probabilities, each from a head and a calibration that never saw the row's fold.
  public let outOfFold: Predictions
}
