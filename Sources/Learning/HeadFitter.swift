import Glibc
import Matrices

/// Fits several heads on the same rows side by side, so that each product with the rows serves all.
struct HeadFitter {
  let rows: Matrix
  let heads: [HeadProblem]
  /// An approximate inverse of every head's Hessian, symmetric.
  let preconditioner: Matrix
  let inversePenalty: Double

  /// How far above its minimum a head's value may stay, as a share of it.
  static let tolerance = 1e-7

  /// The columns of one head that are minimised together.
  private struct Part {
    let head: Int
    let index: Int
    let columns: Range<Int>
    var minimizer: QuasiNewtonMinimizer
  }

  /// Returns the weights of each head: one row for each of its classes, intercepts in the last
  /// column.
  ///
  /// - Parameter progress: Called before each evaluation with the count of finished heads and the
  ///   share of the work that is done, an estimate from how near the farthest part is.
  /// - Throws: `CancellationError` when the task is cancelled between two evaluations.
  func fit(progress: (Int, Double) -> Void) throws -> [Matrix] {
    let width = rows.columnCount
    var parts = heads.indices.flatMap { head in
      heads[head].parts.enumerated().map { index, columns in
        Part(
          head: head, index: index, columns: columns,
          minimizer: QuasiNewtonMinimizer(
            count: columns.count * width, tolerance: Self.tolerance))
      }
    }
    while true {
      try Task.checkCancellation()
      let active = parts.indices.filter { !parts[$0].minimizer.isFinished }
      let busyHeads = Set(active.map { parts[$0].head }).count
      progress(heads.count - busyHeads, Self.finishedShare(of: parts.map(\.minimizer)))
      if active.isEmpty { break }
      evaluate(&parts, active: active)
    }
    return heads.indices.map { head in
      let weights = parts.filter { $0.head == head }.flatMap(\.minimizer.point)
      return Matrix(rowCount: weights.count / width, columnCount: width, elements: weights)
    }
  }

  /// Evaluates the trial of each active part and hands the part what it found.
  private func evaluate(_ parts: inout [Part], active: [Int]) {
    let width = rows.columnCount
    let trials = active.flatMap { parts[$0].minimizer.trial }
    let weights = Matrix(
      rowCount: trials.count / width, columnCount: width, elements: trials)
    var scores = rows.multiplied(by: weights, transposingOther: true)

    // The parts of one head stand side by side, since both lists are in the order of heads.
    var values: [Double] = []
    var column = 0
    for head in heads.indices {
      let mine = active.filter { parts[$0].head == head }
      guard !mine.isEmpty else { continue }
      let columns = column..<column + mine.reduce(0) { $0 + parts[$1].columns.count }
      let loss = heads[head].loss(
        ofScores: scores.selectingColumns(columns), activeParts: mine.map { parts[$0].index },
        inversePenalty: inversePenalty)
      values += loss.values
      scores.replaceColumns(columns, with: loss.slopes)
      column = columns.upperBound
    }

    var gradient = scores.multiplied(by: rows, transposingSelf: true)
    var row = 0
    for (position, part) in active.enumerated() {
      let ridge = heads[parts[part].head].penalty.ridge
      var square = 0.0
      for row in row..<row + parts[part].columns.count {
        // The last column is the intercept, which carries no penalty.
        for column in 0..<width - 1 {
          let weight = weights[row, column]
          square += Double(weight) * Double(weight)
          gradient[row, column] += Float(ridge) * weight
        }
      }
      values[position] += 0.5 * ridge * square
      row += parts[part].columns.count
    }

    let preconditioned = gradient.multiplied(by: preconditioner)
    var start = 0
    for (position, part) in active.enumerated() {
      let range = start..<start + parts[part].columns.count * width
      parts[part].minimizer.take(
        value: values[position], gradient: Array(gradient.elements[range]),
        preconditioned: Array(preconditioned.elements[range]))
      start = range.upperBound
    }
  }

  /// Convergence is about linear, so that its logarithm tells how much of the way is gone.
  private static func finishedShare(of minimizers: [QuasiNewtonMinimizer]) -> Double {
    let farthest = minimizers.filter { !$0.isFinished }.map(\.remainingShare).max() ?? tolerance
    return min(max(log(farthest) / log(tolerance), 0), 1)
  }
}
