/// How many groups of near-duplicates a head has learned of with a class and without it, each counted up
/// to two.
public struct ClassEvidence: Equatable, Sendable {
  public internal(set) var bearingCount = 0
  public internal(set) var lackingCount = 0

  /// Whether the class can be told in pictures that were not learned from: a head that saw pictures of
  /// one kind only says the same of all.
  public var isTold: Bool { bearingCount > 0 && lackingCount > 0 }

  /// Whether it can be judged by a head that never saw them what pictures were given: what is left out
  /// must leave others of its kind.
  ///
  /// - Parameter isMulticlass: Whether pictures without the class are judged by other classes.
  public func isJudgeable(isMulticlass: Bool) -> Bool {
    bearingCount > 1 && lackingCount > (isMulticlass ? 0 : 1)
  }
}

extension RidgeLearner {
  /// What is learned from of each class. Takes time in proportion to N·K.
  func evidence() -> [ClassEvidence] {
    var evidence = [ClassEvidence](repeating: ClassEvidence(), count: classCount)
    var (bearing, lacking) = (
      [Int?](repeating: nil, count: classCount), [Int?](repeating: nil, count: classCount)
    )
    func count(_ group: Int, _ first: inout Int?, _ count: inout Int) {
      if first == nil {
        (first, count) = (group, 1)
      } else if first != group {
        count = 2
      }
    }
    for (row, classes) in targets.enumerated() {
      guard let classes else { continue }
      let group = groups.wholeGroup[row]
      for index in 0..<classCount {
        if classes.contains(index) {
          count(group, &bearing[index], &evidence[index].bearingCount)
        } else {
          count(group, &lacking[index], &evidence[index].lackingCount)
        }
      }
    }
    return evidence
  }
}
