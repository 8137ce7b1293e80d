import Foundation
import Testing

@testable import Evaluation

@Suite struct RateIntervalTests {
  /// The chance that the interval of `trials` outcomes holds the rate they were drawn with.
  private func coverage(rate: Double, trials: Int) -> Double {
    (0...trials).reduce(0) { sum, successes in
      guard let interval = RateInterval(successes: successes, trials: trials),
        interval.lower <= rate, rate <= interval.upper
      else { return sum }
      let ways =
        lgamma(Double(trials + 1)) - lgamma(Double(successes + 1))
        - lgamma(Double(trials - successes + 1))
      return sum
        + exp(ways + Double(successes) * log(rate) + Double(trials - successes) * log(1 - rate))
    }
  }

  /// Coverage of a count is a saw-tooth in the rate, so that no interval keeps to 95 % at each one;
  /// the average over rates is what a reader of many figures meets.
  @Test(arguments: [5, 8, 10, 15, 20, 30, 50, 100, 300])
  func coversAsOftenAsItSays(trials: Int) {
    let rates = (0..<99).map { 0.5 + 0.005 * Double($0) }
    let coverages = rates.map { coverage(rate: $0, trials: trials) }
    let mean = coverages.reduce(0, +) / Double(rates.count)
    #expect(0.945 < mean && mean < 0.96)
    let inRange = coverages.count { 0.92 <= $0 && $0 <= 0.98 }
    #expect(Double(inRange) >= (trials < 15 ? 0.6 : 0.9) * Double(rates.count))
  }

  /// From SciPy: `binomtest(7, 10).proportion_ci(method="wilson")`.
  @Test func boundsAreWilsons() throws {
    let interval = try #require(RateInterval(successes: 7, trials: 10))
    #expect(abs(interval.lower - 0.396_778) < 1e-6)
    #expect(abs(interval.upper - 0.892_209) < 1e-6)
  }

  @Test func boundsStayWithinRatesAndAroundTheShare() throws {
    for trials in 1...60 {
      for successes in 0...trials {
        let interval = try #require(RateInterval(successes: successes, trials: trials))
        let share = Double(successes) / Double(trials)
        #expect(0 <= interval.lower && interval.lower <= share)
        #expect(share <= interval.upper && interval.upper <= 1)
        let mirrored = try #require(
          RateInterval(successes: trials - successes, trials: trials))
        #expect(abs(interval.lower + mirrored.upper - 1) < 1e-12)
      }
    }
  }

  @Test func noTrialsGiveNoInterval() {
    #expect(RateInterval(successes: 0, trials: 0) == nil)
  }
}
