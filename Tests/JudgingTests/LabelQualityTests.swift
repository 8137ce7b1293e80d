import Evaluation
import Foundation
import Matrices
import Testing

@testable import Judging

/// Against what the Python package cleanlab says; `Fixtures/make_labels.py` asked it.
@Suite struct LabelQualityTests {
  private struct Reference: Decodable {
    let classes: [Int]
    let probabilities: [[Float]]
    let selfConfidence: [Double]
    let normalizedMargin: [Double]
    let issues: [Bool]
    let tags: [[Int]]
    let singleProbabilities: [[Float]]
    let doubtful: [[Bool]]
  }

  private func references() throws -> [Reference] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/labels.json")
    return try JSONDecoder().decode([Reference].self, from: Data(contentsOf: file))
  }

  private func matrix(_ rows: [[Float]]) -> Matrix {
    Matrix(rowCount: rows.count, columnCount: rows[0].count, elements: rows.flatMap { $0 })
  }

  @Test func qualitiesAreThoseOfTheReference() throws {
    for reference in try references() {
      let probabilities = matrix(reference.probabilities)
      for (method, expected) in [
        (LabelQualityMethod.selfConfidence, reference.selfConfidence),
        (.normalizedMargin, reference.normalizedMargin),
      ] {
        let found = labelQuality(
          of: .multiclass(reference.classes), probabilities: probabilities, method: method)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(method)")
      }
    }
  }

  @Test func errorsFoundAreThoseOfTheReference() throws {
    for reference in try references() {
      let found = ConfidentLearning(
        classes: reference.classes, probabilities: matrix(reference.probabilities))
      #expect(found.probableClasses.map { $0 != nil } == reference.issues)
      let doubtful = ConfidentLearning.doubtfulLabels(
        classes: reference.tags, probabilities: matrix(reference.singleProbabilities))
      #expect(doubtful == reference.doubtful)
    }
  }

  @Test func whatIsProbableInsteadIsTheClassThatSpeaksLoudest() {
    let probabilities = Matrix(
      rowCount: 5, columnCount: 3,
      elements: [
        0.8, 0.1, 0.1, 0.1, 0.8, 0.1, 0.1, 0.1, 0.8, 0.05, 0.05, 0.9, 0.4, 0.35, 0.25,
      ])
    let found = ConfidentLearning(classes: [0, 1, 2, 0, 1], probabilities: probabilities)
    #expect(found.probableClasses == [nil, nil, nil, 2, nil])
    #expect(found.counts == [[1, 0, 1], [0, 1, 0], [0, 0, 1]])
  }

  @Test func severalClassesAreAsGoodAsTheWorst() {
    let probabilities = Matrix(rowCount: 1, columnCount: 3, elements: [0.75, 0.125, 0.5])
    let targets = Targets.multilabel([[0]])
    #expect(
      labelQualities(ofRow: 0, of: targets, probabilities: probabilities) == [0.75, 0.875, 0.5])
    #expect(labelQuality(of: targets, probabilities: probabilities) == [0.5])
  }

  @Test(arguments: 0..<20)
  func orderOfRowsAndClassesDoesNotMatter(seed: Int) {
    var generator = Generator(state: UInt64(seed) &+ 5)
    let (count, classCount) = (30, 4)
    var rows: [[Float]] = []
    for _ in 0..<count {
      let powers = (0..<classCount).map { _ in Float(exp(2 * generator.number())) }
      let sum = powers.reduce(0, +)
      rows.append(powers.map { $0 / sum })
    }
    let classes = (0..<count).map { $0 < classCount ? $0 : generator.below(classCount) }
    let plain = ConfidentLearning(classes: classes, probabilities: matrix(rows))
    let turned = ConfidentLearning(
      classes: classes.reversed().map { classCount - 1 - $0 },
      probabilities: matrix(rows.reversed().map { $0.reversed() }))
    #expect(
      turned.probableClasses.reversed().map { $0.map { classCount - 1 - $0 } }
        == plain.probableClasses)
  }

  @Test(arguments: [true, false])
  func calibrationMakesWhatWasGivenMostLikely(isMulticlass: Bool) {
    var generator = Generator(state: 3)
    let (count, classCount) = (200, 3)
    let classes = (0..<count).map { _ in generator.below(classCount) }
    var scores = Matrix(rowCount: count, columnCount: classCount)
    for row in 0..<count {
      for column in 0..<classCount {
        scores[row, column] = Float(
          0.3 + 0.25 * generator.number() + (column == classes[row] ? 0.25 : 0))
      }
    }
    let targets: Targets =
      isMulticlass ? .multiclass(classes) : .multilabel(classes.map { [$0] })
    let fitted = ScoreCalibration(scores: scores, targets: targets)
    func loss(_ calibration: ScoreCalibration) -> Double {
      let probabilities = calibration.probabilities(of: scores)
      var loss = 0.0
      for row in 0..<count {
        for column in 0..<classCount {
          let isGiven = column == classes[row]
          if isMulticlass && !isGiven { continue }
          let probability = Double(probabilities[row, column])
          loss -= log(isGiven ? probability : 1 - probability)
        }
      }
      return loss
    }
    let best = loss(fitted)
    #expect(fitted.isMulticlass == isMulticlass)
    for factor in [0.8, 1.25] {
      #expect(
        best
          < loss(
            ScoreCalibration(
              isMulticlass: isMulticlass, scale: fitted.scale * factor, offset: fitted.offset)))
    }
    if isMulticlass {
      let sums = (0..<count).map { fitted.probabilities(of: scores).row($0).reduce(0, +) }
      #expect(sums.allSatisfy { abs($0 - 1) < 1e-5 })
    } else {
      for shift in [-0.4, 0.4] {
        #expect(
          best
            < loss(
              ScoreCalibration(
                isMulticlass: false, scale: fitted.scale, offset: fitted.offset + shift)))
      }
    }
  }
}
