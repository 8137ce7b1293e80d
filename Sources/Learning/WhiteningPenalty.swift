import Matrices

/// The penalty ½·Σ wᵀ·A·w that equals a plain one, ½·Σ uᵀ·u, on weights of whitened rows.
///
/// With S = (1 − λ)·Sw/τ + λ·I the scatter within classes, shrunk (Sw = Σ(z − mean)(z − mean)ᵀ / (n
/// − classes), τ the mean of its eigenvalues over the span of the rows), rows are whitened to
/// s·S^−½·z, where s keeps the mean squared length. So u = S^½·w/s, and A = S/s². Since A is a
/// multiple of the scatter plus one of the identity, A·w is a by-product of the scores that the
/// loss needs, and no row is ever whitened.
struct WhiteningPenalty {
  /// The share λ of the identity.
  static let shrinkage = 0.2

  /// A = `scatterWeight` · Σ(z − mean)(z − mean)ᵀ + `ridge` · I over the head's rows.
  let scatterWeight: Double
  let ridge: Double

  /// Makes the penalty of a plain ridge.
  static let plain = WhiteningPenalty(scatterWeight: 0, ridge: 1)

  private init(scatterWeight: Double, ridge: Double) {
    self.scatterWeight = scatterWeight
    self.ridge = ridge
  }

  /// Makes the penalty from sums over the rows that a head learns from, which end in the 1 of the
  /// intercept; that carries no penalty.
  ///
  /// - Parameters:
  ///   - withinScatter: Σ(z − mean)(z − mean)ᵀ, lower triangle.
  ///   - groupSums: One row for each class: its mean times the root of its row count.
  ///   - freedom: Row count less class count.
  ///   - rank: The dimension of the span of the rows.
  init(withinScatter: consuming Matrix, groupSums: Matrix, freedom: Int, rank: Int) {
    let size = withinScatter.rowCount
    let intercept = size - 1
    for column in 0..<size { withinScatter[intercept, column] = 0 }
    let trace = (0..<size).reduce(0.0) { $0 + Double(withinScatter[$1, $1]) }
    guard freedom > 0, rank > 0, trace > 0 else {
      // Nothing varies within classes: S is the identity.
      self = .plain
      return
    }
    let shrinkage = Self.shrinkage
    // Σ over rows = (n − classes)·Sw, so this is (1 − λ)/((n − classes)·τ).
    let weight = (1 - shrinkage) * Double(rank) / trace
    withinScatter.scaleLowerTriangle(by: Float(weight), addingToDiagonal: Float(shrinkage))
    guard let factor = CholeskyFactor(ofLowerTriangle: withinScatter) else {
      // λ·I keeps S definite for any finite rows; only overflow leads here.
      self = .plain
      return
    }
    // Σ zᵀ·z and Σ zᵀ·S⁻¹·z over rows, each split into the parts within and between classes.
    // The intercept, of which S has nothing but λ, adds nothing to either.
    var between = groupSums.transposed()
    for column in 0..<between.columnCount { between[intercept, column] = 0 }
    let lengths = trace + between.sumOfSquares
    factor.solveLower(&between)
    let whitenedLengths =
      (Double(size) - shrinkage * factor.inverseTrace()) / weight + between.sumOfSquares
    let inverseSquaredScale = whitenedLengths / lengths
    scatterWeight = weight * inverseSquaredScale
    ridge = shrinkage * inverseSquaredScale
  }
}
