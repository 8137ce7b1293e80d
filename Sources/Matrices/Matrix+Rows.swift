extension Matrix {
  /// The given rows alone, in the given order, with room for more columns after each, filled with
  /// `filler`.
  public func selectingRows(
    _ rows: some RandomAccessCollection<Int>, addingColumns extra: Int = 0, filler: Float = 0
  ) -> Matrix {
    var selected: [Float] = []
    selected.reserveCapacity(rows.count * (columnCount + extra))
    for row in rows {
      selected.append(contentsOf: self.row(row))
      for _ in 0..<extra { selected.append(filler) }
    }
    return Matrix(rowCount: rows.count, columnCount: columnCount + extra, elements: selected)
  }

  /// The given columns alone.
  public func selectingColumns(_ columns: Range<Int>) -> Matrix {
    var selected: [Float] = []
    selected.reserveCapacity(rowCount * columns.count)
    for row in 0..<rowCount {
      selected.append(
        contentsOf: elements[
          row * columnCount + columns.lowerBound..<row * columnCount + columns.upperBound])
    }
    return Matrix(rowCount: rowCount, columnCount: columns.count, elements: selected)
  }
}

extension Matrix {
  /// Ones on the diagonal, zeros elsewhere.
  public static func identity(_ size: Int) -> Matrix {
    var identity = Matrix(rowCount: size, columnCount: size)
    for index in 0..<size { identity[index, index] = 1 }
    return identity
  }

  /// The matrix with rows and columns exchanged.
  public func transposed() -> Matrix {
    var transposed = Matrix(rowCount: columnCount, columnCount: rowCount)
    for row in 0..<rowCount {
      for column in 0..<columnCount { transposed[column, row] = self[row, column] }
    }
    return transposed
  }

  /// Adds a multiple of a matrix of the same size.
  public mutating func add(_ other: Matrix, scale: Float = 1) {
    precondition(
      other.rowCount == rowCount && other.columnCount == columnCount,
      "\(other.rowCount) × \(other.columnCount) added to \(rowCount) × \(columnCount)")
    elements.withUnsafeMutableBufferPointer { sum in
      other.elements.withUnsafeBufferPointer { other in
        for index in sum.indices { sum[index] += scale * other[index] }
      }
    }
  }

  /// Multiplies the lower triangle by a number and adds another to the diagonal.
  public mutating func scaleLowerTriangle(by factor: Float, addingToDiagonal shift: Float) {
    let size = columnCount
    elements.withUnsafeMutableBufferPointer { elements in
      for row in 0..<size {
        for column in 0...row { elements[row * size + column] *= factor }
        elements[row * size + row] += shift
      }
    }
  }

  /// Replaces the given columns by those of a matrix with as many rows.
  public mutating func replaceColumns(_ columns: Range<Int>, with other: Matrix) {
    precondition(
      other.rowCount == rowCount && other.columnCount == columns.count,
      "\(other.rowCount) × \(other.columnCount) into columns \(columns) of \(rowCount) rows")
    let width = columnCount
    elements.withUnsafeMutableBufferPointer { elements in
      other.elements.withUnsafeBufferPointer { source in
        for row in 0..<other.rowCount {
          for column in 0..<columns.count {
            elements[row * width + columns.lowerBound + column] =
              source[row * columns.count + column]
          }
        }
      }
    }
  }
}
