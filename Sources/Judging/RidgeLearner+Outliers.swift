import Matrices

extension RidgeLearner {
  /// Beyond so many robust standard deviations a picture counts as an outlier.
  ///
  /// Of six foreign pictures among 25 a tag, 12 of 30 (flowers), 30 of 30 (clothing) and 30 of 30
  /// (groceries) are found so, and 0.0, 0.6 and 4.6 % of the others.
  static let outlierLimit = 3.5

  /// How unlike all others each picture is that was learned from, whatever its classes: 0…1, and
  /// above 1/2 for those that count as outliers; `nil` for pictures that were not learned from, and
  /// where nothing can be said.
  ///
  /// What counts is the squared distance to the nearest mean of a class, the picture itself left out,
  /// in robust standard deviations above the median of all (the median distance from it, times 1.4826).
  /// Takes N·K·d multiplications.
  public func outlierScores() -> [Double?] {
    let kinds = outlierKinds()
    var scores = [Double?](repeating: nil, count: rowCount)
    let distances = nearestMeanDistances(kinds)
    let known = distances.compactMap { $0 }.sorted()
    guard known.count >= 10 else { return scores }
    let median = known[known.count / 2]
    let spreads = known.map { abs($0 - median) }.sorted()
    let spread = 1.4826 * spreads[spreads.count / 2]
    guard spread > 0 else { return scores }
    for (row, distance) in distances.enumerated() {
      guard let distance else { continue }
      let deviations = max(0, (distance - median) / spread)
      // 1/2 at the limit, and ever nearer to 1 beyond.
      scores[row] = deviations / (deviations + Self.outlierLimit)
    }
    return scores
  }

  /// The classes whose means a row is compared with and belongs to; those that bear none are a kind of
  /// their own.
  private func outlierKinds() -> [[Int]] {
    targets.map { classes in classes.map { $0.isEmpty ? [classCount] : $0 } ?? [] }
  }

  private func nearestMeanDistances(_ kinds: [[Int]]) -> [Double?] {
    let width = rows.columnCount
    var means = Matrix(rowCount: classCount + 1, columnCount: width)
    var counts = [Int](repeating: 0, count: classCount + 1)
    for (row, own) in kinds.enumerated() {
      for kind in own {
        counts[kind] += 1
        for (column, number) in rows.row(row).enumerated() { means[kind, column] += number }
      }
    }
    for kind in counts.indices where counts[kind] > 0 {
      for column in 0..<width { means[kind, column] /= Float(counts[kind]) }
    }
    let lengths = (0...classCount).map { Self.square(means.row($0)) }
    let products = rows.multiplied(by: means, transposingOther: true)
    return kinds.enumerated().map { row, own in
      if own.isEmpty { return nil }
      let length = Self.square(rows.row(row))
      return counts.indices.compactMap { kind -> Double? in
        let isOwn = own.contains(kind)
        guard counts[kind] > (isOwn ? 1 : 0) else { return nil }
        let distance = max(0, length - 2 * Double(products[row, kind]) + lengths[kind])
        // Left out of its mean, it is further from it by n / (n − 1).
        let stretch = isOwn ? Double(counts[kind]) / Double(counts[kind] - 1) : 1
        return distance * stretch * stretch
      }.min()
    }
  }

  private static func square(_ numbers: ArraySlice<Float>) -> Double {
    numbers.reduce(0) { $0 + Double($1) * Double($1) }
  }
}
