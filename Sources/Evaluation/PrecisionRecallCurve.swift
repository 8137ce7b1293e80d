/// Precision and recall of one class at every threshold that changes them.
public struct PrecisionRecallCurve: Equatable, Sendable {
  /// One threshold and what it gives.
  public struct Point: Equatable, Sendable {
    public let threshold: Double
    public let precision: Double
    public let recall: Double
  }

  /// By falling threshold, which is rising recall; empty when no row bears the class.
  public let points: [Point]

  /// Makes the curve from the class's probability in each row and whether the row bears it, in
  /// O(n·log n); the order of rows does not matter.
  public init(probabilities: [Double], isGiven: [Bool]) {
    precondition(
      probabilities.count == isGiven.count,
      "\(probabilities.count) probabilities, \(isGiven.count) answers")
    let givenCount = isGiven.count(where: \.self)
    guard givenCount > 0 else {
      points = []
      return
    }
    let order = probabilities.indices.sorted { probabilities[$0] > probabilities[$1] }
    var points: [Point] = []
    var truePositives = 0
    for (position, row) in order.enumerated() {
      truePositives += isGiven[row] ? 1 : 0
      let isLastOfItsProbability =
        position + 1 == order.count || probabilities[order[position + 1]] != probabilities[row]
      guard isLastOfItsProbability else { continue }
      points.append(
        Point(
          threshold: probabilities[row],
          precision: Double(truePositives) / Double(position + 1),
          recall: Double(truePositives) / Double(givenCount)))
    }
    self.points = points
  }

  /// Makes the curve of one class of predictions; empty when the class cannot be judged.
  public init(ofClass classIndex: Int, of predictions: Predictions, against targets: Targets) {
    guard predictions.isKnownClass[classIndex] else {
      points = []
      return
    }
    self = JudgedPredictions(predictions, targets).curve(ofClass: classIndex)
  }

  /// Σ (Rₙ − Rₙ₋₁) · Pₙ, without interpolation; `nil` when no row bears the class.
  public var averagePrecision: Double? {
    guard !points.isEmpty else { return nil }
    var sum = 0.0
    var recall = 0.0
    for point in points {
      sum += (point.recall - recall) * point.precision
      recall = point.recall
    }
    return sum
  }
}
