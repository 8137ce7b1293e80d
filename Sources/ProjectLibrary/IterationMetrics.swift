public import Evaluation

/// An iteration's overall out-of-fold figures as they were when it was trained.
///
/// Kept with the iteration, so that a list of iterations needs no predictions and a later version
/// that measures differently does not rewrite history.
public struct IterationMetrics: Codable, Hashable, Sendable {
  public let precision: Double?
  public let recall: Double?
  public let averagePrecision: Double?
  public let accuracy: Double?
  public let macroAccuracy: Double?
  public let logLoss: Double?
  public let expectedCalibrationError: Double?

  public init(_ performance: Performance) {
    precision = performance.precision
    recall = performance.recall
    averagePrecision = performance.averagePrecision
    accuracy = performance.accuracy
    macroAccuracy = performance.macroAccuracy
    logLoss = performance.logLoss
    expectedCalibrationError = performance.expectedCalibrationError
  }
}
