import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct TrainingTests {
  private func trained(
    _ examples: TrainingExamples, _ settings: TrainingSettings = TrainingSettings()
  ) throws -> TrainingResult {
    try train(examples, settings: settings) { _ in }
  }

  private func with(_ examples: TrainingExamples, _ targets: Targets, classCount: Int)
    -> TrainingExamples
  {
    TrainingExamples(
      embeddings: examples.embeddings, targets: targets, classCount: classCount,
      groups: examples.groups)
  }

  @Test(arguments: [8, 80])
  func separableClassesAreLearned(dimension: Int) throws {
    let examples = clusters(
      count: 60, dimension: dimension, classCount: 3, separation: 3, seed: 1)
    let result = try trained(examples)
    let performance = Performance(of: result.outOfFold, against: examples.targets)
    #expect(performance.accuracy == 1)
    let fresh = result.head.probabilities(for: examples.embeddings)
    #expect(Performance(of: fresh, against: examples.targets).accuracy == 1)
    for row in 0..<fresh.rowCount { #expect(abs(fresh.row(row).reduce(0, +) - 1) < 1e-5) }
  }

  @Test func oneSeedGivesOneResultBitForBit() throws {
    for dimension in [10, 90] {
      let examples = clusters(count: 50, dimension: dimension, classCount: 3, seed: 2)
      let first = try trained(examples)
      let second = try trained(examples)
      #expect(first == second)
    }
  }

  /// A fold's head is what the same rows would give on their own.
  @Test(arguments: [6, 70])
  func foldsAreJudgedByHeadsThatNeverSawThem(dimension: Int) throws {
    let examples = clusters(count: 45, dimension: dimension, classCount: 3, seed: 3)
    let settings = TrainingSettings(foldCount: 3, seed: 5)
    let plan = FoldPlan(for: examples, foldCount: 3, seed: 5)
    var training = HeadTraining(examples, plan, settings)
    let scores = try training.fitHeads { _ in }.outOfFoldScores
    let identity = Calibration.identity(classCount: 3)
    for fold in 0..<3 {
      let learned = (0..<45).filter { plan.folds[$0] != fold }
      let judged = (0..<45).filter { plan.folds[$0] == fold }
      let head = try uncalibratedHead(
        TrainingExamples(
          embeddings: examples.embeddings.selectingRows(learned),
          targets: examples.targets.selecting(learned), classCount: 3, groups: learned))
      let alone = head.probabilities(for: examples.embeddings.selectingRows(judged))
      let together = identity.probabilities(
        ofScores: scores.selectingRows(judged), activation: .softmax)
      #expect(largestDistance(alone.elements, together.elements) < 2e-3)
    }
  }

  /// Pictures without anything to tell them apart, each there twice: judged apart from its copy a
  /// head is no better than chance; judged with its copy among the learned it seems to know.
  @Test func groupsPreventInflatedFigures() throws {
    let noise = clusters(count: 60, dimension: 100, classCount: 3, separation: 0, seed: 4)
    let rows = (0..<120).map { $0 / 2 }
    func accuracy(groups: [Int]) throws -> Double {
      let examples = TrainingExamples(
        embeddings: noise.embeddings.selectingRows(rows), targets: noise.targets.selecting(rows),
        classCount: 3, groups: groups)
      let result = try trained(examples)
      return try #require(Performance(of: result.outOfFold, against: examples.targets).accuracy)
    }
    let honest = try accuracy(groups: rows)
    let inflated = try accuracy(groups: Array(0..<120))
    #expect(honest < 0.5)
    #expect(inflated > 0.75)
  }

  @Test func multilabelHeadKnowsItsTags() throws {
    let base = clusters(count: 80, dimension: 12, classCount: 4, separation: 3, seed: 6)
    // The fourth cluster bears no tag; the third bears two.
    let tags = [[0], [1], [0, 2], []]
    let examples = with(base, .multilabel((0..<80).map { tags[$0 % 4] }), classCount: 3)
    let result = try trained(examples)
    let performance = Performance(of: result.outOfFold, against: examples.targets)
    #expect(performance.accuracy ?? 0 > 0.95)
    #expect(performance.averagePrecision ?? 0 > 0.99)
  }

  @Test func oddExamplesAreLearnedWithoutTraps() throws {
    let zeros = Matrix(rowCount: 6, columnCount: 4)
    for targets in [
      Targets.multiclass([0, 1, 0, 1, 0, 1]), .multilabel([[0], [1], [], [0, 1], [0], [1]]),
    ] {
      let result = try trained(
        TrainingExamples(
          embeddings: zeros, targets: targets, classCount: 2, groups: Array(0..<6)))
      #expect(result.outOfFold.probabilities.elements.allSatisfy { abs($0 - 0.5) < 0.2 })
    }
    // One row a class; one tag that all bear; one group for everything.
    let base = clusters(count: 6, dimension: 9, classCount: 6, seed: 8)
    let single = try trained(base)
    #expect(single.folds.allSatisfy { $0 == nil })
    #expect(Performance(of: single.outOfFold, against: base.targets).accuracy == nil)
    let everywhere = with(
      base, .multilabel((0..<6).map { $0 < 3 ? [0] : [0, 1] }), classCount: 2)
    let result = try trained(everywhere)
    #expect(result.outOfFold.isKnownClass == [false, true])
    #expect(result.head.probabilities(for: base.embeddings).elements.allSatisfy { $0.isFinite })
  }

  @Test func scaleOfEmbeddingsHardlyMatters() throws {
    for factor: Float in [1e-4, 1e4] {
      var examples = clusters(count: 40, dimension: 60, classCount: 2, separation: 2, seed: 9)
      var embeddings = examples.embeddings
      for index in embeddings.elements.indices { embeddings.elements[index] *= factor }
      examples = TrainingExamples(
        embeddings: embeddings, targets: examples.targets, classCount: 2, groups: examples.groups)
      let result = try trained(examples)
      #expect(result.head.probabilities(for: embeddings).elements.allSatisfy { $0.isFinite })
    }
  }

  @Test func unusableExamplesAreRefused() {
    var base = clusters(count: 8, dimension: 2, classCount: 2, seed: 1)
    #expect(throws: LearningError.classEmpty(classIndex: 2)) {
      try trained(with(base, base.targets, classCount: 3))
    }
    #expect(throws: LearningError.tooFewClasses(classCount: 1)) {
      try trained(with(base, .multiclass([Int](repeating: 0, count: 8)), classCount: 1))
    }
    var embeddings = base.embeddings
    embeddings[3, 1] = .nan
    base = TrainingExamples(
      embeddings: embeddings, targets: base.targets, classCount: 2, groups: base.groups)
    #expect(throws: LearningError.embeddingNotFinite(row: 3)) { try trained(base) }
  }

  @Test func progressRisesToTheEnd() throws {
    let examples = clusters(count: 40, dimension: 20, classCount: 2, seed: 1)
    var seen: [TrainingProgress] = []
    _ = try train(examples, settings: TrainingSettings()) { seen.append($0) }
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.fraction <= $1.fraction })
    #expect(seen.first?.stage == .preparing)
    #expect(seen.contains { $0.stage == .fitting(finishedHeads: 6, of: 6) })
    #expect(seen.last == TrainingProgress(stage: .calibrating, fraction: 1))
  }

  @Test func cancelledTrainingStops() async {
    let examples = clusters(count: 40, dimension: 20, classCount: 2, seed: 1)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      _ = try train(examples, settings: TrainingSettings()) { _ in }
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
