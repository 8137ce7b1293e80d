import Matrices
import Testing

@testable import Evaluation

@Suite struct CurveTests {
  @Test func tiesShareOnePoint() {
    let curve = PrecisionRecallCurve(
      probabilities: [0.9, 0.5, 0.5, 0.1], isGiven: [true, false, true, false])
    #expect(
      curve.points == [
        .init(threshold: 0.9, precision: 1, recall: 0.5),
        .init(threshold: 0.5, precision: 2.0 / 3, recall: 1),
        .init(threshold: 0.1, precision: 0.5, recall: 1),
      ])
    #expect(curve.averagePrecision == 0.5 + 0.5 * 2 / 3)
  }

  @Test func classWithoutRowsHasNoCurve() {
    let curve = PrecisionRecallCurve(probabilities: [0.9, 0.1], isGiven: [false, false])
    #expect(curve.points.isEmpty)
    #expect(curve.averagePrecision == nil)
  }

  @Test func curveOfAClassAgreesWithPerformance() {
    let probabilities = Matrix(
      rowCount: 3, columnCount: 2, elements: [0.9, 0.1, 0.4, 0.6, 0.45, 0.55])
    let targets = Targets.multiclass([0, 1, 0])
    let performance = Performance(of: probabilities, against: targets)
    for classIndex in 0..<2 {
      let curve = PrecisionRecallCurve(
        ofClass: classIndex, of: Predictions(probabilities), against: targets)
      #expect(curve.averagePrecision == performance.perClass[classIndex].averagePrecision)
    }
  }

  @Test func binsAreClosedAbove() {
    var curve = CalibrationCurve()
    for probability in [0, 1.0 / 15, 0.5, 1] { curve.add(probability: probability, isGiven: true) }
    #expect(curve.bins.map(\.count) == [2, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1])
    #expect(curve.bins[0].observedRate == 1)
    #expect(curve.bins[1].meanProbability == nil)
  }

  @Test func calibrationErrorIsTheWeightedDistance() {
    var curve = CalibrationCurve()
    #expect(curve.expectedError == nil)
    for _ in 0..<3 { curve.add(probability: 0.75, isGiven: true) }
    curve.add(probability: 0.25, isGiven: false)
    #expect(curve.expectedError == 0.25)
  }
}
