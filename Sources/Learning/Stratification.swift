/// Iterative stratification of groups of rows; see `stratifiedFolds`.
struct Stratification {
  /// Rows that share a fold.
  private struct Group {
    var rows: [Int] = []
    /// The strata that occur in the group, ascending, with the rows that have them.
    var strata: [(index: Int, rowCount: Int)] = []
  }

  /// One stratum for each class, and a last one for the rows without a class.
  private struct Stratum {
    var rowCount = 0
    var groups: [Int] = []
    var unassignedGroupCount = 0
    /// The folds that have a group of it.
    var folds: Set<Int> = []
  }

  private let rowCount: Int
  private let foldCount: Int
  private let groups: [Group]
  private var strata: [Stratum]
  private var generator: SplitMix64

  init(of classes: [[Int]], groups groupOfRow: [Int], foldCount: Int, seed: UInt64) {
    precondition(
      classes.count == groupOfRow.count, "\(classes.count) rows, \(groupOfRow.count) groups")
    precondition(foldCount >= 1, "\(foldCount) folds")
    rowCount = classes.count
    self.foldCount = foldCount
    generator = SplitMix64(seed: seed)

    // Numbered as they occur, so that the names of groups do not matter.
    var numbers: [Int: Int] = [:]
    var groups: [Group] = []
    for (row, name) in groupOfRow.enumerated() {
      let number = numbers[name] ?? groups.count
      if number == groups.count {
        numbers[name] = number
        groups.append(Group())
      }
      groups[number].rows.append(row)
    }

    let classCount = (classes.lazy.compactMap { $0.max() }.max() ?? -1) + 1
    var strata = [Stratum](repeating: Stratum(), count: classCount + 1)
    for number in groups.indices {
      var counts: [Int: Int] = [:]
      for row in groups[number].rows {
        for stratum in classes[row].isEmpty ? [classCount] : classes[row] {
          counts[stratum, default: 0] += 1
        }
      }
      groups[number].strata = counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      for (stratum, rowCount) in groups[number].strata {
        strata[stratum].rowCount += rowCount
        strata[stratum].groups.append(number)
        strata[stratum].unassignedGroupCount += 1
      }
    }
    self.groups = groups
    self.strata = strata
  }

  var classIndices: Range<Int> { 0..<strata.count - 1 }

  func groupCount(ofClass classIndex: Int) -> Int { strata[classIndex].groups.count }

  /// One fold for each row. The class with the fewest groups left goes first, since later ones have
  /// more freedom; its largest groups go first, since small ones can even out what those leave.
  mutating func folds() -> [Int] {
    var foldOfRow = [Int](repeating: 0, count: rowCount)
    var isAssigned = [Bool](repeating: false, count: groups.count)
    // Rows that a fold still wants, times the number of folds, which keeps them whole.
    var wanted = strata.map { [Int](repeating: $0.rowCount, count: foldCount) }
    var wantedRows = [Int](repeating: rowCount, count: foldCount)

    while let stratum = rarestUnassignedStratum() {
      var waiting = strata[stratum].groups.filter { !isAssigned[$0] }
      generator.shuffle(&waiting)
      // The shuffle decides among groups of one size.
      let order = waiting.indices.sorted {
        (-groups[waiting[$0]].rows.count, $0) < (-groups[waiting[$1]].rows.count, $1)
      }
      for number in order.map({ waiting[$0] }) {
        let fold = chooseFold(
          for: groups[number], wanted: wanted[stratum], wantedRows: wantedRows)
        isAssigned[number] = true
        wantedRows[fold] -= foldCount * groups[number].rows.count
        for row in groups[number].rows { foldOfRow[row] = fold }
        for (other, rowCount) in groups[number].strata {
          wanted[other][fold] -= foldCount * rowCount
          strata[other].unassignedGroupCount -= 1
          strata[other].folds.insert(fold)
        }
      }
    }
    return foldOfRow
  }

  private func rarestUnassignedStratum() -> Int? {
    strata.indices.filter { strata[$0].unassignedGroupCount > 0 }
      .min { strata[$0].unassignedGroupCount < strata[$1].unassignedGroupCount }
  }

  /// The fold that wants most rows of the stratum, then of any kind, then by lot.
  private mutating func chooseFold(
    for group: Group, wanted: [Int], wantedRows: [Int]
  ) -> Int {
    var candidates = Array(0..<foldCount)
    generator.shuffle(&candidates)
    let closing = foldsThatWouldHoldAll(of: group)
    if closing.count < foldCount { candidates.removeAll { closing.contains($0) } }
    return candidates.dropFirst().reduce(candidates[0]) { best, fold in
      (wanted[fold], wantedRows[fold]) > (wanted[best], wantedRows[best]) ? fold : best
    }
  }

  /// The folds that, given this group, would hold every group of one of its strata: nothing of it
  /// would be left to learn from when that fold is judged.
  private func foldsThatWouldHoldAll(of group: Group) -> Set<Int> {
    var folds: Set<Int> = []
    for (index, _) in group.strata {
      let stratum = strata[index]
      if stratum.unassignedGroupCount == 1, stratum.folds.count == 1 {
        folds.formUnion(stratum.folds)
      }
    }
    return folds
  }
}
