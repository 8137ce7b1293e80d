public import Matrices

/// A least-squares head on the pictures that have classes, kept up to date as these change, with
/// what it says of every picture and what it would say had it never seen the picture's group.
///
/// With z a picture's embedding less the mean of all, followed by a constant, and y its targets (1
/// for the classes that it bears, 0 for the others), the head W minimises
///
///     Σ ‖Wᵀz − y‖² + λ‖W‖²
///
/// over the pictures that have classes. λ is `relativePenalty` times the mean of ‖z‖² without the
/// constant, whose square is ten times that mean, so that the intercept is hardly penalised. What
/// matters is (Σ zzᵀ + λI)⁻¹, which does not depend on the targets: leaving a group out is a matter
/// of the group's own products (the leave-one-out formula for blocks), and a changed class moves
/// all scores by multiples of one column. Nothing is fitted anew.
///
/// With N pictures, d = min(N, D) + 1 numbers in a row and K classes a change costs d² + N·(d + K)
/// multiplications, the first fit about N·d². Memory: 4·(N·d + d² + N·K) bytes.
public struct RidgeLearner: Sendable {
  /// λ as a share of the mean squared length of a row, where one head serves: what would help
  /// (`AdviceSample`) was measured with it.
  public static let standardPenalty = 0.6
  /// Members of a group beyond so many are left out in parts of this size, since a group's products
  /// grow with its square.
  public static let largestGroup = 256
  /// Rows that enter or leave before rounding errors of 32 bits are cleared by a new fit.
  static let changesBetweenFits = 2_000

  public internal(set) var classCount: Int
  /// One row a picture: coordinates of its embedding, then the constant.
  let rows: Matrix
  /// Of the rows without the constant.
  private let meanSquare: Double
  let penalty: Float
  let groups: RowGroups

  /// (Σ zzᵀ + λI)⁻¹ over the learned rows.
  var inverse: Matrix
  /// What the head says of each row.
  var fitted: Matrix
  /// The products zᵀ · inverse · z of each pair of rows of one group.
  var blocks: [Matrix]
  /// The classes of each row; `nil` for one that is not learned.
  var targets: [[Int]?]
  var changeCount = 0

  /// Takes all pictures, of which none has classes yet.
  ///
  /// - Parameters:
  ///   - embeddings: One row a picture, all finite.
  ///   - groups: The group of each picture, any numbers; near-duplicates share one.
  ///   - relativePenalty: Above 0.
  public init(
    embeddings: Matrix, groups: [Int], classCount: Int,
    relativePenalty: Double = RidgeLearner.standardPenalty
  ) {
    precondition(
      groups.count == embeddings.rowCount,
      "\(embeddings.rowCount) embeddings, \(groups.count) groups")
    precondition(relativePenalty > 0 && classCount >= 0, "\(relativePenalty), \(classCount)")
    let (rows, meanSquare) = Self.coordinates(of: embeddings)
    self.init(
      rows: rows, meanSquare: meanSquare, groups: RowGroups(groups, largest: Self.largestGroup),
      classCount: classCount, relativePenalty: relativePenalty)
  }

  private init(
    rows: Matrix, meanSquare: Double, groups: RowGroups, classCount: Int, relativePenalty: Double
  ) {
    self.rows = rows
    self.meanSquare = meanSquare
    self.groups = groups
    self.classCount = classCount
    penalty = Float(relativePenalty * meanSquare)
    inverse = Matrix(rowCount: 0, columnCount: 0)
    fitted = Matrix(rowCount: rows.rowCount, columnCount: classCount)
    blocks = []
    targets = [[Int]?](repeating: nil, count: rows.rowCount)
    fit()
  }

  /// Another learner on the same pictures, of which none has classes yet.
  func withPenalty(_ relativePenalty: Double) -> RidgeLearner {
    RidgeLearner(
      rows: rows, meanSquare: meanSquare, groups: groups, classCount: classCount,
      relativePenalty: relativePenalty)
  }

  /// The number of pictures.
  public var rowCount: Int { rows.rowCount }

  /// The classes that a picture was given; `nil` when it is not learned from.
  public func classes(ofRow row: Int) -> [Int]? { targets[row] }

  /// What the head says of every picture: a row each, a column for each class; about 1 where it
  /// bears the class, about 0 where not.
  public var scores: Matrix { fitted }

