import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct OutOfFoldCoverageTests {
  /// How often intervals held what they should, by figure.
  private struct Coverage {
    var trials = 0
    var hits = 0
    var share: Double { Double(hits) / Double(trials) }

    mutating func count(_ interval: RateInterval?, _ truth: Double?) {
      guard let interval, let truth else { return }
      trials += 1
      hits += interval.lower <= truth && truth <= interval.upper ? 1 : 0
    }
  }

  /// The whole way from rows to intervals: heads that learned from nearly all rows, calibrated
  /// probabilities, a threshold, counts that share their rows. The truth is what the final head
  /// reaches on 2,000 rows more of the same kind.
  @Test func intervalsHoldWhatTheFinalHeadReaches() throws {
    var (precision, recall, accuracy) = (Coverage(), Coverage(), Coverage())
    for (rowCount, classCount, dimension) in [(20, 2, 8), (45, 3, 8), (100, 5, 30), (200, 4, 30)] {
      for seed in 0..<80 {
        let (learned, others) = (Array(0..<rowCount), Array(rowCount..<rowCount + 2000))
        let all = clusters(
          count: rowCount + others.count, dimension: dimension, classCount: classCount,
          separation: 0.9, seed: UInt64(seed))
        let examples = TrainingExamples(
          embeddings: all.embeddings.selectingRows(learned),
          targets: all.targets.selecting(learned), classCount: classCount, groups: learned)
        let settings = TrainingSettings(foldCount: TrainingSettings.foldCount(forRows: rowCount))
        let result = try train(examples, settings: settings) { _ in }
        let judged = Performance(
          of: result.outOfFold, against: examples.targets, evidence: .outOfFold)
        let truth = Performance(
          of: result.head.probabilities(for: all.embeddings.selectingRows(others)),
          against: all.targets.selecting(others))
        accuracy.count(judged.accuracyInterval, truth.accuracy)
        for (mine, real) in zip(judged.perClass, truth.perClass) {
          precision.count(mine.precisionInterval, real.precision)
          recall.count(mine.recallInterval, real.recall)
        }
      }
    }
    for (name, coverage) in [("precision", precision), ("recall", recall), ("accuracy", accuracy)] {
      #expect(coverage.trials >= 320)
      #expect((0.92...0.98).contains(coverage.share), "\(name) \(coverage.share)")
    }
  }
}
