import Evaluation
import Testing

@Suite struct PairedComparisonTests {
  /// `scipy.stats.binomtest(b, b + c).pvalue`, scipy 1.17.1.
  @Test func chancesAreThoseOfTheReference() {
    for (first, second, expected) in [
      (0, 0, 1.0), (0, 5, 0.0625), (12, 4, 0.076812744140625), (3, 3, 1.0),
      (40, 70, 0.005447429511444476), (900, 1_100, 8.45708953550381e-06),
    ] {
      let comparison = PairedComparison(onlyFirstCount: first, onlySecondCount: second)
      #expect(abs(comparison.chance - expected) < 1e-9, "\(first), \(second)")
    }
  }

  @Test(arguments: 0..<14)
  func chanceIsTheShareOfTossesThatAreAsUneven(count: Int) {
    for first in 0...count {
      let distance = abs(2 * first - count)
      let uneven = (0..<1 << count).count { abs(2 * $0.nonzeroBitCount - count) >= distance }
      let comparison = PairedComparison(
        onlyFirstCount: first, onlySecondCount: count - first)
      #expect(abs(comparison.chance - Double(uneven) / Double(1 << count)) < 1e-9)
    }
  }

  @Test func neitherSideIsFavoured() {
    let one = PairedComparison(onlyFirstCount: 3, onlySecondCount: 11)
    let other = PairedComparison(onlyFirstCount: 11, onlySecondCount: 3)
    #expect(one.chance == other.chance)
  }
}
