/// How much room a pane wants along one direction.
public enum Extent: Hashable, Sendable {
  /// So many cells, if there is room.
  case fixed(Int)
  /// A part of what the fixed panes leave, by `weight` among the sharing panes, within its bounds.
  case share(weight: Int = 1, minimum: Int = 0, maximum: Int = .max)
}

extension Rectangle {
  /// Splits into panes side by side, left to right, by what each wants.
  ///
  /// See `lengths(dividing:by:)` for how room is given out; all panes have this rectangle's height.
  public func splitIntoColumns(_ extents: [Extent]) -> [Rectangle] {
    var column = self.column
    return lengths(dividing: width, by: extents).map { length in
      defer { column += length }
      return Rectangle(column: column, row: row, width: length, height: height)
    }
  }

  /// Splits into panes one above the other, top to bottom, by what each wants.
  ///
  /// See `lengths(dividing:by:)` for how room is given out; all panes have this rectangle's width.
  public func splitIntoRows(_ extents: [Extent]) -> [Rectangle] {
    var row = self.row
    return lengths(dividing: height, by: extents).map { length in
      defer { row += length }
      return Rectangle(column: column, row: row, width: width, height: length)
    }
  }
}

/// Divides a length among panes.
///
/// Fixed lengths and minimums are served first, in order, as long as there is room; then the
/// sharing panes take the rest by weight, none above its maximum. The sum is never above `length`,
/// and equals it when some sharing pane has no maximum.
///
/// - Parameters:
///   - length: Cells to give out; 0 or more.
///   - extents: What each pane wants; weights 1 or more.
/// - Returns: One length a pane, each 0 or more.
public func lengths(dividing length: Int, by extents: [Extent]) -> [Int] {
  var left = max(0, length)
  var lengths: [Int] = extents.map { extent in
    let wanted =
      switch extent {
      case .fixed(let count): count
      case .share(_, let minimum, let maximum): min(minimum, maximum)
      }
    let given = min(max(0, wanted), left)
    left -= given
    return given
  }

  // Level by level: raising the pane that is furthest behind its weight, cell by cell, honours
  // weights, minimums and maximums at once. Lengths are screen columns, so this is a few hundred
  // steps at most.
  while left > 0 {
    var neediest: Int?
    var lowestFill = Double.infinity
    for (index, extent) in extents.enumerated() {
      guard case .share(let weight, _, let maximum) = extent, lengths[index] < maximum else {
        continue
      }
      let fill = (Double(lengths[index]) + 0.5) / Double(max(1, weight))
      if fill < lowestFill {
        lowestFill = fill
        neediest = index
      }
    }
    guard let neediest else { break }
    lengths[neediest] += 1
    left -= 1
  }
  return lengths
}
