import Testing

@testable import Learning

@Suite struct StratifiedFoldsTests {
  private func random(_ seed: UInt64, count: Int, below bound: UInt64) -> [Int] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in Int(generator.next() % bound) }
  }

  /// Σ over folds and classes of (rows − even share)².
  private func unevenness(
    _ folds: [Int], _ classes: [Int], foldCount: Int, classCount: Int
  ) -> Double {
    var counts = [[Double]](
      repeating: [Double](repeating: 0, count: classCount), count: foldCount)
    for (row, fold) in folds.enumerated() { counts[fold][classes[row]] += 1 }
    return (0..<classCount).reduce(0) { sum, classIndex in
      let share = Double(classes.count { $0 == classIndex }) / Double(foldCount)
      return sum
        + counts.reduce(0) { $0 + ($1[classIndex] - share) * ($1[classIndex] - share) }
    }
  }

  @Test(arguments: 0..<200)
  func singleRowsAreSpreadAsEvenlyAsCanBe(seed: UInt64) throws {
    let foldCount = 2 + Int(seed % 5)
    let classCount = 2 + Int(seed % 4)
    let classes =
      (0..<classCount).flatMap { [Int](repeating: $0, count: foldCount) }
      + random(seed, count: 40, below: UInt64(classCount))
    let folds = try stratifiedFolds(
      of: classes, groups: Array(classes.indices), foldCount: foldCount, seed: seed)
    #expect(folds.allSatisfy { (0..<foldCount).contains($0) })
    for classIndex in 0..<classCount {
      let counts = (0..<foldCount).map { fold in
        folds.indices.count { folds[$0] == fold && classes[$0] == classIndex }
      }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1)
    }
    let sizes = (0..<foldCount).map { fold in folds.count { $0 == fold } }
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 2)
  }

  @Test(arguments: 0..<200)
  func groupsAreNeverTorn(seed: UInt64) throws {
    let classes = random(seed, count: 120, below: 3)
    let groups = random(seed + 1, count: 120, below: 50)
    let folds = try stratifiedFolds(of: classes, groups: groups, foldCount: 4, seed: seed)
    var foldsOfGroup: [Int: Set<Int>] = [:]
    for (row, group) in groups.enumerated() { foldsOfGroup[group, default: []].insert(folds[row]) }
    #expect(foldsOfGroup.values.allSatisfy { $0.count == 1 })
    #expect(Set(folds).count == 4)
  }

  @Test func noLessEvenThanScikitLearn() throws {
    let cases = try FoldReference.load()
    var (ours, theirs) = (0.0, 0.0)
    for reference in cases {
      // The best of five seeds either way.
      let found = try (0..<5).map { seed in
        unevenness(
          try stratifiedFolds(
            of: reference.classes, groups: reference.groups, foldCount: reference.foldCount,
            seed: seed),
          reference.classes, foldCount: reference.foldCount, classCount: reference.classCount)
      }
      ours += found.min() ?? .infinity
      theirs += reference.unevenness
    }
    #expect(ours <= theirs)
  }

  @Test(arguments: 0..<50)
  func rareTagsReachEveryFold(seed: UInt64) throws {
    // Three tags a row can bear together; the rarest has as many rows as there are folds.
    let often = random(seed, count: 100, below: 2)
    let sometimes = random(seed + 7, count: 100, below: 5)
    let classes = (0..<100).map { row in
      (often[row] == 0 ? [0] : []) + (sometimes[row] == 0 ? [1] : []) + (row % 20 == 3 ? [2] : [])
    }
    let folds = try stratifiedFolds(
      of: classes, groups: Array(0..<100), foldCount: 5, seed: seed)
    for (tag, slack) in [(0, 2), (1, 1), (2, 0)] {
      let counts = (0..<5).map { fold in
        folds.indices.count { folds[$0] == fold && classes[$0].contains(tag) }
      }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= slack + 1)
      #expect((counts.min() ?? 0) >= 1)
    }
  }

  @Test func oneSeedGivesTheSameFoldsEverywhere() throws {
    let classes = (0..<12).map { $0 % 2 }
    let folds = try stratifiedFolds(
      of: classes, groups: Array(0..<12), foldCount: 3, seed: 42)
    #expect(folds == Self.recorded)
    let renamed = try stratifiedFolds(
      of: classes, groups: (0..<12).map { 1000 - $0 }, foldCount: 3, seed: 42)
    #expect(renamed == folds)
    let other = try stratifiedFolds(of: classes, groups: Array(0..<12), foldCount: 3, seed: 43)
    #expect(other != folds)
  }

  private static let recorded = [2, 1, 0, 0, 1, 2, 2, 2, 1, 1, 0, 0]

  @Test func classWithTooFewGroupsIsRefused() {
    #expect(throws: LearningError.classTooSmall(classIndex: 1, groupCount: 2, foldCount: 3)) {
      try stratifiedFolds(
        of: [0, 0, 0, 1, 1, 1], groups: [0, 1, 2, 3, 3, 4], foldCount: 3, seed: 1)
    }
  }
}
