public import Matrices

/// Two least-squares heads on the same pictures and classes, which differ in their penalty alone: what
/// suggests best is not what judges best.
public struct LiveHeads: Sendable {
  /// Says what pictures probably are.
  public private(set) var suggesting: RidgeLearner
  /// Says how much speaks for the classes that they were given.
  public private(set) var judging: RidgeLearner

  /// As a share of the mean squared length of a row. With the smaller one suggestions are as often
  /// right as a trained head's, chosen on `clothing10` and `flowers5`, and between 0.2 and 0.3 on
  /// `grocery8`; with the larger one flipped tags are found better, chosen on the first two, and what
  /// it is undecided about teaches more.
  static let penalties = (suggesting: 0.2, judging: 1.5)

  /// Takes all pictures, of which none has classes yet.
  ///
  /// - Parameters:
  ///   - embeddings: One row a picture, all finite.
  ///   - groups: The group of each picture, any numbers; near-duplicates share one.
  public init(embeddings: Matrix, groups: [Int], classCount: Int) {
    suggesting = RidgeLearner(
      embeddings: embeddings, groups: groups, classCount: classCount,
      relativePenalty: Self.penalties.suggesting)
    judging = suggesting.withPenalty(Self.penalties.judging)
  }

  /// As `RidgeLearner.apply(_:)`.
  public mutating func apply(_ changes: [TargetChange]) {
    suggesting.apply(changes)
    judging.apply(changes)
  }

  /// As `RidgeLearner.placeClasses(_:of:)`.
  public mutating func placeClasses(_ places: [Int], of count: Int) {
    suggesting.placeClasses(places, of: count)
    judging.placeClasses(places, of: count)
  }

  /// Reads off everything that depends on the classes as they are now: probabilities and accuracy
  /// from the head that suggests, label quality and doubts from the one that judges.
  public func reading(isMulticlass: Bool) -> LiveReading {
    suggesting.reading(isMulticlass: isMulticlass, judgedBy: judging)
  }
}
