import Evaluation

/// Which rows are held out together, and which predictions can then be had.
struct FoldPlan: Equatable {
  /// The fold in which a row is held out; `nil` for a row that every head may learn from.
  let heldOutFolds: [Int?]
  /// How many folds there are; 0 when nothing can be held out.
  let foldCount: Int
  /// The fold whose head predicts a row; `nil` when that head would never have seen the row's
  /// class.
  let folds: [Int?]
  /// Whether the figures of a class can be had.
  let isKnownClass: [Bool]

  /// Plans as many folds as wished, or as there are groups.
  ///
  /// A multiclass class with fewer groups than folds is spread over as many folds as it has groups:
  /// the heads of the other folds learn from all of its rows and judge none of them. With one group
  /// it is never held out, so that all heads know the class. Neither the order of classes nor the
  /// names of groups matter, only the order of rows.
  init(for examples: TrainingExamples, foldCount wished: Int, seed: UInt64) {
    let classesOfRows = (0..<examples.targets.count).map { examples.targets.classes(ofRow: $0) }
    let always = Self.rowsNeverHeldOut(examples, classesOfRows)
    let movable = classesOfRows.indices.filter { !always[$0] }
    let groupCount = Set(movable.map { examples.groups[$0] }).count
    let foldCount = groupCount < 2 ? 0 : min(wished, groupCount)

    var heldOutFolds = [Int?](repeating: nil, count: classesOfRows.count)
    if foldCount > 0 {
      let classes = Self.renumbered(movable.map { classesOfRows[$0] })
      var stratification = Stratification(
        of: classes, groups: movable.map { examples.groups[$0] }, foldCount: foldCount, seed: seed)
      for (row, fold) in zip(movable, stratification.folds()) { heldOutFolds[row] = fold }
    }
    self.heldOutFolds = heldOutFolds
    self.foldCount = foldCount
    switch examples.targets {
    case .multiclass(let classes): folds = Self.foldsWithTheirClass(classes, heldOutFolds)
    case .multilabel: folds = heldOutFolds
    }
    isKnownClass = judgeableClasses(
      of: examples.targets, classCount: examples.classCount, folds: folds)
  }

  /// The same classes under numbers that depend on their rows alone, so that the order in which
  /// somebody made the tags does not decide who is judged together.
  private static func renumbered(_ classesOfRows: [[Int]]) -> [[Int]] {
    var rowsOfClass: [Int: [Int]] = [:]
    for (row, classes) in classesOfRows.enumerated() {
      for classIndex in classes { rowsOfClass[classIndex, default: []].append(row) }
    }
    // Classes of the very same rows may change places without changing anything.
    let order = rowsOfClass.sorted { $0.value.lexicographicallyPrecedes($1.value) }.map(\.key)
    let numbers = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
    return classesOfRows.map { $0.compactMap { numbers[$0] }.sorted() }
  }

  /// The rows of groups whose every row is of a class that has no other group.
  private static func rowsNeverHeldOut(
    _ examples: TrainingExamples, _ classesOfRows: [[Int]]
  ) -> [Bool] {
    guard case .multiclass(let classes) = examples.targets else {
      return [Bool](repeating: false, count: classesOfRows.count)
    }
    var groupsOfClass = [Set<Int>](repeating: [], count: examples.classCount)
    for (row, classIndex) in classes.enumerated() {
      groupsOfClass[classIndex].insert(examples.groups[row])
    }
    var movableGroups: Set<Int> = []
    for (row, classIndex) in classes.enumerated() where groupsOfClass[classIndex].count > 1 {
      movableGroups.insert(examples.groups[row])
    }
    return examples.groups.map { !movableGroups.contains($0) }
  }

  /// The fold of each row of whose class another fold, or no fold, has a row.
  private static func foldsWithTheirClass(_ classes: [Int], _ heldOutFolds: [Int?]) -> [Int?] {
    var foldsOfClass: [Int: Set<Int?>] = [:]
    for (row, classIndex) in classes.enumerated() {
      foldsOfClass[classIndex, default: []].insert(heldOutFolds[row])
    }
    return classes.indices.map { row in
      foldsOfClass[classes[row], default: []].count > 1 ? heldOutFolds[row] : nil
    }
  }
}
