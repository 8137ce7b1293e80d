/// A place on a grid, counted from the top left.
public struct Position: Hashable, Sendable {
  public var column: Int
  public var row: Int

  public init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// An extent in cells; never negative.
public struct Size: Hashable, Sendable {
  public let width: Int
  public let height: Int

  /// Takes an extent; negative numbers count as 0.
  public init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A block of cells on a grid; may be empty, and may lie partly or wholly outside of it.
public struct Rectangle: Hashable, Sendable {
  public let column: Int
  public let row: Int
  public let width: Int
  public let height: Int

  /// Takes a corner and an extent; a negative extent counts as 0.
  public init(column: Int, row: Int, width: Int, height: Int) {
    self.column = column
    self.row = row
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// The column just right of the last one.
  public var endColumn: Int { column + width }
  /// The row just below the last one.
  public var endRow: Int { row + height }
  public var columns: Range<Int> { column..<endColumn }
  public var rows: Range<Int> { row..<endRow }
  public var origin: Position { Position(column: column, row: row) }
  public var size: Size { Size(width: width, height: height) }
  public var isEmpty: Bool { width == 0 || height == 0 }

  public func contains(_ position: Position) -> Bool {
    columns.contains(position.column) && rows.contains(position.row)
  }

  /// Returns the part that both cover; empty when they do not touch.
  public func intersection(_ other: Rectangle) -> Rectangle {
    let left = max(column, other.column)
    let top = max(row, other.row)
    return Rectangle(
      column: left, row: top, width: min(endColumn, other.endColumn) - left,
      height: min(endRow, other.endRow) - top)
  }

  /// Returns the part that is left when `horizontal` columns go at each side and `vertical` rows at
  /// top and bottom.
  public func inset(horizontal: Int = 1, vertical: Int = 1) -> Rectangle {
    Rectangle(
      column: column + min(horizontal, width), row: row + min(vertical, height),
      width: width - 2 * horizontal, height: height - 2 * vertical)
  }

  /// Returns a rectangle of at most this size in the middle of this one.
  public func centered(width wanted: Int, height wantedHeight: Int) -> Rectangle {
    let width = min(self.width, wanted)
    let height = min(self.height, wantedHeight)
    return Rectangle(
      column: column + (self.width - width) / 2, row: row + (self.height - height) / 2,
      width: width, height: height)
  }

  /// Returns one row of it, counted from its top; empty when there is no such row.
  public func line(_ index: Int) -> Rectangle {
    Rectangle(
      column: column, row: row + index, width: width, height: (0..<height).contains(index) ? 1 : 0)
  }

  /// Cuts off rows at the top, as many as there are.
  public func splitTop(_ count: Int) -> (top: Rectangle, rest: Rectangle) {
    let count = min(max(0, count), height)
    return (
      Rectangle(column: column, row: row, width: width, height: count),
      Rectangle(column: column, row: row + count, width: width, height: height - count)
    )
  }

  /// Cuts off rows at the bottom, as many as there are.
  public func splitBottom(_ count: Int) -> (rest: Rectangle, bottom: Rectangle) {
    let (top, rest) = splitTop(height - min(max(0, count), height))
    return (top, rest)
  }

  /// Cuts off columns at the left, as many as there are.
  public func splitLeft(_ count: Int) -> (left: Rectangle, rest: Rectangle) {
    let count = min(max(0, count), width)
    return (
      Rectangle(column: column, row: row, width: count, height: height),
      Rectangle(column: column + count, row: row, width: width - count, height: height)
    )
  }

  /// Cuts off columns at the right, as many as there are.
  public func splitRight(_ count: Int) -> (rest: Rectangle, right: Rectangle) {
    let (left, rest) = splitLeft(width - min(max(0, count), width))
    return (left, rest)
  }
}
