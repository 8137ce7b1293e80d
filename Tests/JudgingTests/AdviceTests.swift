import Evaluation
import Matrices
import Testing

@testable import Judging

/// What would help: classes of known trouble, drawn around their means.
@Suite struct AdviceTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      return bits ^ bits >> 31
    }
    mutating func number() -> Float {
      (0..<6).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &self) } / 2
    }
  }

  private static let dimension = 24

  /// A learner of classes with these sizes; of each picture of a class with wrong labels every third
  /// truly belongs to another.
  private static func learner(
    _ sizes: [Int], wrong: Set<Int> = [], seed: Int, strangers: Int = 0
  ) -> RidgeLearner {
    var generator = Generator(state: UInt64(seed) &* 7919 &+ 5)
    let means = sizes.map { _ in (0..<dimension).map { _ in 0.75 * generator.number() } }
    var elements: [Float] = []
    var given: [Int] = []
    for (classIndex, size) in sizes.enumerated() {
      for number in 0..<size {
        let isWrong = wrong.contains(classIndex) && number % 3 == 0
        let other = (classIndex + 1 + number / 3 % (sizes.count - 1)) % sizes.count
        let truth = isWrong ? other : classIndex
        elements += means[truth].map { $0 + generator.number() }
        given.append(classIndex)
      }
    }
    for number in 0..<strangers {
      elements += (0..<dimension).map { _ in 4 * generator.number() }
      given.append(number % sizes.count)
    }
    var learner = RidgeLearner(
      embeddings: Matrix(rowCount: given.count, columnCount: dimension, elements: elements),
      groups: Array(given.indices), classCount: sizes.count)
    learner.apply(given.enumerated().map { TargetChange(row: $0.offset, classes: [$0.element]) })
    return learner
  }

  @Test func wrongLabelsAskForCleaning() {
    let advice = (0..<5).flatMap { seed in
      Self.learner([30, 30, 30, 30], wrong: [0, 1, 2, 3], seed: seed).advice(true)
    }
    #expect(advice.allSatisfy { $0.pictureCount == 30 && $0.suspiciousCount > 2 })
    let right = advice.count { $0.remedy == .cleanerTags }
    #expect(right >= 17, "\(right) of 20")
  }

  @Test func fewPicturesAskForMore() {
    let right = (0..<10).count { seed in
      let advice = Self.learner([30, 5, 30, 30], seed: seed).advice(true)
      return advice[1].pictureCount == 5 && advice[1].remedy == .morePictures
    }
    #expect(right >= 7, "\(right) of 10")
  }

  @Test func answerDependsOnThePicturesAlone() {
    let learner = Self.learner([20, 20, 20], wrong: [1], seed: 3)
    #expect(learner.advice(true) == learner.advice(true))
  }

  @Test func confirmedLabelsAreNotSuspicious() {
    let learner = Self.learner([20, 20, 20], wrong: [1], seed: 4)
    let advice = learner.advice(true) { _, _ in true }
    #expect(advice.allSatisfy { $0.suspiciousCount == 0 && $0.cleanerTags?.mean == 0 })
    #expect(learner.advice(true)[1].suspiciousCount > 2)
  }

  @Test func severalClassesAPictureAreAdvisedUponToo() {
    var learner = Self.learner([30, 30, 30], seed: 5)
    learner.apply((0..<30).map { TargetChange(row: $0, classes: $0 < 15 ? [0, 1] : [0]) })
    let advice = learner.advice(false)
    #expect(advice.map(\.pictureCount) == [30, 45, 30])
    #expect(advice.allSatisfy { $0.morePictures != nil && $0.cleanerTags != nil })
  }

  @Test func tooFewPicturesAskForMore() {
    let few = Self.learner([2, 20], seed: 6).advice(true)
    #expect(few[0].morePictures == nil && few[0].remedy == .morePictures)
    let none = RidgeLearner(
      embeddings: Matrix(rowCount: 2, columnCount: 2, elements: [1, 2, 3, 4]), groups: [0, 1],
      classCount: 2
    ).advice(true)
    #expect(none.map(\.pictureCount) == [0, 0])
    #expect(none.allSatisfy { $0.remedy == .morePictures })
  }

  @Test func partOfALargeProjectIsLookedAt() {
    let learner = Self.learner([1_500, 60], seed: 7)
    let advice = learner.advice(true)
    #expect(advice.map(\.pictureCount) == [1_500, 60])
    #expect(advice.allSatisfy { $0.morePictures != nil })
  }

  @Test func intervalsHoldTheMeanOfTheGains() throws {
    let gain = try #require(ExpectedGain([0.1, 0.2, 0.3], factor: 0.5))
    #expect(abs(gain.mean - 0.1) < 1e-9)
    // The standard error of 0.1, 0.2, 0.3 is 0.1 / √3.
    #expect(abs(gain.upper - gain.mean - 0.5 * 1.96 * 0.1 / 3.0.squareRoot()) < 1e-5)
    #expect(abs(gain.mean - gain.lower - (gain.upper - gain.mean)) < 1e-9)
    #expect(ExpectedGain([0.1, 0.2], factor: 1) == nil)
  }

  @Test func strangersAreOutliersAndOthersAreNot() {
    let learner = Self.learner([25, 25, 25], seed: 8, strangers: 3)
    let scores = learner.outlierScores().map { $0 ?? 0 }
    #expect(scores.suffix(3).allSatisfy { $0 > 0.5 })
    #expect(scores.dropLast(3).count { $0 > 0.5 } <= 1)
    #expect(scores.allSatisfy { (0..<1).contains($0) })
  }

  @Test func picturesOfATagThatIsUnlikeAllOthersAreNoOutliers() {
    var learner = Self.learner([25, 25, 25], seed: 9, strangers: 0)
    // Untagged pictures are not judged.
    learner.apply([TargetChange(row: 0, classes: nil)])
    let scores = learner.outlierScores()
    #expect(scores[0] == nil && scores.dropFirst().allSatisfy { $0 != nil })
    #expect(scores.compactMap { $0 }.count { $0 > 0.5 } <= 1)
  }
}

extension RidgeLearner {
  fileprivate func advice(
    _ isMulticlass: Bool, isConfirmed: (Int, Int) -> Bool = { _, _ in false }
  ) -> [ClassAdvice] {
    AdviceSample(of: self, isMulticlass: isMulticlass, isConfirmed: isConfirmed).advice()
  }
}
