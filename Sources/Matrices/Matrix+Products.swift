import CBLAS

extension Matrix {
  /// Returns `self · other`, either factor transposed where said.
  ///
  /// Traps when the inner sizes disagree. Takes rows·columns·inner multiplications, on all cores
  /// when they are many; equal factors give bit for bit the same product on one computer.
  public func multiplied(
    by other: Matrix, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix {
    var product = Matrix(
      rowCount: transposingSelf ? columnCount : rowCount,
      columnCount: transposingOther ? other.rowCount : other.columnCount)
    product.setToProduct(
      of: self, and: other, transposingLeft: transposingSelf, transposingRight: transposingOther)
    return product
  }

  /// Replaces the elements by `left · right`, either factor transposed where said.
  ///
  /// For products that are made again and again; traps unless all sizes agree.
  public mutating func setToProduct(
    of left: Matrix, and right: Matrix, transposingLeft: Bool = false,
    transposingRight: Bool = false
  ) {
    let (rows, inner) =
      transposingLeft ? (left.columnCount, left.rowCount) : (left.rowCount, left.columnCount)
    let (otherInner, columns) =
      transposingRight
      ? (right.columnCount, right.rowCount) : (right.rowCount, right.columnCount)
    precondition(
      inner == otherInner && rows == rowCount && columns == columnCount,
      "\(rows) × \(inner) times \(otherInner) × \(columns) into \(rowCount) × \(columnCount)")
    guard rows > 0, columns > 0 else { return }
    let (leftStride, rightStride) = (left.rowStride, right.rowStride)
    elements.withUnsafeMutableBufferPointer { product in
      left.elements.withUnsafeBufferPointer { left in
        right.elements.withUnsafeBufferPointer { right in
          blas_multiply(
            transposingLeft, transposingRight, Int32(rows), Int32(columns), Int32(inner), 1,
            left.baseAddress, leftStride, right.baseAddress, rightStride, 0, product.baseAddress,
            Int32(columns))
        }
      }
    }
  }

  /// Returns the products of all pairs of rows, `self · selfᵀ`; only the lower triangle is filled.
  public func rowProducts() -> Matrix {
    var products = Matrix(rowCount: rowCount, columnCount: rowCount)
    guard rowCount > 0 else { return products }
    let (count, inner, stride) = (Int32(rowCount), Int32(columnCount), rowStride)
    products.elements.withUnsafeMutableBufferPointer { products in
      elements.withUnsafeBufferPointer { rows in
        blas_multiply_by_own_transpose(
          false, count, inner, 1, rows.baseAddress, stride, 0, products.baseAddress, count)
      }
    }
    return products
  }

  /// Adds `scale · Σ x·xᵀ` over the given rows x of another matrix to the lower triangle.
  ///
  /// Traps unless both have as many columns as `self` has rows and columns.
  public mutating func addScatter(of other: Matrix, rows: Range<Int>, scale: Float = 1) {
    precondition(
      rowCount == columnCount && other.columnCount == columnCount
        && rows.lowerBound >= 0 && rows.upperBound <= other.rowCount,
      """
      rows \(rows) of \(other.rowCount) × \(other.columnCount) \
      scattered into \(rowCount) × \(columnCount)
      """)
    guard !rows.isEmpty, rowCount > 0 else { return }
    let (size, count, stride) = (Int32(rowCount), Int32(rows.count), other.rowStride)
    elements.withUnsafeMutableBufferPointer { scatter in
      other.elements[rows.lowerBound * other.columnCount..<rows.upperBound * other.columnCount]
        .withUnsafeBufferPointer { rows in
          blas_multiply_by_own_transpose(
            true, size, count, scale, rows.baseAddress, stride, 1, scatter.baseAddress, size)
        }
    }
  }

  /// The distance between rows as BLAS wants it: at least 1.
  var rowStride: Int32 { Int32(max(columnCount, 1)) }
}
