public import Evaluation
import Glibc
public import Matrices

/// Makes probabilities of scores: `softmax(scale · s)` where a picture bears one class, `1 / (1 +
/// exp(−scale · s − offset))` for each class where it may bear several.
public struct ScoreCalibration: Equatable, Sendable {
  /// Whether the probabilities of a row add up to 1.
  public let isMulticlass: Bool
  public let scale: Double
  /// 0 for multiclass.
  public let offset: Double

  /// Rows that are looked at; more make no difference that can be seen.
  private static let mostRows = 2_000
  private static let scales = 0.5...60.0
  /// Without rows to fit on: about what photo sets with 20 pictures a tag give.
  static let typicalScale = 6.0

  init(isMulticlass: Bool, scale: Double, offset: Double) {
    self.isMulticlass = isMulticlass
    self.scale = scale
    self.offset = offset
  }

  /// Finds what makes the given classes most likely, by Newton's method.
  ///
  /// - Parameters:
  ///   - scores: A row a picture, each by a head that never saw it.
  ///   - targets: What was given to each row.
  public init(scores: Matrix, targets: Targets) {
    precondition(
      scores.rowCount == targets.count, "\(scores.rowCount) rows, \(targets.count) targets")
    let step = max(1, targets.count / Self.mostRows)
    let rows = Array(stride(from: 0, to: targets.count, by: step))
    switch targets {
    case .multiclass(let classes):
      isMulticlass = true
      offset = 0
      scale = Self.softmaxScale(scores, classes, rows)
    case .multilabel(let classes):
      isMulticlass = false
      (scale, offset) = Self.sigmoidFit(scores, classes, rows)
    }
  }

  /// One probability for each score.
  public func probabilities(of scores: Matrix) -> Matrix {
    var probabilities = scores
    for row in 0..<scores.rowCount {
      let numbers = self.probabilities(of: scores.row(row))
      for (column, number) in numbers.enumerated() { probabilities[row, column] = Float(number) }
    }
    return probabilities
  }

  func probabilities(of scores: some Collection<Float>) -> [Double] {
    guard isMulticlass else {
      return scores.map { 1 / (1 + exp(-scale * Double($0) - offset)) }
    }
    let highest = Double(scores.max() ?? 0)
    let powers = scores.map { exp(scale * (Double($0) - highest)) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The log-likelihood is concave in the scale; its slope is Σ (s of the given class − mean s), its
  /// curvature −Σ variance of s, both under the probabilities. A weak prior about the typical scale
  /// keeps few rows from saying that they are certain.
  private static func softmaxScale(_ scores: Matrix, _ classes: [Int], _ rows: [Int]) -> Double {
    var scale = typicalScale
    for _ in 0..<20 {
      var (slope, curvature) = (-(scale - typicalScale) * priorWeight, priorWeight)
      let calibration = ScoreCalibration(isMulticlass: true, scale: scale, offset: 0)
      for row in rows {
        let line = scores.row(row)
        let probabilities = calibration.probabilities(of: line)
        var (mean, square) = (0.0, 0.0)
        for (probability, score) in zip(probabilities, line) {
          mean += probability * Double(score)
          square += probability * Double(score) * Double(score)
        }
        slope += Double(scores[row, classes[row]]) - mean
        curvature += square - mean * mean
      }
      let next = min(max(scale + slope / curvature, scale / 2), scale * 2)
      if abs(next - scale) < 1e-4 * scale { break }
      scale = min(max(next, scales.lowerBound), scales.upperBound)
    }
    return scale
  }

  private static let priorWeight = 0.02

  private static func sigmoidFit(
    _ scores: Matrix, _ classes: [[Int]], _ rows: [Int]
  ) -> (scale: Double, offset: Double) {
    var (scale, offset) = (typicalScale, -typicalScale / 2)
    for _ in 0..<30 {
      // Slopes and curvatures of the log-likelihood, with the same weak prior.
      var slopes = (
        -(scale - typicalScale) * priorWeight, -(offset + typicalScale / 2) * priorWeight
      )
      var curvatures = (priorWeight, 0.0, priorWeight)
      for row in rows {
        for (classIndex, score) in scores.row(row).enumerated() {
          let score = Double(score)
          let probability = 1 / (1 + exp(-scale * score - offset))
          let miss = (classes[row].contains(classIndex) ? 1 : 0) - probability
          let weight = probability * (1 - probability)
          slopes.0 += miss * score
          slopes.1 += miss
          curvatures.0 += weight * score * score
          curvatures.1 += weight * score
          curvatures.2 += weight
        }
      }
      let determinant = curvatures.0 * curvatures.2 - curvatures.1 * curvatures.1
      let step = (
        (curvatures.2 * slopes.0 - curvatures.1 * slopes.1) / determinant,
        (curvatures.0 * slopes.1 - curvatures.1 * slopes.0) / determinant
      )
      // Newton's first steps may be far too long.
      let length = max(abs(step.0), abs(step.1))
      let share = length > 4 ? 4 / length : 1
      scale = min(max(scale + share * step.0, scales.lowerBound), scales.upperBound)
      offset += share * step.1
      if length < 1e-4 { break }
    }
    return (scale, offset)
  }
}
