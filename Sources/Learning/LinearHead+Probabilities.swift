import Glibc
public import Matrices

extension LinearHead {
  /// The weights with the calibration folded in: `activation(W' x + b')` needs nothing else.
  public var calibratedWeights: Matrix {
    var weights = weights
    for row in 0..<weights.rowCount {
      for column in 0..<weights.columnCount {
        weights[row, column] *= calibration.scales[row]
      }
    }
    return weights
  }

  /// The bias with the calibration folded in.
  public var calibratedBias: [Float] {
    bias.indices.map { calibration.scales[$0] * bias[$0] + calibration.offsets[$0] }
  }

  /// Returns the calibrated probability of every class (columns) for every embedding (rows).
  ///
  /// Traps unless embeddings have `dimension` columns.
  public func probabilities(for embeddings: Matrix) -> Matrix {
    precondition(
      embeddings.columnCount == dimension,
      "embeddings of \(embeddings.columnCount) numbers for a head of \(dimension)")
    var scores = embeddings.multiplied(by: weights, transposingOther: true)
    for row in 0..<scores.rowCount {
      for column in 0..<scores.columnCount { scores[row, column] += bias[column] }
    }
    return calibration.probabilities(ofScores: scores, activation: activation)
  }
}

extension Calibration {
  /// Calibrates scores (one row for each image, one column for each class) and makes them
  /// probabilities.
  func probabilities(ofScores scores: Matrix, activation: Activation) -> Matrix {
    var probabilities = scores
    let classCount = scores.columnCount
    for row in 0..<scores.rowCount {
      for column in 0..<classCount {
        probabilities[row, column] = scales[column] * scores[row, column] + offsets[column]
      }
      switch activation {
      case .softmax:
        let highest = probabilities.row(row).max() ?? 0
        var sum: Float = 0
        for column in 0..<classCount {
          probabilities[row, column] = exp(probabilities[row, column] - highest)
          sum += probabilities[row, column]
        }
        for column in 0..<classCount { probabilities[row, column] /= sum }
      case .sigmoid:
        for column in 0..<classCount {
          probabilities[row, column] = sigmoid(probabilities[row, column])
        }
      }
    }
    return probabilities
  }
}

/// 1 / (1 + e^−x), without overflow.
private func sigmoid(_ score: Float) -> Float {
  let small = exp(-abs(score))
  return score >= 0 ? 1 / (1 + small) : small / (1 + small)
}
