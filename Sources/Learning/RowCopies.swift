import Matrices

/// Which rows are equal to which others.
struct RowCopies {
  /// The first of the rows that are equal to a row, itself included, by place in the order.
  private let firstCopy: [Int]

  /// Compares rows, numbered by their place in the given order.
  init(of matrix: Matrix, order: [Int]) {
    let width = matrix.columnCount
    let first = matrix.elements.withUnsafeBufferPointer { elements in
      // Rows that differ do so in their first few elements, so that sorting compares little.
      func firstDifference(_ left: Int, _ right: Int) -> (Float, Float)? {
        for column in 0..<width {
          let pair = (
            elements[order[left] * width + column], elements[order[right] * width + column]
          )
          if pair.0 != pair.1 { return pair }
        }
        return nil
      }
      let sorted = order.indices.sorted { left, right in
        firstDifference(left, right).map { $0.0 < $0.1 } ?? (left < right)
      }
      var first = Array(order.indices)
      for (left, right) in zip(sorted, sorted.dropFirst())
      where firstDifference(left, right) == nil {
        first[right] = first[left]
      }
      return first
    }
    firstCopy = first
  }

  /// How many different rows there are among the marked ones.
  func distinctCount(where isMarked: [Bool]) -> Int {
    var isCounted = [Bool](repeating: false, count: firstCopy.count)
    var count = 0
    for (row, first) in firstCopy.enumerated() where isMarked[row] && !isCounted[first] {
      isCounted[first] = true
      count += 1
    }
    return count
  }
}
