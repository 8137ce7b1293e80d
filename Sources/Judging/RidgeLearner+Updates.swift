import Matrices

/// What a picture is given.
public struct TargetChange: Equatable, Sendable {
  public let row: Int
  /// The classes that it bears from now on, none twice; an empty list says "none of them", `nil`
  /// that it is not to be learned from.
  public let classes: [Int]?

  public init(row: Int, classes: [Int]?) {
    self.row = row
    self.classes = classes
  }
}

extension RidgeLearner {
  /// Makes room for further classes, which no picture bears yet, and gives those that there are other
  /// numbers. Nothing is fitted anew: a class that nothing bears has a score of 0 everywhere.
  ///
  /// - Parameter places: The new number of each class, none twice, all below `count`.
  public mutating func placeClasses(_ places: [Int], of count: Int) {
    precondition(
      places.count == classCount && Set(places).count == places.count
        && places.allSatisfy((0..<count).contains), "\(places) of \(count)")
    var placed = Matrix(rowCount: rowCount, columnCount: count)
    for row in 0..<rowCount {
      for (classIndex, place) in places.enumerated() {
        placed[row, place] = fitted[row, classIndex]
      }
    }
    fitted = placed
    targets = targets.map { classes in classes?.map { places[$0] }.sorted() }
    classCount = count
  }

  /// Gives pictures other classes, takes them in or leaves them out; where a picture is named twice
  /// the last counts.
  ///
  /// Afterwards everything is, to rounding, as if it had been fitted on the new targets from the
  /// beginning. Costs as much as the type says for each change, and at most about a fit.
  public mutating func apply(_ changes: [TargetChange]) {
    var wanted: [Int: [Int]?] = [:]
    for change in changes {
      precondition(targets.indices.contains(change.row), "row \(change.row) of \(targets.count)")
      for classIndex in change.classes ?? [] {
        precondition((0..<classCount).contains(classIndex), "class \(classIndex) of \(classCount)")
      }
      wanted[change.row] = .some(change.classes)
    }
    let changed = wanted.keys.filter { wanted[$0] != .some(targets[$0]) }.sorted()
    let before = targets
    let entering = changed.filter { before[$0] == nil }
    let leaving = changed.filter { wanted[$0] == .some(nil) }
    let staying = changed.filter { before[$0] != nil && wanted[$0] != .some(nil) }
    for row in changed { if let classes = wanted[row] { targets[row] = classes } }

    changeCount += entering.count + leaving.count
    // A block of that many costs as much as a new fit.
    if changed.count > rows.columnCount / 3 || changeCount > Self.changesBetweenFits {
      fit()
      return
    }
    if !staying.isEmpty { retarget(staying, from: before) }
    if !leaving.isEmpty, !take(leaving, in: false, classes: before) {
      fit()
      return
    }
    if !entering.isEmpty, !take(entering, in: true, classes: targets) { fit() }
  }

  /// Moves scores when rows that stay have other classes.
  private mutating func retarget(_ changed: [Int], from before: [[Int]?]) {
    var steps = Matrix(rowCount: changed.count, columnCount: classCount)
    for (position, row) in changed.enumerated() {
      for classIndex in targets[row] ?? [] { steps[position, classIndex] += 1 }
      for classIndex in before[row] ?? [] { steps[position, classIndex] -= 1 }
    }
    fitted.add(influence(of: changed).multiplied(by: steps))
  }

  /// Row by row the products zᵀ · inverse · z with the given rows.
  private func influence(of chosen: [Int]) -> Matrix {
    rows.multiplied(
      by: inverse.multiplied(by: rows.selectingRows(chosen), transposingOther: true))
  }

  /// Takes rows into the fit or out of it, by the formula of Sherman, Morrison and Woodbury.
  ///
  /// With S the rows, A the inverse, V = Z·A·Sᵀ and C = I ± S·A·Sᵀ = L·Lᵀ, all that has the form
  /// Z·A·Zᵀ changes by ∓V·C⁻¹·Vᵀ, and scores by ±V·C⁻¹·(targets − scores of S).
  ///
  /// - Returns: Whether it could be done; `false` where rounding has eaten up what the penalty leaves of a
  ///   row.
  private mutating func take(_ chosen: [Int], in isEntering: Bool, classes: [[Int]?]) -> Bool {
    let sign: Float = isEntering ? 1 : -1
    let selected = rows.selectingRows(chosen)
    let turned = inverse.multiplied(by: selected, transposingOther: true)
    let influence = rows.multiplied(by: turned)
    var core = Matrix(rowCount: chosen.count, columnCount: chosen.count)
    var misses = Matrix(rowCount: chosen.count, columnCount: classCount)
    for (position, row) in chosen.enumerated() {
      for other in chosen.indices { core[position, other] = sign * influence[row, other] }
      core[position, position] += 1
      for classIndex in 0..<classCount { misses[position, classIndex] = -fitted[row, classIndex] }
      for classIndex in classes[row] ?? [] { misses[position, classIndex] += 1 }
    }
    guard let factor = CholeskyFactor(ofLowerTriangle: core) else { return false }
    var steps = misses
    factor.solveLower(&steps)
    factor.solveLowerTransposed(&steps)
    fitted.add(influence.multiplied(by: steps), scale: sign)

    var whitened = influence.transposed()
    factor.solveLower(&whitened)
    for (index, members) in groups.members.enumerated() {
      blocks[index].subtractProducts(of: whitened, columns: members, scale: sign)
    }
    var directions = turned.transposed()
    factor.solveLower(&directions)
    if chosen.count < 4 {
      inverse.subtractOuterProducts(of: directions, scale: sign)
    } else {
      inverse.add(directions.multiplied(by: directions, transposingSelf: true), scale: -sign)
    }
    return true
  }
}

extension Matrix {
  /// Takes away `scale · Σ x·xᵀ` over the rows x of another matrix.
  fileprivate mutating func subtractOuterProducts(of other: Matrix, scale: Float) {
    let size = columnCount
    for index in 0..<other.rowCount {
      let vector = Array(other.row(index))
      elements.withUnsafeMutableBufferPointer { elements in
        vector.withUnsafeBufferPointer { vector in
          for row in 0..<size {
            let factor = scale * vector[row]
            let start = row * size
            for column in 0..<size { elements[start + column] -= factor * vector[column] }
          }
        }
      }
    }
  }

  /// Takes away `scale` times the products of all pairs of the given columns of another matrix.
  fileprivate mutating func subtractProducts(of other: Matrix, columns: [Int], scale: Float) {
    for (first, left) in columns.enumerated() {
      for (second, right) in columns.enumerated() {
        var sum: Float = 0
        for row in 0..<other.rowCount { sum += other[row, left] * other[row, right] }
        self[first, second] -= scale * sum
      }
    }
  }
}
