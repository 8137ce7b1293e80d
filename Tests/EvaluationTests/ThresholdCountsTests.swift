import Evaluation
import Matrices
import Testing

@Suite struct ThresholdCountsTests {
  /// A small generator, so that this module needs no other.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 33)
    }
  }

  private func predictions(
    seed: UInt64, isMultilabel: Bool
  ) -> (Predictions, Targets) {
    var random = Generator(state: seed)
    let rowCount = Int.random(in: 1...40, using: &random)
    // Few different values, so that some are equal.
    let elements = (0..<rowCount * 3).map { _ in Float(Int.random(in: 0...8, using: &random)) / 8 }
    let predictions = Predictions(
      Matrix(rowCount: rowCount, columnCount: 3, elements: elements),
      isKnownRow: (0..<rowCount).map { _ in Int.random(in: 0..<5, using: &random) > 0 },
      isKnownClass: [true, true, Bool.random(using: &random)])
    let given = (0..<rowCount).map { _ in Int.random(in: 0..<3, using: &random) }
    return (
      predictions,
      isMultilabel ? .multilabel(given.map { $0 == 2 ? [0, 1] : [$0] }) : .multiclass(given)
    )
  }

  /// At every threshold the counts are those that measuring anew gives.
  @Test(arguments: 0..<100) func countsAreThoseOfMeasuringAnew(seed: Int) {
    let (predictions, targets) = predictions(
      seed: UInt64(seed), isMultilabel: seed % 2 == 0)
    let counts = ThresholdCounts(of: predictions, against: targets)
    for step in 0...20 {
      let threshold = Double(step) / 20
      let measured = Performance(of: predictions, against: targets, threshold: threshold)
      for classIndex in 0..<3 {
        #expect(
          counts.counts(ofClass: classIndex, threshold: threshold)
            == measured.perClass[classIndex].counts)
      }
      #expect(counts.total(threshold: threshold).precision == measured.precision)
      #expect(counts.total(threshold: threshold).recall == measured.recall)
    }
  }

  /// Every point of the drawn curve is a point of the exact one, and the last finds everything.
  @Test(arguments: 0..<100) func curvePointsAreExact(seed: Int) {
    let (predictions, targets) = predictions(
      seed: UInt64(seed), isMultilabel: seed % 2 == 0)
    let counts = ThresholdCounts(of: predictions, against: targets)
    for classIndex in 0..<3 {
      let exact = PrecisionRecallCurve(ofClass: classIndex, of: predictions, against: targets)
      let drawn = counts.curve(ofClass: classIndex, pointCount: 6)
      #expect(drawn.isEmpty == exact.points.isEmpty)
      #expect(drawn.allSatisfy(exact.points.contains))
      #expect(drawn.last.map { $0.recall == 1 } ?? true)
      #expect(zip(drawn, drawn.dropFirst()).allSatisfy { $0.recall <= $1.recall })
    }
  }
}
