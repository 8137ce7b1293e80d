extension Grid {
  /// Returns the columns of a row that must be drawn again after another grid of the same size was
  /// shown.
  ///
  /// The range never begins or ends inside a wide character of either grid.
  ///
  /// - Returns: From the first to the last cell that differs; `nil` when none does.
  public func changedColumns(inRow row: Int, since other: Grid) -> Range<Int>? {
    precondition(size == other.size, "\(size) is not the size \(other.size) of the other grid")
    let start = row * width
    let end = start + width
    guard var first = (start..<end).first(where: { cells[$0] != other.cells[$0] }),
      var last = (first..<end).last(where: { cells[$0] != other.cells[$0] })
    else { return nil }
    while cells[first].isContinuation || other.cells[first].isContinuation { first -= 1 }
    while last + 1 < end, cells[last + 1].isContinuation || other.cells[last + 1].isContinuation {
      last += 1
    }
    return first - start..<last + 1 - start
  }
}
