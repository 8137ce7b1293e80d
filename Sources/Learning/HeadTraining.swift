import Evaluation
import Matrices

/// The heads of one training: one for each fold, which must not see it, then the final one.
struct HeadTraining {
  /// What the heads say, before calibration.
  struct Fitted {
    /// The final head's: one row for each class, on embeddings.
    let weights: Matrix
    /// The final head's intercepts.
    let bias: [Float]
    /// One row for each example, by the head of its fold; zeros where there is none.
    let outOfFoldScores: Matrix
  }

  /// The Hessian of a head, taken as so many times C times the scatter of its rows.
  ///
  /// The mean of p(1 − p) of fitted heads was 0.005 to 0.03; somewhat more, which also fits the
  /// first steps, needs the fewest iterations. It matters for speed alone.
  private static let typicalCurvature = 0.05
  /// Columns that are fitted side by side: enough for products to run at full speed.
  private static let batchWidth = 256
  private static let preparedFraction = 0.3
  private static let fittedFraction = 0.98

  private let examples: TrainingExamples
  private let settings: TrainingSettings
  private let classCount: Int
  /// The example behind each row of the coordinates.
  private let order: [Int]
  /// The rows of each fold.
  private let foldRanges: [Range<Int>]
  private let coordinates: SpanCoordinates
  private var heads: [HeadProblem] = []

  init(_ examples: TrainingExamples, _ plan: FoldPlan, _ settings: TrainingSettings) {
    self.examples = examples
    self.settings = settings
    classCount = examples.classCount
    var order: [Int] = []
    var ranges: [Range<Int>] = []
    for fold in 0..<plan.foldCount {
      let start = order.count
      order += plan.heldOutFolds.indices.filter { plan.heldOutFolds[$0] == fold }
      ranges.append(start..<order.count)
    }
    order += plan.heldOutFolds.indices.filter { plan.heldOutFolds[$0] == nil }
    self.order = order
    foldRanges = ranges
    coordinates = SpanCoordinates(of: examples.embeddings, order: order)
  }

  /// Fits all heads.
  mutating func fitHeads(progress: (TrainingProgress) -> Void) throws -> Fitted {
    let preconditioner = try prepareHeads(progress: progress)
    let batchSize = max(1, Self.batchWidth / classCount)
    var weights: [Matrix] = []
    for start in stride(from: 0, to: heads.count, by: batchSize) {
      let batch = Array(heads[start..<min(start + batchSize, heads.count)])
      let fitter = HeadFitter(
        rows: coordinates.rows, heads: batch, preconditioner: preconditioner,
        inversePenalty: settings.inversePenalty)
      var furthest = 0.0
      weights += try fitter.fit { finished, share in
        furthest = max(furthest, share)
        let done = (Double(start) + furthest * Double(batch.count)) / Double(heads.count)
        progress(
          TrainingProgress(
            stage: .fitting(finishedHeads: start + finished, of: heads.count),
            fraction: Self.preparedFraction + (Self.fittedFraction - Self.preparedFraction) * done))
      }
    }
    return assemble(weights)
  }

  /// Makes each head's problem and the preconditioner that all share.
  private mutating func prepareHeads(
    progress: (TrainingProgress) -> Void
  ) throws -> Matrix {
    let rows = coordinates.rows
    let targets = examples.targets.selecting(order)
    let scatters = FoldScatters(of: rows, ranges: foldRanges)
    var groupSums = Matrix(rowCount: 0, columnCount: rows.columnCount)
    let copies = RowCopies(of: examples.embeddings, order: order)
    let heldOutRanges = foldRanges + [rows.rowCount..<rows.rowCount]
    for (number, heldOut) in heldOutRanges.enumerated() {
      try Task.checkCancellation()
      progress(
        TrainingProgress(
          stage: .preparing,
          fraction: Self.preparedFraction * Double(number + 1) / Double(heldOutRanges.count + 1)))
      let isLearned = (0..<rows.rowCount).map { !heldOut.contains($0) }
      var head = HeadProblem(targets: targets, classCount: classCount, isLearned: isLearned)
      groupSums = head.classBasis.multiplied(by: rows, transposingSelf: true)
      head.whiten(
        scatter: scatters.without(fold: number < foldRanges.count ? number : nil),
        groupSums: groupSums,
        rank: min(coordinates.embeddingDimension, copies.distinctCount(where: isLearned)))
      heads.append(head)
    }
    // The last were those of the final head.
    return preconditioner(
      scatter: scatters.total, groupSums: groupSums, of: heads[foldRanges.count])
  }

  /// The inverse of about the final head's Hessian; the other heads' differ little.
  ///
  /// Whitening alone leaves the common direction of all rows many times steeper than the others;
  /// with the scatter itself taken into account, L-BFGS needs about a tenth of the iterations.
  private func preconditioner(
    scatter: consuming Matrix, groupSums: Matrix, of head: HeadProblem
  ) -> Matrix {
    let intercept = scatter.rowCount - 1
    let penalty = head.penalty
    let curvature = settings.inversePenalty * Self.typicalCurvature
    let rowCount = Float(curvature) * scatter[intercept, intercept]
    scatter.scaleLowerTriangle(
      by: Float(penalty.scatterWeight + curvature), addingToDiagonal: Float(penalty.ridge))
    scatter.addScatter(
      of: groupSums, rows: 0..<groupSums.rowCount, scale: -Float(penalty.scatterWeight))
    // The intercept has no part in the penalty.
    scatter[intercept, intercept] = rowCount
    if let factor = CholeskyFactor(ofLowerTriangle: scatter) { return factor.inverse() }
    // The ridge keeps the matrix definite unless rows are so long that it drowns in rounding. Then
    // fitting starts from the identity: slower, to the same end.
    return .identity(intercept + 1)
  }

  /// Puts the columns of each head back into their places.
  private func assemble(_ weights: [Matrix]) -> Fitted {
    var scores = Matrix(rowCount: order.count, columnCount: classCount)
    for (fold, range) in foldRanges.enumerated() {
      let head = heads[fold]
      let found = coordinates.rows.selectingRows(range)
        .multiplied(by: weights[fold], transposingOther: true)
      for (position, row) in range.enumerated() {
        for classIndex in 0..<classCount {
          scores[order[row], classIndex] = head.scoreWithoutColumn(ofClass: classIndex)
        }
        for (column, classIndex) in head.classes.enumerated() {
          scores[order[row], classIndex] = found[position, column]
        }
      }
    }
    let final = heads[foldRanges.count]
    let dimension = coordinates.dimension
    let found = weights[foldRanges.count]
    let columns = coordinates.embeddingWeights(found.selectingColumns(0..<dimension))
    var embeddingWeights = Matrix(
      rowCount: classCount, columnCount: examples.embeddings.columnCount)
    var bias = (0..<classCount).map { final.scoreWithoutColumn(ofClass: $0) }
    for (column, classIndex) in final.classes.enumerated() {
      bias[classIndex] = found[column, dimension]
      for index in 0..<columns.columnCount {
        embeddingWeights[classIndex, index] = columns[column, index]
      }
    }
    return Fitted(weights: embeddingWeights, bias: bias, outOfFoldScores: scores)
  }
}
