import Testing
import WorkbenchTesting

@testable import Evaluation

/// Simulated coverage of the intervals as the program makes them. Images come by chance, so that
/// both how many bear a tag and how many are predicted to bear it vary from trial to trial.
@Suite struct IntervalCoverageTests {
  /// How many images bear the tag, on average.
  private static let sizes = [5, 8, 12, 20, 40, 100, 200]
  private static let rates = [0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.99]
  private static let trialCount = 400

  /// The shares of trials whose interval held the recall and the precision that were simulated.
  private struct Cell {
    let size: Int
    let recall: Double
    let precision: Double
    var recallCoverage = 0.0
    var precisionCoverage = 0.0
  }

  /// Every size with every recall and precision, a tag among `tagCount` equally frequent ones.
  private static func cells(tagCount: Int, seed: UInt64) -> [Cell] {
    var generator = SplitMix64(seed: seed)
    func binomial(_ count: Int, _ rate: Double) -> Int {
      (0..<count).count { _ in Double(generator.next() >> 11) < rate * Double(1 << 53) }
    }
    var cells: [Cell] = []
    for size in sizes {
      for recall in rates {
        for precision in rates {
          var cell = Cell(size: size, recall: recall, precision: precision)
          let falseRate = recall * (1 - precision) / precision / Double(tagCount - 1)
          var (recallCount, precisionCount) = (0, 0)
          for _ in 0..<trialCount {
            let given = binomial(size * tagCount, 1 / Double(tagCount))
            let right = binomial(given, recall)
            let predicted = right + binomial(size * tagCount - given, falseRate)
            // Without images there is no figure and no interval.
            if given > 0 {
              recallCount += 1
              if holds(right, of: given, recall) { cell.recallCoverage += 1 }
            }
            if predicted > 0 {
              precisionCount += 1
              if holds(right, of: predicted, precision) { cell.precisionCoverage += 1 }
            }
          }
          cell.recallCoverage /= Double(recallCount)
          cell.precisionCoverage /= Double(precisionCount)
          cells.append(cell)
        }
      }
    }
    return cells
  }

  private static func holds(_ successes: Int, of trials: Int, _ rate: Double) -> Bool {
    guard let interval = RateInterval(successes: successes, trials: trials) else { return false }
    return interval.lower <= rate && rate <= interval.upper
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  @Test(arguments: [2, 4, 10])
  func coverageIsThatOfNinetyFivePercentIntervals(tagCount: Int) {
    let cells = Self.cells(tagCount: tagCount, seed: UInt64(tagCount))
    let claimed = 0.92...0.98
    for size in Self.sizes {
      let mine = cells.filter { $0.size == size }
      #expect(claimed.contains(Self.mean(mine.map(\.precisionCoverage))), "precision, \(size)")
      #expect(claimed.contains(Self.mean(mine.map(\.recallCoverage))), "recall, \(size)")
    }
    for rate in Self.rates {
      #expect(
        claimed.contains(
          Self.mean(cells.filter { $0.precision == rate }.map(\.precisionCoverage))),
        "precision \(rate)")
      #expect(
        claimed.contains(Self.mean(cells.filter { $0.recall == rate }.map(\.recallCoverage))),
        "recall \(rate)")
    }
  }
}
