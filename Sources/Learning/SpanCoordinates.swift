import Matrices

/// Embeddings in few coordinates, each row followed by a 1 for the intercept.
///
/// Regression with a penalty on the squared length of its weights never leaves the span of its rows
/// and does not care how that is turned. With fewer rows than numbers in an embedding, the rows of
/// the Cholesky factor of their products are such coordinates, found without decomposing anything.
struct SpanCoordinates {
  /// One row for each embedding; the last column is 1.
  let rows: Matrix
  /// How many directions there are: the columns of `rows` but the last.
  let dimension: Int
  /// The factor whose rows are the coordinates; `nil` when the embeddings themselves serve.
  private let factor: CholeskyFactor?
  private let embeddings: Matrix
  private let order: [Int]

  /// How many numbers an embedding has.
  var embeddingDimension: Int { embeddings.columnCount }

  /// Takes the embeddings in the given order.
  init(of embeddings: Matrix, order: [Int]) {
    self.embeddings = embeddings
    self.order = order
    if embeddings.rowCount < embeddings.columnCount {
      let factor = Self.factor(embeddings.selectingRows(order).rowProducts())
      rows = factor.lower.selectingRows(order.indices, addingColumns: 1, filler: 1)
      self.factor = factor
    } else {
      rows = embeddings.selectingRows(order, addingColumns: 1, filler: 1)
      factor = nil
    }
    dimension = rows.columnCount - 1
  }

  /// Factors products of rows, adding the least multiple of the identity that makes them definite
  /// in spite of equal rows and rounding.
  private static func factor(_ products: Matrix) -> CholeskyFactor {
    let size = products.rowCount
    let trace = (0..<size).reduce(0.0) { $0 + Double(products[$1, $1]) }
    // Rows of zeros have no products at all; any scale serves them.
    let meanSquare = trace > 0 ? trace / Double(size) : 1
    var share = 1e-6
    while true {
      var shifted = products
      for row in 0..<size { shifted[row, row] += Float(share * meanSquare) }
      if let factor = CholeskyFactor(ofLowerTriangle: shifted) { return factor }
      // Ends: products of finite rows are definite at the latest when the shift outweighs them.
      share *= 10
    }
  }

  /// Turns weights on the coordinates (one row for each class, without intercepts) into weights on
  /// embeddings.
  func embeddingWeights(_ weights: Matrix) -> Matrix {
    guard let factor else { return weights }
    var combination = weights.transposed()
    factor.solveLowerTransposed(&combination)
    var inputOrder = combination
    for (position, row) in order.enumerated() {
      for column in 0..<weights.rowCount {
        inputOrder[row, column] = combination[position, column]
      }
    }
    return inputOrder.multiplied(by: embeddings, transposingSelf: true)
  }
}
