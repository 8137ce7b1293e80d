import Glibc

/// Two classifiers judged on the same pictures, and whether chance alone would part them so.
///
/// Only pictures on which exactly one of them is right tell anything. Were both equally good, each of
/// these would fall to either side by lot (McNemar, "Note on the sampling error of the difference
/// between correlated proportions or percentages", 1947; here exact, by the binomial distribution).
public struct PairedComparison: Equatable, Sendable {
  /// Cases that the first gets right and the second wrong.
  public let onlyFirstCount: Int
  /// Cases that the second gets right and the first wrong.
  public let onlySecondCount: Int

  public init(onlyFirstCount: Int, onlySecondCount: Int) {
    precondition(
      onlyFirstCount >= 0 && onlySecondCount >= 0, "\(onlyFirstCount), \(onlySecondCount)")
    self.onlyFirstCount = onlyFirstCount
    self.onlySecondCount = onlySecondCount
  }

  /// How probable a difference as large as this or larger, to either side, is by chance alone, 0…1; 1
  /// where there is none.
  public var chance: Double {
    let count = onlyFirstCount + onlySecondCount
    let fewer = min(onlyFirstCount, onlySecondCount)
    // Through logarithms, since the coefficients overflow from about 1,000 cases on.
    let all = lgamma(Double(count + 1)) - Double(count) * log(2.0)
    var tail = 0.0
    for picked in 0...fewer {
      let ways: Double = lgamma(Double(picked + 1)) + lgamma(Double(count - picked + 1))
      tail += exp(all - ways)
    }
    return min(1, 2 * tail)
  }
}
