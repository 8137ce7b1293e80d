import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct HeadReferenceTests {
  /// 5e-4 in probability: 32-bit products against double precision, and the shift that makes the
  /// products of equal rows definite.
  @Test func headsAreThoseOfScikitLearn() throws {
    let heads = try HeadReference.load().heads
    #expect(heads.count == 6)
    for (number, reference) in heads.enumerated() {
      let found = try uncalibratedHead(reference.examples)
        .probabilities(for: reference.testMatrix)
      let distance = largestDistance(found.elements, reference.probabilities)
      #expect(distance < 5e-4, "case \(number)")
    }
  }

  @Test func temperatureIsTheMinimum() throws {
    let reference = try HeadReference.load().temperature
    let found = CalibrationFitter(
      scores: reference.scoreMatrix, targets: .multiclass(reference.classes.map { $0[0] })
    ).calibration(fittedOn: Array(reference.classes.indices))
    #expect(largestDistance(found.scales, reference.scales) < 1e-4)
    #expect(found.offsets == reference.offsets)
  }

  @Test func sigmoidsAreThoseOfScikitLearn() throws {
    let reference = try HeadReference.load().sigmoid
    let found = CalibrationFitter(
      scores: reference.scoreMatrix, targets: .multilabel(reference.classes)
    ).calibration(fittedOn: Array(reference.classes.indices))
    #expect(largestDistance(found.scales, reference.scales) < 1e-3)
    #expect(largestDistance(found.offsets, reference.offsets) < 1e-3)
  }
}
