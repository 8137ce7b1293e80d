import Matrices

extension RidgeLearner {
  /// The cosines of the angles between a picture's embedding and all others', both less the mean of
  /// all, in −1…1; 0 where one is the mean itself. Takes N·d multiplications.
  public func similarities(toRow row: Int) -> [Float] {
    let width = rows.columnCount
    let own = Array(rows.row(row).dropLast())
    return rows.elements.withUnsafeBufferPointer { elements in
      own.withUnsafeBufferPointer { own in
        let ownLength = Self.sums(own, own).0
        return (0..<rows.rowCount).map { other in
          let (product, square) = Self.sums(
            own,
            UnsafeBufferPointer(rebasing: elements[other * width..<(other + 1) * width - 1]))
          let lengths = (ownLength * square).squareRoot()
          return lengths > 0 ? product / lengths : 0
        }
      }
    }
  }

  /// The product of two vectors, and the square of the second.
  private static func sums(
    _ left: UnsafeBufferPointer<Float>, _ right: UnsafeBufferPointer<Float>
  ) -> (Float, Float) {
    // Eight sums side by side: one would wait for each addition before it begins the next.
    var products = SIMD8<Float>()
    var squares = SIMD8<Float>()
    let whole = left.count / 8 * 8
    for start in stride(from: 0, to: whole, by: 8) {
      var first = SIMD8<Float>()
      var second = SIMD8<Float>()
      for lane in 0..<8 {
        first[lane] = left[start + lane]
        second[lane] = right[start + lane]
      }
      products += first * second
      squares += second * second
    }
    var (product, square) = (products.sum(), squares.sum())
    for index in whole..<left.count {
      product += left[index] * right[index]
      square += right[index] * right[index]
    }
    return (product, square)
  }
}
