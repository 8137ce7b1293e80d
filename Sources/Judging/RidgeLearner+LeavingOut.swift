public import Matrices

extension RidgeLearner {
  /// What a head that never saw a picture's group would say of it: one row a picture.
  ///
  /// For a group's learned rows with H = Z·A·Zᵀ among them and residuals y − s, that is
  /// y − (I − H)⁻¹·(y − s): exactly what fitting without the group gives. A picture that is not
  /// learned from keeps its score. Takes time in proportion to N·K, and to m²·(m + K) for each
  /// group of m.
  public func scoresLeavingOutGroups() -> Matrix {
    var scores = fitted
    for (index, members) in groups.members.enumerated() {
      if members.count == 1 {
        leaveOut(members[0], product: blocks[index][0, 0], in: &scores)
      } else {
        leaveOut(members.filter { targets[$0] != nil }, of: index, in: &scores)
      }
    }
    return scores
  }

  /// What a head that never saw a picture would say of it, though it saw its near-duplicates: one
  /// row a picture. Takes time in proportion to N·K.
  func scoresLeavingOutRows() -> Matrix {
    var scores = fitted
    for row in targets.indices {
      let place = groups.place[row]
      leaveOut(row, product: blocks[groups.groupIndex[row]][place, place], in: &scores)
    }
    return scores
  }

  private func leaveOut(_ row: Int, product: Float, in scores: inout Matrix) {
    guard let classes = targets[row] else { return }
    let freedom = max(1 - product, .ulpOfOne)
    for classIndex in 0..<classCount {
      let target: Float = classes.contains(classIndex) ? 1 : 0
      scores[row, classIndex] = target - (target - fitted[row, classIndex]) / freedom
    }
  }

  private func leaveOut(_ learned: [Int], of group: Int, in scores: inout Matrix) {
    if learned.isEmpty { return }
    var freedom = Matrix(rowCount: learned.count, columnCount: learned.count)
    var misses = Matrix(rowCount: learned.count, columnCount: classCount)
    for (position, row) in learned.enumerated() {
      for (other, otherRow) in learned.enumerated() {
        freedom[position, other] = -blocks[group][groups.place[row], groups.place[otherRow]]
      }
      freedom[position, position] += 1
      for classIndex in 0..<classCount { misses[position, classIndex] = -fitted[row, classIndex] }
      for classIndex in targets[row] ?? [] { misses[position, classIndex] += 1 }
    }
    var factor = CholeskyFactor(ofLowerTriangle: freedom)
    var shift: Float = 1e-6
    while factor == nil {
      // What the penalty leaves of freedom has drowned in rounding; a trace of it ends this.
      for position in learned.indices { freedom[position, position] += shift }
      shift *= 10
      factor = CholeskyFactor(ofLowerTriangle: freedom)
    }
    factor?.solveLower(&misses)
    factor?.solveLowerTransposed(&misses)
    for (position, row) in learned.enumerated() {
      for classIndex in 0..<classCount {
        let target: Float = targets[row]?.contains(classIndex) == true ? 1 : 0
        scores[row, classIndex] = target - misses[position, classIndex]
      }
    }
  }
}
