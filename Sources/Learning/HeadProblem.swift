import Evaluation
import Glibc
import Matrices

/// What one head is to learn: from which rows, which classes, and under which penalty.
///
/// Rows are those of `SpanCoordinates`, ordered so that a fold is a range.
struct HeadProblem {
  /// Whether the head may learn from a row.
  let isLearned: [Bool]
  /// The classes that the learned rows tell apart; the others get no column.
  let classes: [Int]
  let answers: Answers
  /// Orthonormal columns whose span holds every constant of a class; zeros in rows not learned.
  let classBasis: Matrix
  private(set) var penalty = WhiteningPenalty.plain
  /// The logarithm of each tag's odds among the learned rows, with half a row added to either side.
  private let constantScores: [Float]

  /// What people said of the rows, for the columns of the head.
  enum Answers {
    /// The column of each row, and the weight of each column's rows.
    case exclusive(columns: [Int], weights: [Double])
    /// For each column, whether a row bears it, and the weights of both answers.
    case independent([(isGiven: [Bool], givenWeight: Double, otherWeight: Double)])
  }

  init(targets: Targets, classCount: Int, isLearned: [Bool]) {
    self.isLearned = isLearned
    let learnedCount = isLearned.count(where: \.self)
    switch targets {
    case .multiclass(let classOfRow):
      var counts = [Int](repeating: 0, count: classCount)
      for (row, classIndex) in classOfRow.enumerated() where isLearned[row] {
        counts[classIndex] += 1
      }
      classes = counts.indices.filter { counts[$0] > 0 }
      var columnOfClass = [Int](repeating: 0, count: classCount)
      for (column, classIndex) in classes.enumerated() { columnOfClass[classIndex] = column }
      let classCount = classes.count
      answers = .exclusive(
        columns: classOfRow.map { columnOfClass[$0] },
        weights: classes.map { Double(learnedCount) / Double(classCount * counts[$0]) })
      var basis = Matrix(rowCount: isLearned.count, columnCount: classCount)
      for (row, classIndex) in classOfRow.enumerated() where isLearned[row] {
        basis[row, columnOfClass[classIndex]] = 1 / Float(counts[classIndex]).squareRoot()
      }
      classBasis = basis
      constantScores = []

    case .multilabel(let classesOfRow):
      let isGiven = (0..<classCount).map { classIndex in
        classesOfRow.map { $0.contains(classIndex) }
      }
      let counts = isGiven.map { given in given.indices.count { given[$0] && isLearned[$0] } }
      classes = counts.indices.filter { 0 < counts[$0] && counts[$0] < learnedCount }
      answers = .independent(
        classes.map { classIndex in
          let given = Double(counts[classIndex])
          let all = Double(learnedCount)
          return (isGiven[classIndex], all / (2 * given), all / (2 * (all - given)))
        })
      constantScores = counts.map {
        log((Float($0) + 0.5) / (Float(learnedCount - $0) + 0.5))
      }
      let indicators = classes.map { classIndex in
        isLearned.indices.map { isLearned[$0] && isGiven[classIndex][$0] ? 1.0 : 0.0 }
      }
      classBasis = orthonormalBasis(of: [isLearned.map { $0 ? 1.0 : 0.0 }] + indicators)
    }
  }

  /// The score, for every row, of a class that the learned rows do not tell from the others.
  func scoreWithoutColumn(ofClass classIndex: Int) -> Float {
    switch answers {
    case .exclusive:
      // As good as impossible, and yet finite.
      return -100
    case .independent:
      return constantScores[classIndex]
    }
  }

  /// Sets the penalty that whitens the learned rows.
  ///
  /// - Parameters:
  ///   - scatter: Σ x·xᵀ over the learned rows, lower triangle.
  ///   - groupSums: The class basis, transposed, times the rows.
  ///   - rank: The dimension of the span of the learned rows.
  mutating func whiten(scatter: consuming Matrix, groupSums: Matrix, rank: Int) {
    scatter.addScatter(of: groupSums, rows: 0..<groupSums.rowCount, scale: -1)
    penalty = WhiteningPenalty(
      withinScatter: scatter, groupSums: groupSums,
      freedom: isLearned.count(where: \.self) - classBasis.columnCount, rank: rank)
  }
}

/// Columns of length 1, each at right angles to all others, that span what the given vectors span.
///
/// Gram and Schmidt's method, each vector cleared twice, which keeps the angles right to rounding.
private func orthonormalBasis(of vectors: [[Double]]) -> Matrix {
  var basis: [[Double]] = []
  for vector in vectors {
    var rest = vector
    for direction in basis + basis {
      let share = zip(direction, rest).reduce(0) { $0 + $1.0 * $1.1 }
      for index in rest.indices { rest[index] -= share * direction[index] }
    }
    let squaredLength = rest.reduce(0) { $0 + $1 * $1 }
    // Whatever is left of a vector of the span is rounding.
    guard squaredLength > 1e-9 * vector.reduce(0, { $0 + $1 * $1 }) else { continue }
    let length = squaredLength.squareRoot()
    basis.append(rest.map { $0 / length })
  }
  let rowCount = vectors.first?.count ?? 0
  var columns = Matrix(rowCount: rowCount, columnCount: basis.count)
  for (column, direction) in basis.enumerated() {
    for row in 0..<rowCount { columns[row, column] = Float(direction[row]) }
  }
  return columns
}
