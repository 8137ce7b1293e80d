/// How much each part of a picture, or each position of a map, speaks for something: above zero for
/// it, below zero against it.
public struct SaliencyMap: Equatable, Sendable {
  public let rowCount: Int
  public let columnCount: Int
  /// Row after row from the top.
  public var values: [Float]

  /// A map of zeros.
  public init(rowCount: Int, columnCount: Int) {
    precondition(rowCount > 0 && columnCount > 0, "\(rowCount) × \(columnCount)")
    self.rowCount = rowCount
    self.columnCount = columnCount
    values = [Float](repeating: 0, count: rowCount * columnCount)
  }

  public subscript(row: Int, column: Int) -> Float {
    get { values[row * columnCount + column] }
    set { values[row * columnCount + column] = newValue }
  }

  /// The map with each cell mixed with its neighbours, 1 : 2 : 1 in both directions; the sum stays.
  ///
  /// Positions see more of a picture than the part that they stand for.
  func smoothed() -> SaliencyMap {
    var (across, both) = (self, self)
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let (left, right) = (max(column - 1, 0), min(column + 1, columnCount - 1))
        across[row, column] = (self[row, left] + 2 * self[row, column] + self[row, right]) / 4
      }
    }
    for row in 0..<rowCount {
      let (above, below) = (max(row - 1, 0), min(row + 1, rowCount - 1))
      for column in 0..<columnCount {
        both[row, column] =
          (across[above, column] + 2 * across[row, column] + across[below, column]) / 4
      }
    }
    return both
  }

  /// The value at a place between the middles of cells, which are joined by straight lines; beyond
  /// the outermost middles it stays as it is.
  ///
  /// - Parameters:
  ///   - x: 0 at the left edge, 1 at the right.
  ///   - y: 0 at the top, 1 at the bottom.
  func value(x: Double, y: Double) -> Double {
    func place(_ part: Double, _ count: Int) -> (low: Int, high: Int, share: Double) {
      let position = min(max(part * Double(count) - 0.5, 0), Double(count - 1))
      let low = min(Int(position), max(count - 2, 0))
      return (low, min(low + 1, count - 1), position - Double(low))
    }
    let (top, bottom, down) = place(y, rowCount)
    let (left, right, across) = place(x, columnCount)
    func blend(_ first: Float, _ second: Float, _ share: Double) -> Double {
      Double(first) * (1 - share) + Double(second) * share
    }
    return blend(self[top, left], self[top, right], across) * (1 - down)
      + blend(self[bottom, left], self[bottom, right], across) * down
  }
}

extension EmbeddingRecipe {
  /// The longer side of a picture has so many cells.
  static let saliencyCellCount = 16

  /// Puts what positions of views contribute back into the picture, adds it up and smooths it a little.
  ///
  /// - Parameters:
  ///   - contributions: As `EmbeddingPooling.contributions` returns them.
  ///   - width: The picture's, in pixels, as is the height.
  /// - Returns: A map with 16 cells on the picture's longer side, about square ones, and never fewer
  ///   than four on the other; a cell's value is what the part of the picture that it covers adds.
  public func saliency(
    of contributions: [[SaliencyMap]], width: Int, height: Int
  ) -> SaliencyMap {
    let count = Double(Self.saliencyCellCount)
    let longest = Double(max(width, height))
    func cells(_ side: Int) -> Int { max(4, Int((count * Double(side) / longest).rounded())) }
    var map = SaliencyMap(rowCount: cells(height), columnCount: cells(width))
    let frames = inputs.flatMap { input in
      input.views.map { view in
        seesSquares
          ? view.frame(width: squareSide, height: squareSide, side: input.side)
          : view.frame(width: width, height: height, side: input.side)
      }
    }
    let area = 1 / Double(map.rowCount * map.columnCount)
    for (frame, grids) in zip(frames, contributions) {
      for row in 0..<map.rowCount {
        for column in 0..<map.columnCount {
          let (x, y) = frame.place(
            x: (Double(column) + 0.5) / Double(map.columnCount),
            y: (Double(row) + 0.5) / Double(map.rowCount))
          guard (0..<1).contains(x), (0..<1).contains(y) else { continue }
          for grid in grids {
            // What a position contributes belongs to the part of the picture that it covers.
            let density =
              grid.value(x: x, y: y) * Double(grid.values.count) / (frame.width * frame.height)
            map[row, column] += Float(density * area)
          }
        }
      }
    }
    return map.smoothed().smoothed()
  }
}
