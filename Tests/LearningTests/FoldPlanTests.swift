import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct FoldPlanTests {
  private func plan(_ targets: Targets, classCount: Int, groups: [Int]? = nil) -> FoldPlan {
    FoldPlan(
      for: TrainingExamples(
        embeddings: Matrix(rowCount: targets.count, columnCount: 1), targets: targets,
        classCount: classCount, groups: groups ?? Array(0..<targets.count)),
      foldCount: 5, seed: 1)
  }

  @Test func smallClassIsSpreadOverFewerFolds() {
    let classes = [Int](repeating: 0, count: 20) + [1, 1, 1]
    let found = plan(.multiclass(classes), classCount: 2)
    #expect(found.foldCount == 5)
    #expect(Set(found.folds.suffix(3)).count == 3)
    #expect(found.folds.allSatisfy { $0 != nil })
    #expect(found.isKnownClass == [true, true])
  }

  @Test func classOfOneGroupIsLearnedAlwaysAndJudgedNever() {
    let classes = [Int](repeating: 0, count: 10) + [Int](repeating: 1, count: 10) + [2, 2]
    let found = plan(
      .multiclass(classes), classCount: 3, groups: Array(0..<20) + [20, 20])
    #expect(found.heldOutFolds.suffix(2) == [nil, nil])
    #expect(found.folds.suffix(2) == [nil, nil])
    #expect(found.folds.prefix(20).allSatisfy { $0 != nil })
    #expect(found.isKnownClass == [true, true, false])
  }

  /// The only picture of a class is a near-duplicate of one of another class: they are held out
  /// together, and what remains never saw the class.
  @Test func rowWhoseClassLeavesWithItHasNoPrediction() {
    let classes = [Int](repeating: 0, count: 10) + [Int](repeating: 1, count: 10) + [2]
    let found = plan(.multiclass(classes), classCount: 3, groups: Array(0..<20) + [0])
    #expect(found.heldOutFolds[20] == found.heldOutFolds[0])
    #expect(found.heldOutFolds[20] != nil)
    #expect(found.folds[20] == nil)
    #expect(found.isKnownClass == [true, true, false])
  }

  @Test func everythingInOneGroupLeavesNothingToJudge() {
    let found = plan(
      .multiclass([0, 1, 0, 1]), classCount: 2, groups: [7, 7, 7, 7])
    #expect(found.foldCount == 0)
    #expect(found.folds == [nil, nil, nil, nil])
    #expect(found.isKnownClass == [false, false])
  }

  @Test func tagOfOneOrOfAllPicturesIsNotJudged() {
    let classes = (0..<20).map { row in [0] + (row % 2 == 0 ? [1] : []) + (row == 3 ? [2] : []) }
    let found = plan(.multilabel(classes), classCount: 3)
    #expect(found.isKnownClass == [false, true, false])
    #expect(found.folds.allSatisfy { $0 != nil })
  }

  /// Pictures of one event count once, however many there are of them.
  @Test func tagOfOneGroupIsNotJudgedInMultilabelEither() {
    let classes = (0..<20).map { row in row < 5 ? [0, 1] : row % 2 == 0 ? [0] : [] }
    let oneGroup = plan(
      .multilabel(classes), classCount: 2, groups: (0..<20).map { $0 < 5 ? 0 : $0 })
    #expect(oneGroup.isKnownClass == [true, false])
    let twoGroups = plan(
      .multilabel(classes), classCount: 2, groups: (0..<20).map { $0 < 5 ? $0 / 3 : $0 })
    #expect(twoGroups.isKnownClass == [true, true])
  }

  @Test(arguments: 0..<200)
  func everyJudgedRowHasAHeadThatNeverSawItsGroup(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    func number(below bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
    let (rowCount, classCount) = (20 + number(below: 60), 2 + number(below: 4))
    let groupCount = 4 + number(below: rowCount)
    let groups = (0..<rowCount).map { _ in number(below: groupCount) }
    // Most groups are of one class; a few have rows of others.
    let classOfGroup = (0..<groupCount).map { _ in number(below: classCount) }
    let classes = groups.map {
      number(below: 10) == 0 ? number(below: classCount) : classOfGroup[$0]
    }
    let more = classes.map { $0 == 0 ? [0] : number(below: 3) == 0 ? [] : [0, $0] }
    for targets in [Targets.multiclass(classes), .multilabel(more)] {
      let found = plan(targets, classCount: classCount, groups: groups)
      for (row, fold) in found.folds.enumerated() {
        let mates = groups.indices.filter { groups[$0] == groups[row] }
        #expect(Set(mates.map { found.heldOutFolds[$0] }).count == 1)
        guard let fold else { continue }
        let learned = classes.indices.filter { found.heldOutFolds[$0] != fold }
        #expect(learned.allSatisfy { groups[$0] != groups[row] })
        for classIndex in targets.classes(ofRow: row) where found.isKnownClass[classIndex] {
          #expect(learned.contains { targets.classes(ofRow: $0).contains(classIndex) })
        }
      }
      for classIndex in 0..<classCount {
        let rows = classes.indices.filter { targets.classes(ofRow: $0).contains(classIndex) }
        if Set(rows.map { groups[$0] }).count < 2 { #expect(!found.isKnownClass[classIndex]) }
      }
    }
  }

  /// Two to seven groups of one class each: the class is in as many folds as can be.
  @Test(arguments: 0..<100)
  func classIsInAsManyFoldsAsItHasGroups(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var (classes, groups): ([Int], [Int]) = ([], [])
    let groupCounts = (0..<4).map { _ in 2 + Int(generator.next() % 6) }
    for (classIndex, groupCount) in groupCounts.enumerated() {
      for group in 0..<groupCount {
        let size = 1 + Int(generator.next() % 4)
        classes += [Int](repeating: classIndex, count: size)
        groups += [Int](repeating: 10 * classIndex + group, count: size)
      }
    }
    let found = plan(.multiclass(classes), classCount: 4, groups: groups)
    #expect(found.isKnownClass == [true, true, true, true])
    for (classIndex, groupCount) in groupCounts.enumerated() {
      let folds = classes.indices.filter { classes[$0] == classIndex }.map { found.folds[$0] }
      #expect(!folds.contains(nil))
      #expect(Set(folds).count == min(groupCount, 5))
    }
  }

  @Test(arguments: 0..<50)
  func orderOfClassesDoesNotMatter(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    let classes = (0..<40).map { _ in Int(generator.next() % 4) }
    let others = [2, 0, 3, 1]
    #expect(
      plan(.multiclass(classes), classCount: 4).heldOutFolds
        == plan(.multiclass(classes.map { others[$0] }), classCount: 4).heldOutFolds)
    let tags = classes.map { $0 == 0 ? [] : $0 == 1 ? [0, 3] : [$0] }
    #expect(
      plan(.multilabel(tags), classCount: 4).heldOutFolds
        == plan(.multilabel(tags.map { $0.map { others[$0] }.sorted() }), classCount: 4)
        .heldOutFolds)
  }
}
