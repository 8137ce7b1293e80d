import Evaluation
import Glibc
import Matrices

/// Fits calibrations to scores that their heads never saw the answers of.
struct CalibrationFitter {
  let scores: Matrix
  let targets: Targets

  /// Fits on the given rows: a temperature for multiclass, a sigmoid for each tag for multilabel.
  ///
  /// - Parameter guess: Where the search for the temperature begins; one that is near saves time and
  ///   changes nothing else.
  func calibration(fittedOn rows: [Int], guess: Calibration? = nil) -> Calibration {
    let classCount = scores.columnCount
    switch targets {
    case .multiclass(let classes):
      let start = guess?.scales.first.map(Double.init) ?? 1
      let scale = Float(inverseTemperature(rows, classes, start: start))
      return Calibration(
        scales: [Float](repeating: scale, count: classCount),
        offsets: [Float](repeating: 0, count: classCount))
    case .multilabel:
      let fits = (0..<classCount).map { sigmoid(ofClass: $0, rows) }
      return Calibration(
        scales: fits.map { Float($0.scale) }, offsets: fits.map { Float($0.offset) })
    }
  }

  /// The mean of −ln of the probability of what was given, for one tag.
  func logLoss(of predictions: Predictions, classIndex: Int, rows: [Int]) -> Double {
    guard !rows.isEmpty else { return 0 }
    let sum = rows.reduce(0.0) { sum, row in
      let probability = Double(predictions.probabilities[row, classIndex])
      let given = isGiven(row, classIndex) ? probability : 1 - probability
      return sum - log(max(given, Double(Float.ulpOfOne)))
    }
    return sum / Double(rows.count)
  }

  private func isGiven(_ row: Int, _ classIndex: Int) -> Bool {
    targets.classes(ofRow: row).contains(classIndex)
  }
}

// MARK: - Temperature

extension CalibrationFitter {
  private static let inverseTemperatures = 0.05...20.0

  /// The β that minimises Σ −ln softmax(β·scores)[class] (Guo et al., "On calibration of modern
  /// neural networks", 2017), by Newton's method kept between bounds; the sum is convex in β.
  ///
  /// One row more, of no class in particular, is spread over the targets, so that a few rows
  /// without an error do not ask for certainty.
  private func inverseTemperature(
    _ rows: [Int], _ classes: [Int], start: Double
  ) -> Double {
    guard !rows.isEmpty else { return 1 }
    let smoothing = 1 / Double(rows.count + 1)
    var (lower, upper) = (Self.inverseTemperatures.lowerBound, Self.inverseTemperatures.upperBound)
    var scale = start
    for _ in 0..<50 {
      let (slope, curvature) = derivatives(rows, classes, scale: scale, smoothing: smoothing)
      if slope > 0 { upper = scale } else { lower = scale }
      var next = scale - slope / curvature
      if !(lower < next && next < upper) { next = (lower + upper) / 2 }
      if abs(next - scale) <= 1e-9 * scale { return next }
      scale = next
    }
    return scale
  }

  /// The first two derivatives of the sum by β.
  private func derivatives(
    _ rows: [Int], _ classes: [Int], scale: Double, smoothing: Double
  ) -> (slope: Double, curvature: Double) {
    var slope = 0.0
    var curvature = 0.0
    let classCount = scores.columnCount
    scores.elements.withUnsafeBufferPointer { scores in
      for row in rows {
        let start = row * classCount
        var highest = -Double.infinity
        for column in 0..<classCount { highest = max(highest, Double(scores[start + column])) }
        var sum = 0.0
        var first = 0.0
        var second = 0.0
        var plain = 0.0
        for column in 0..<classCount {
          let rest = Double(scores[start + column]) - highest
          let weight = exp(scale * rest)
          sum += weight
          first += weight * rest
          second += weight * rest * rest
          plain += rest
        }
        let mean = first / sum
        let given = Double(scores[start + classes[row]]) - highest
        slope += mean - (1 - smoothing) * given - smoothing * plain / Double(classCount)
        curvature += second / sum - mean * mean
      }
    }
    return (slope, curvature)
  }
}

// MARK: - Sigmoid

extension CalibrationFitter {
  /// With fewer rows of either answer than this, two parameters say more about chance than about
  /// the tag.
  private static let fewestRows = 5

  /// The sigmoid of Platt, "Probabilistic outputs for support vector machines" (1999), with his
  /// softened targets, fitted as Lin, Lin & Weng (2007) do: Newton's method with halved steps. The
  /// identity for too few rows, or when the fit would turn the order of rows around.
  private func sigmoid(
    ofClass classIndex: Int, _ rows: [Int]
  ) -> (scale: Double, offset: Double) {
    let points = rows.map {
      (score: Double(scores[$0, classIndex]), isGiven: isGiven($0, classIndex))
    }
    let givenCount = points.count(where: \.isGiven)
    let otherCount = points.count - givenCount
    guard min(givenCount, otherCount) >= Self.fewestRows else { return (1, 0) }
    let givenTarget = Double(givenCount + 1) / Double(givenCount + 2)
    let otherTarget = 1 / Double(otherCount + 2)

    func loss(_ scale: Double, _ offset: Double) -> Double {
      points.reduce(0) { sum, point in
        let value = scale * point.score + offset
        let target = point.isGiven ? givenTarget : otherTarget
        return sum + log1p(exp(-abs(value))) + max(value, 0) - target * value
      }
    }

    var (scale, offset) = (1.0, 0.0)
    var value = loss(scale, offset)
    for _ in 0..<100 {
      var (slopeScale, slopeOffset) = (0.0, 0.0)
      // A little on the diagonal keeps the system solvable when all scores are equal.
      var (scaleScale, scaleOffset, offsetOffset) = (1e-12, 0.0, 1e-12)
      for point in points {
        let probability = 1 / (1 + exp(-(scale * point.score + offset)))
        let excess = probability - (point.isGiven ? givenTarget : otherTarget)
        let spread = probability * (1 - probability)
        slopeScale += excess * point.score
        slopeOffset += excess
        scaleScale += spread * point.score * point.score
        scaleOffset += spread * point.score
        offsetOffset += spread
      }
      let determinant = scaleScale * offsetOffset - scaleOffset * scaleOffset
      let scaleStep = -(offsetOffset * slopeScale - scaleOffset * slopeOffset) / determinant
      let offsetStep = -(scaleScale * slopeOffset - scaleOffset * slopeScale) / determinant
      let descent = slopeScale * scaleStep + slopeOffset * offsetStep
      guard descent < -1e-10 * value else { break }
      var length = 1.0
      while length > 1e-6 {
        let next = loss(scale + length * scaleStep, offset + length * offsetStep)
        if next <= value + 1e-4 * length * descent {
          scale += length * scaleStep
          offset += length * offsetStep
          value = next
          break
        }
        length /= 2
      }
      if length <= 1e-6 { break }
    }
    return scale > 0 ? (scale, offset) : (1, 0)
  }
}
