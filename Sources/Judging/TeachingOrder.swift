import Matrices

/// One untagged picture in the order in which tagging them teaches most.
public struct TeachingStep: Equatable, Sendable {
  public let row: Int
  /// 0…1, never rising along the order: how undecided the head is, times how unlike the picture is
  /// to all that are learned from or stand before it, times the root of how alike it is to all.
  public let score: Double
}

extension RidgeLearner {
  /// The most undecided of the pictures that are looked at, for each picture that is asked for; above so
  /// many no more than are asked for.
  private static let candidatesForEach = 4
  private static let fewestCandidates = 500
  private static let mostCandidates = 4_000

  /// Chooses untagged pictures one by one: undecided, unlike what is learned from, unlike each other,
  /// and not so odd that they teach nothing about others.
  ///
  /// Of the factors the first alone is margin sampling. Before anything is learned all pictures are
  /// equally undecided, and the order shows what there is. Takes c·N·d multiplications for c
  /// candidates: 500, or four times the count if that is more, up to 4,000 or the count; and c·d for each
  /// picture that is chosen.
  ///
  /// - Parameter similarityLimit: Similarities that are held at once, 64 MB; the order does not depend on it.
  public func teachingOrder(
    _ reading: LiveReading, count: Int, similarityLimit: Int = 16_000_000
  ) -> [TeachingStep] {
    let open = targets.indices.filter { targets[$0] == nil }
    if open.isEmpty || count <= 0 { return [] }
    let doubts = reading.doubts()
    // Equals stay in their order, so that the answer depends on the pictures alone.
    let candidates =
      open
      .sorted { doubts[$0] == doubts[$1] ? $0 < $1 : doubts[$0] > doubts[$1] }
      .prefix(
        max(
          Self.fewestCandidates, count,
          min(Self.candidatesForEach * min(count, open.count), Self.mostCandidates)))
    let directions = rows.unitRowsWithoutLastColumn()

    var nearest = [Float](repeating: 0, count: candidates.count)
    var density = [Double](repeating: 0, count: candidates.count)
    let blockCount = max(1, similarityLimit / rowCount)
    for start in stride(from: 0, to: candidates.count, by: blockCount) {
      let block = candidates[start..<min(start + blockCount, candidates.count)]
      let similarities = directions.selectingRows(block)
        .multiplied(by: directions, transposingOther: true)
      for position in block.indices {
        var sum: Float = 0
        for (row, similarity) in similarities.row(position - start).enumerated()
        where similarity > 0 {
          sum += similarity
          if targets[row] != nil { nearest[position] = max(nearest[position], similarity) }
        }
        density[position] = Double(sum) / Double(rowCount)
      }
    }
    let looks = directions.selectingRows(candidates)
    let densest = max(density.max() ?? 1, 1e-12)
    var isChosen = [Bool](repeating: false, count: candidates.count)
    var steps: [TeachingStep] = []
    while steps.count < min(count, candidates.count) {
      var best: (position: Int, score: Double)?
      for position in candidates.indices where !isChosen[position] {
        let novelty = Double(max(0, 1 - nearest[position]))
        let score =
          doubts[candidates[position]] * novelty * (density[position] / densest).squareRoot()
        if best.map({ score > $0.score }) ?? true { best = (position, score) }
      }
      guard let best else { break }
      isChosen[best.position] = true
      let row = candidates[best.position]
      steps.append(TeachingStep(row: row, score: best.score))
      let similarities = looks.multiplied(
        by: looks.selectingRows([best.position]), transposingOther: true
      ).elements
      for position in candidates.indices {
        nearest[position] = max(nearest[position], similarities[position])
      }
    }
    return steps
  }
}

extension LiveReading {
  /// How sharply doubts tell scores apart: much sharper, and what is unlike counts for too little
  /// beside them.
  private static let doubtSharpness = 7.5

  /// How undecided the head is about each picture, 0…1: what the first class has before the second
  /// (multiclass), or the least decided class before its absence.
  func doubts() -> [Double] {
    let probabilities = ScoreCalibration(
      isMulticlass: isMulticlass, scale: Self.doubtSharpness,
      offset: isMulticlass ? 0 : -Self.doubtSharpness / 2
    ).probabilities(of: scores)
    return (0..<probabilities.rowCount).map { row in
      let line = probabilities.row(row)
      guard isMulticlass else {
        return line.map { 1 - abs(2 * Double($0) - 1) }.max() ?? 1
      }
      var (first, second): (Float, Float) = (0, 0)
      for probability in line {
        if probability > first {
          (first, second) = (probability, first)
        } else if probability > second {
          second = probability
        }
      }
      return 1 - Double(first - second)
    }
  }
}

extension Matrix {
  /// The rows without their last number, each divided by its length; zeros stay zeros.
  fileprivate func unitRowsWithoutLastColumn() -> Matrix {
    var units = selectingColumns(0..<columnCount - 1)
    let width = units.columnCount
    units.elements.withUnsafeMutableBufferPointer { elements in
      for row in 0..<rowCount {
        var square: Float = 0
        for index in row * width..<(row + 1) * width { square += elements[index] * elements[index] }
        let scale = square > 0 ? 1 / square.squareRoot() : 0
        for index in row * width..<(row + 1) * width { elements[index] *= scale }
      }
    }
    return units
  }
}