  /// Fits from the beginning on the targets as they are, which clears rounding errors.
  public mutating func fit() {
    changeCount = 0
    let learned = targets.indices.filter { targets[$0] != nil }
    if learned.isEmpty {
      beginEmpty()
      return
    }
    let width = rows.columnCount
    var scatter = Matrix(rowCount: width, columnCount: width)
    let chosen = rows.selectingRows(learned)
    scatter.addScatter(of: chosen, rows: 0..<learned.count)
    scatter.scaleLowerTriangle(by: 1, addingToDiagonal: penalty)
    guard let factor = CholeskyFactor(ofLowerTriangle: scatter) else {
      preconditionFailure("rows of \(width) numbers are not finite")
    }
    inverse = factor.inverse()
    var given = Matrix(rowCount: learned.count, columnCount: classCount)
    for (position, row) in learned.enumerated() {
      for classIndex in targets[row] ?? [] { given[position, classIndex] = 1 }
    }
    let weights = inverse.multiplied(by: chosen.multiplied(by: given, transposingSelf: true))
    fitted = rows.multiplied(by: weights)
    blocks = groupBlocks(of: rows.multiplied(by: inverse))
  }

  /// What a fit on nothing gives: (λI)⁻¹, at the cost of looking at every row once.
  private mutating func beginEmpty() {
    inverse = Matrix(rowCount: rows.columnCount, columnCount: rows.columnCount)
    for place in 0..<rows.columnCount { inverse[place, place] = 1 / penalty }
    fitted = Matrix(rowCount: rowCount, columnCount: classCount)
    blocks = groupBlocks(
      of: Matrix(
        rowCount: rowCount, columnCount: rows.columnCount,
        elements: rows.elements.map { $0 / penalty }))
  }

  /// The products of pairs within groups.
  ///
  /// - Parameter turned: The rows times the inverse.
  private func groupBlocks(of turned: Matrix) -> [Matrix] {
    groups.members.map { members in
      var block = Matrix(rowCount: members.count, columnCount: members.count)
      for (first, left) in members.enumerated() {
        for second in 0...first {
          let product = zip(turned.row(left), rows.row(members[second]))
            .reduce(Float(0)) { $0 + $1.0 * $1.1 }
          block[first, second] = product
          block[second, first] = product
        }
      }
      return block
    }
  }

  /// Rows less their mean in as few coordinates as hold them, each followed by the constant; and
  /// their mean squared length.
  private static func coordinates(of embeddings: Matrix) -> (rows: Matrix, meanSquare: Double) {
    let centred = embeddings.centred()
    let count = max(embeddings.rowCount, 1)
    // Pictures that are all the same leave nothing to learn from; any scale serves them.
    let meanSquare = max(centred.sumOfSquares / Double(count), 1e-12)
    let constant = Float((10 * meanSquare).squareRoot())
    guard embeddings.rowCount < embeddings.columnCount else {
      return (
        centred.selectingRows(
          0..<centred.rowCount, addingColumns: 1, filler: constant), meanSquare
      )
    }
    // The Cholesky factor of the products has rows with these products. Too little to matter is
    // added, more where rounding asks for it.
    let products = centred.rowProducts()
    var share = 1e-6
    while true {
      var shifted = products
      shifted.scaleLowerTriangle(by: 1, addingToDiagonal: Float(share * meanSquare))
      if let factor = CholeskyFactor(ofLowerTriangle: shifted) {
        return (
          factor.lower.selectingRows(
            0..<embeddings.rowCount, addingColumns: 1, filler: constant), meanSquare
        )
      }
      share *= 10
    }
  }
}

extension Matrix {
  /// The rows less their mean.
  func centred() -> Matrix {
    var sums = [Double](repeating: 0, count: columnCount)
    for row in 0..<rowCount {
      for (column, element) in self.row(row).enumerated() { sums[column] += Double(element) }
    }
    let means = sums.map { Float($0 / Double(max(rowCount, 1))) }
    var centred = self
    let width = columnCount
    centred.elements.withUnsafeMutableBufferPointer { elements in
      for index in 0..<rowCount {
        for column in 0..<width { elements[index * width + column] -= means[column] }
      }
    }
    return centred
  }
}
