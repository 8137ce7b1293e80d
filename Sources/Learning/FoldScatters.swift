import Matrices

/// The scatters Σ x·xᵀ (lower triangles) of all rows, and of all rows but those of a fold.
///
/// Each row is multiplied once: the whole is the sum of the folds, and what a fold leaves is the
/// whole less the fold.
struct FoldScatters {
  let total: Matrix
  private let rows: Matrix
  private let ranges: [Range<Int>]
  private let kept: [Matrix]

  /// - Parameters:
  ///   - ranges: The rows of each fold, one after another from row 0 on; rows after the last are in
  ///     no fold.
  ///   - mostKept: How many elements the scatters of all folds may have to be kept; if more, each is
  ///     made again when it is needed. 2²⁶ are 256 MB.
  init(of rows: Matrix, ranges: [Range<Int>], mostKept: Int = 1 << 26) {
    self.rows = rows
    self.ranges = ranges
    let size = rows.columnCount
    var total = Matrix(rowCount: size, columnCount: size)
    total.addScatter(of: rows, rows: (ranges.last?.upperBound ?? 0)..<rows.rowCount)
    var kept: [Matrix] = []
    let keeps = ranges.count * size * size <= mostKept
    for range in ranges {
      if keeps {
        let scatter = Self.scatter(of: rows, range)
        total.add(scatter)
        kept.append(scatter)
      } else {
        total.addScatter(of: rows, rows: range)
      }
    }
    self.total = total
    self.kept = kept
  }

  /// The scatter of all rows but those of a fold; of all rows with `nil`.
  func without(fold: Int?) -> Matrix {
    var scatter = total
    guard let fold else { return scatter }
    if kept.isEmpty {
      scatter.addScatter(of: rows, rows: ranges[fold], scale: -1)
    } else {
      scatter.add(kept[fold], scale: -1)
    }
    return scatter
  }

  private static func scatter(of rows: Matrix, _ range: Range<Int>) -> Matrix {
    var scatter = Matrix(rowCount: rows.columnCount, columnCount: rows.columnCount)
    scatter.addScatter(of: rows, rows: range)
    return scatter
  }
}
