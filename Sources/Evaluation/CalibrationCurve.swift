/// How often predictions of a probability come true, over equal bins of the probability.
public struct CalibrationCurve: Equatable, Sendable {
  /// The predictions whose probability lies in one bin.
  public struct Bin: Equatable, Sendable {
    public fileprivate(set) var count = 0
    fileprivate var probabilitySum = 0.0
    fileprivate var givenCount = 0

    /// The mean probability; `nil` in an empty bin.
    public var meanProbability: Double? { count == 0 ? nil : probabilitySum / Double(count) }
    /// The share of predictions that came true; `nil` in an empty bin.
    public var observedRate: Double? { ratio(givenCount, count) }
  }

  /// Bins of equal width over 0...1, each closed above, as Guo et al. (2017) have them.
  public private(set) var bins: [Bin]

  /// Makes a curve of no predictions.
  public init(binCount: Int = 15) {
    precondition(binCount > 0, "\(binCount) bins")
    bins = [Bin](repeating: Bin(), count: binCount)
  }

  /// Makes the curve of each known row's most probable class.
  public init(ofTopClassesOf predictions: Predictions, against targets: Targets) {
    self = JudgedPredictions(predictions, targets).calibrationCurve
  }

  /// Counts one prediction.
  public mutating func add(probability: Double, isGiven: Bool) {
    let position = Int((probability * Double(bins.count)).rounded(.up)) - 1
    let index = min(max(position, 0), bins.count - 1)
    bins[index].count += 1
    bins[index].probabilitySum += probability
    bins[index].givenCount += isGiven ? 1 : 0
  }

  /// The mean distance between mean probability and observed rate, weighted by predictions; `nil`
  /// without predictions.
  public var expectedError: Double? {
    let count = bins.reduce(0) { $0 + $1.count }
    guard count > 0 else { return nil }
    return bins.reduce(0) { $0 + abs($1.probabilitySum - Double($1.givenCount)) } / Double(count)
  }
}
