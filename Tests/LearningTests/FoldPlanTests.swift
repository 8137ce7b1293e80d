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
}
