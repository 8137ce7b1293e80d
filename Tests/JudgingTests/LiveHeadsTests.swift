import Matrices
import Testing

@testable import Judging

/// Two heads at once against each of them alone.
struct LiveHeadsTests {
  private static let embeddings = Matrix(
    rowCount: 12, columnCount: 3,
    elements: (0..<36).map { Float(($0 * 37 + $0 / 3 * 11) % 23) / 10 - 1 })
  private static let groups = [0, 1, 2, 2, 4, 5, 6, 7, 8, 8, 10, 11]

  private func learner(_ penalty: Double) -> RidgeLearner {
    RidgeLearner(
      embeddings: Self.embeddings, groups: Self.groups, classCount: 2, relativePenalty: penalty)
  }

  @Test(arguments: [true, false]) func eachHeadSaysWhatItSaysAlone(isMulticlass: Bool) {
    var heads = LiveHeads(embeddings: Self.embeddings, groups: Self.groups, classCount: 2)
    var suggesting = learner(LiveHeads.penalties.suggesting)
    var judging = learner(LiveHeads.penalties.judging)
    let changes = (0..<9).map { TargetChange(row: $0, classes: [$0 % 2]) }
    for change in [
      Array(changes[..<6]), Array(changes[6...]), [TargetChange(row: 1, classes: nil)],
    ] {
      heads.apply(change)
      suggesting.apply(change)
      judging.apply(change)
    }
    heads.placeClasses([2, 0], of: 3)
    suggesting.placeClasses([2, 0], of: 3)
    judging.placeClasses([2, 0], of: 3)

    let reading = heads.reading(isMulticlass: isMulticlass)
    let suggested = suggesting.reading(isMulticlass: isMulticlass)
    let judged = judging.reading(isMulticlass: isMulticlass)
    #expect(reading.probabilities == suggested.probabilities)
    #expect(reading.accuracy == suggested.accuracy)
    #expect(reading.labelQuality == judged.labelQuality)
    #expect(
      reading.labelQualities(ofRow: 3, given: [0]) == judged.labelQualities(ofRow: 3, given: [0]))
    #expect(
      heads.judging.teachingOrder(reading, count: 4) == judging.teachingOrder(judged, count: 4))
    // Otherwise the above would say nothing.
    #expect(suggested.labelQuality != judged.labelQuality)
  }

  /// Of one class alone everything would be right, and nothing would be known.
  @Test(arguments: [true, false]) func nothingIsToldWithoutPicturesOfBothKinds(isMulticlass: Bool) {
    var heads = LiveHeads(embeddings: Self.embeddings, groups: Self.groups, classCount: 2)
    let other = isMulticlass ? [1] : []
    heads.apply((0..<6).map { TargetChange(row: $0, classes: [0]) })
    var reading = heads.reading(isMulticlass: isMulticlass)
    #expect(reading.evidence.map(\.isTold) == [false, false])
    #expect(reading.accuracy == nil && reading.labelQuality.allSatisfy { $0 == nil })

    // Two near-duplicates are one witness.
    heads.apply([8, 9].map { TargetChange(row: $0, classes: other) })
    reading = heads.reading(isMulticlass: isMulticlass)
    #expect(reading.evidence.map(\.isTold) == [true, isMulticlass])
    #expect(reading.accuracy == nil)
    #expect(reading.labelQuality[9] == nil)

    heads.apply([TargetChange(row: 10, classes: other)])
    reading = heads.reading(isMulticlass: isMulticlass)
    #expect(reading.isJudgeable(0) && reading.accuracy != nil)
  }

  @Test func aGroupThatIsCutIsOneWitnessAllTheSame() {
    let count = 600
    var learner = RidgeLearner(
      embeddings: Matrix(
        rowCount: count, columnCount: 2, elements: (0..<2 * count).map { Float($0 % 7) }),
      groups: (0..<count).map { $0 < 500 ? 0 : $0 }, classCount: 2, relativePenalty: 1)
    learner.apply((0..<count).map { TargetChange(row: $0, classes: [$0 < 500 ? 0 : 1]) })
    let reading = learner.reading(isMulticlass: true)
    #expect(reading.evidence.map(\.bearingCount) == [1, 2])
    #expect(reading.labelQuality[0] == nil && reading.labelQuality[599] != nil)
  }
}
