/// A dense matrix of 32-bit floats in row-major order.
public struct Matrix: Equatable, Sendable {
  public let rowCount: Int
  public let columnCount: Int
  /// `rowCount * columnCount` elements, one row after another.
  public var elements: [Float]

  /// Takes elements in row-major order; traps unless there are `rowCount * columnCount` of them.
  public init(rowCount: Int, columnCount: Int, elements: [Float]) {
    precondition(
      rowCount >= 0 && columnCount >= 0 && elements.count == rowCount * columnCount,
      "\(elements.count) elements do not fill \(rowCount) × \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.elements = elements
  }

  /// Makes a matrix of zeros.
  public init(rowCount: Int, columnCount: Int) {
    self.init(
      rowCount: rowCount, columnCount: columnCount,
      elements: [Float](repeating: 0, count: rowCount * columnCount))
  }

  @inlinable
  public subscript(row: Int, column: Int) -> Float {
    get { elements[row * columnCount + column] }
    set { elements[row * columnCount + column] = newValue }
  }

  /// The elements of one row.
  @inlinable
  public func row(_ index: Int) -> ArraySlice<Float> {
    elements[index * columnCount..<(index + 1) * columnCount]
  }
}
