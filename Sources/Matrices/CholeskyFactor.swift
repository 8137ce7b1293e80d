import CBLAS

/// The lower triangular L of a symmetric positive definite matrix A = L·Lᵀ.
public struct CholeskyFactor: Sendable {
  /// L, with zeros above its diagonal.
  public let lower: Matrix

  /// Factors the matrix whose lower triangle is given, in n³/3 multiplications; `nil` when it is
  /// not positive definite to 32-bit precision.
  public init?(ofLowerTriangle matrix: consuming Matrix) {
    let size = matrix.rowCount
    precondition(size == matrix.columnCount, "\(size) × \(matrix.columnCount) is not square")
    if size > 0 {
      let failure = matrix.elements.withUnsafeMutableBufferPointer {
        lapack_factor_cholesky(Int32(size), $0.baseAddress, Int32(size))
      }
      guard failure == 0 else { return nil }
      matrix.clearAboveDiagonal()
    }
    lower = matrix
  }

  /// Replaces the matrix B by L⁻¹·B.
  public func solveLower(_ right: inout Matrix) { solve(&right, transposed: false) }

  /// Replaces the matrix B by L⁻ᵀ·B.
  public func solveLowerTransposed(_ right: inout Matrix) { solve(&right, transposed: true) }

  /// The sum of the diagonal of A⁻¹, in n³/3 multiplications; takes the factor's memory for it.
  public consuming func inverseTrace() -> Double {
    var inverse = lower
    let size = Int32(inverse.rowCount)
    guard size > 0 else { return 0 }
    // A factor has no zero on its diagonal, so this inversion cannot fail.
    _ = inverse.elements.withUnsafeMutableBufferPointer {
      lapack_invert_triangular(size, $0.baseAddress, size)
    }
    return inverse.sumOfSquares
  }

  /// A⁻¹, both triangles filled, in 2n³/3 multiplications.
  public func inverse() -> Matrix {
    var inverse = lower
    let size = Int32(lower.rowCount)
    guard size > 0 else { return inverse }
    // As above.
    _ = inverse.elements.withUnsafeMutableBufferPointer {
      lapack_invert_from_cholesky(size, $0.baseAddress, size)
    }
    inverse.mirrorLowerTriangle()
    return inverse
  }

  private func solve(_ right: inout Matrix, transposed: Bool) {
    precondition(
      right.rowCount == lower.rowCount,
      "\(lower.rowCount) equations, \(right.rowCount) right-hand rows")
    guard right.rowCount > 0, right.columnCount > 0 else { return }
    let (rows, columns) = (Int32(right.rowCount), Int32(right.columnCount))
    right.elements.withUnsafeMutableBufferPointer { right in
      lower.elements.withUnsafeBufferPointer { lower in
        blas_solve_triangular(
          transposed, rows, columns, lower.baseAddress, rows, right.baseAddress, columns)
      }
    }
  }
}

extension Matrix {
  /// The sum of the squares of all elements, in double precision.
  public var sumOfSquares: Double {
    elements.withUnsafeBufferPointer { elements in
      // Eight sums side by side: one would wait for each addition before it begins the next.
      var sums = SIMD8<Double>()
      let whole = elements.count / 8 * 8
      for start in stride(from: 0, to: whole, by: 8) {
        var part = SIMD8<Float>()
        for lane in 0..<8 { part[lane] = elements[start + lane] }
        let wide = SIMD8<Double>(part)
        sums += wide * wide
      }
      var sum = sums.sum()
      for element in elements[whole...] { sum += Double(element) * Double(element) }
      return sum
    }
  }

  mutating func clearAboveDiagonal() {
    let size = columnCount
    elements.withUnsafeMutableBufferPointer { elements in
      for row in 0..<size {
        for column in row + 1..<max(size, row + 1) { elements[row * size + column] = 0 }
      }
    }
  }

  /// Copies each element below the diagonal to its place above.
  mutating func mirrorLowerTriangle() {
    let size = columnCount
    // In square tiles, since walking down columns misses the cache at every step.
    let tile = 64
    elements.withUnsafeMutableBufferPointer { elements in
      for top in stride(from: 0, to: size, by: tile) {
        for left in stride(from: 0, through: top, by: tile) {
          for row in top..<min(top + tile, size) {
            for column in left..<max(left, min(left + tile, row)) {
              elements[column * size + row] = elements[row * size + column]
            }
          }
        }
      }
    }
  }
}
