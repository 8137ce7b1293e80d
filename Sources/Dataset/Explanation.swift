/// Which parts of a picture spoke for a tag, as an iteration sees it.
public struct Explanation: Hashable, Sendable {
  public let tag: Tag
  /// 0…1
  public let probability: Float
  public let rowCount: Int
  public let columnCount: Int
  /// What each cell of a grid over the picture adds to the tag's score against the others, row after
  /// row from the top: above zero it speaks for the tag, below against it.
  public let values: [Float]

  /// Traps unless the values fill the grid.
  public init(tag: Tag, probability: Float, rowCount: Int, columnCount: Int, values: [Float]) {
    precondition(
      values.count == rowCount * columnCount,
      "\(values.count) values in \(rowCount) × \(columnCount) cells")
    self.tag = tag
    self.probability = probability
    self.rowCount = rowCount
    self.columnCount = columnCount
    self.values = values
  }

  /// A part of a picture that can be named.
  public enum Region: String, Sendable, CaseIterable {
    case upperLeft, upperMiddle, upperRight
    case middleLeft, middle, middleRight
    case lowerLeft, lowerMiddle, lowerRight
    case upper, lower, left, right
    /// Between left and right, from top to bottom; and the other way.
    case middleColumn, middleRow
    case everywhere
  }

  /// Where most of what speaks for the tag lies; `nil` where nothing does.
  ///
  /// A side is named when two thirds of it lie in that half, the middle when one half lies in the
  /// middle third.
  public var region: Region? {
    var rows = [Double](repeating: 0, count: rowCount)
    var columns = [Double](repeating: 0, count: columnCount)
    for (index, value) in values.enumerated() where value > 0 {
      rows[index / columnCount] += Double(value)
      columns[index % columnCount] += Double(value)
    }
    if rows.allSatisfy({ $0 == 0 }) { return nil }
    return switch (Self.side(of: rows), Self.side(of: columns)) {
    case (.first, .first): .upperLeft
    case (.first, .middle): .upperMiddle
    case (.first, .last): .upperRight
    case (.middle, .first): .middleLeft
    case (.middle, .middle): .middle
    case (.middle, .last): .middleRight
    case (.last, .first): .lowerLeft
    case (.last, .middle): .lowerMiddle
    case (.last, .last): .lowerRight
    case (.first, nil): .upper
    case (.last, nil): .lower
    case (nil, .first): .left
    case (nil, .last): .right
    case (.middle, nil): .middleRow
    case (nil, .middle): .middleColumn
    case (nil, nil): .everywhere
    }
  }

  /// How much the cell at a place speaks for the tag, as a share of the most: 0…1.
  ///
  /// - Parameters:
  ///   - x: 0 at the left edge of the picture, below 1 at the right.
  ///   - y: 0 at the top, below 1 at the bottom.
  public func strength(x: Double, y: Double) -> Double {
    let most = values.max() ?? 0
    let (row, column) = (Int(y * Double(rowCount)), Int(x * Double(columnCount)))
    guard most > 0, (0..<rowCount).contains(row), (0..<columnCount).contains(column) else {
      return 0
    }
    return max(0, Double(values[row * columnCount + column] / most))
  }

  private enum Side { case first, middle, last }

  private static func side(of sums: [Double]) -> Side? {
    let (all, count) = (sums.reduce(0, +), Double(sums.count))
    /// The share that lies between two parts of the length, cells cut where they have to be.
    func share(_ from: Double, _ to: Double) -> Double {
      sums.enumerated().reduce(0) { share, cell in
        let low = max(Double(cell.offset), from * count)
        let high = min(Double(cell.offset) + 1, to * count)
        return share + max(0, high - low) * cell.element
      } / all
    }
    if share(1 / 3, 2 / 3) >= 1 / 2 { return .middle }
    if share(0, 1 / 2) >= 2 / 3 { return .first }
    return share(1 / 2, 1) >= 2 / 3 ? .last : nil
  }
}
