import Glibc
import Matrices

extension HeadProblem {
  /// The columns that are minimised together: all of a multiclass head, each tag of a multilabel
  /// one.
  var parts: [Range<Int>] {
    switch answers {
    case .exclusive: classes.isEmpty ? [] : [0..<classes.count]
    case .independent: classes.indices.map { $0..<$0 + 1 }
    }
  }

  /// What scores cost, and where they should go.
  struct Loss {
    /// One for each active part: C·Σ weight·loss + ½·scatter weight·‖scores within classes‖².
    var values: [Double]
    /// The derivatives of the values by each score, zero in rows not learned.
    var slopes: Matrix
  }

  /// Measures scores (one row for each row, the columns of the active parts side by side).
  ///
  /// The penalty's ridge is missing, since it depends on weights, not on scores.
  func loss(ofScores scores: Matrix, activeParts: [Int], inversePenalty: Double) -> Loss {
    var loss = Loss(
      values: [Double](repeating: 0, count: activeParts.count),
      slopes: scores)
    addPenalty(to: &loss)
    switch answers {
    case .exclusive(let columns, let weights):
      addExclusive(columns, weights.map { $0 * inversePenalty }, scores, to: &loss)
    case .independent(let tags):
      for (column, part) in activeParts.enumerated() {
        let tag = tags[part]
        addIndependent(
          tag.isGiven, tag.givenWeight * inversePenalty, tag.otherWeight * inversePenalty,
          column: column, scores, to: &loss)
      }
    }
    return loss
  }

  /// Turns the slopes, which hold the scores, into the penalty's slopes, and adds its value.
  private func addPenalty(to loss: inout Loss) {
    let means = classBasis.multiplied(by: loss.slopes, transposingSelf: true)
    let constants = classBasis.multiplied(by: means)
    let columnCount = loss.slopes.columnCount
    let weight = Float(penalty.scatterWeight)
    var squares = [Double](repeating: 0, count: columnCount)
    loss.slopes.elements.withUnsafeMutableBufferPointer { slopes in
      constants.elements.withUnsafeBufferPointer { constants in
        for row in isLearned.indices {
          for column in 0..<columnCount {
            let index = row * columnCount + column
            let within = isLearned[row] ? slopes[index] - constants[index] : 0
            squares[column] += Double(within) * Double(within)
            slopes[index] = weight * within
          }
        }
      }
    }
    // An exclusive head has one value for all columns, an independent one a value for each.
    for column in 0..<columnCount {
      loss.values[min(column, loss.values.count - 1)] +=
        0.5 * penalty.scatterWeight * squares[column]
    }
  }

  /// Adds Σ weight·(−ln softmax(scores)[column]).
  private func addExclusive(
    _ columns: [Int], _ weights: [Double], _ scores: Matrix, to loss: inout Loss
  ) {
    let columnCount = scores.columnCount
    var value = 0.0
    var exponentials = [Float](repeating: 0, count: columnCount)
    loss.slopes.elements.withUnsafeMutableBufferPointer { slopes in
      scores.elements.withUnsafeBufferPointer { scores in
        for row in isLearned.indices where isLearned[row] {
          let start = row * columnCount
          var highest = scores[start]
          for column in 1..<max(columnCount, 1) {
            highest = max(highest, scores[start + column])
          }
          var sum: Float = 0
          for column in 0..<columnCount {
            exponentials[column] = expf(scores[start + column] - highest)
            sum += exponentials[column]
          }
          let given = columns[row]
          let weight = weights[given]
          value += weight * Double(logf(sum) + highest - scores[start + given])
          let scale = Float(weight) / sum
          for column in 0..<columnCount {
            slopes[start + column] += scale * exponentials[column]
          }
          slopes[start + given] -= Float(weight)
        }
      }
    }
    loss.values[0] += value
  }

  /// Adds Σ weight·(−ln of the probability of what was given), with sigmoid(score) that of the tag.
  private func addIndependent(
    _ isGiven: [Bool], _ givenWeight: Double, _ otherWeight: Double, column: Int,
    _ scores: Matrix, to loss: inout Loss
  ) {
    for row in isLearned.indices where isLearned[row] {
      // The score of the answer that was given.
      let score = isGiven[row] ? scores[row, column] : -scores[row, column]
      let weight = isGiven[row] ? givenWeight : otherWeight
      // Written so that the exponential never overflows.
      let small = expf(-abs(score))
      let doubt = score >= 0 ? small / (1 + small) : 1 / (1 + small)
      loss.values[column] += weight * Double(log1pf(small) + max(-score, 0))
      loss.slopes[row, column] += Float(weight) * (isGiven[row] ? -doubt : doubt)
    }
  }
}
