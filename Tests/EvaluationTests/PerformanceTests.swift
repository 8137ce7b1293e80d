import Foundation
import Matrices
import Testing

@testable import Evaluation

@Suite struct PerformanceTests {
  /// Figures of scikit-learn for random predictions; `Fixtures/make_performance.py` made them.
  struct Reference: Decodable {
    struct Case: Decodable {
      let kind: String
      let classes: [[Int]]
      let classCount: Int
      let threshold: Double
      let probabilities: [Float]
      let expected: Figures
    }
    struct Figures: Decodable {
      let precision, recall, averagePrecision, expectedCalibrationError: Double?
      let accuracy, macroAccuracy, logLoss: Double?
      let confusion: [[Int]]?
      let perClass: [ClassFigures]
    }
    struct ClassFigures: Decodable {
      let imageCount: Int
      let precision, recall, f1, averagePrecision: Double?
    }
    let cases: [Case]

    static func load() throws -> [Case] {
      let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Fixtures/performance.json")
      return try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file)).cases
    }
  }

  private func expectEqual(
    _ found: Double?, _ expected: Double?, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    switch (found, expected) {
    case (nil, nil): break
    case (let found?, let expected?):
      #expect(abs(found - expected) < 1e-6, "\(what)", sourceLocation: sourceLocation)
    default:
      Issue.record(
        "\(what): \(String(describing: found)), expected \(String(describing: expected))",
        sourceLocation: sourceLocation)
    }
  }

  private func targets(_ reference: Reference.Case) -> Targets {
    reference.kind == "multiclass"
      ? .multiclass(reference.classes.map { $0[0] }) : .multilabel(reference.classes)
  }

  private func matrix(_ reference: Reference.Case) -> Matrix {
    Matrix(
      rowCount: reference.classes.count, columnCount: reference.classCount,
      elements: reference.probabilities)
  }

  @Test func figuresAreThoseOfScikitLearn() throws {
    let cases = try Reference.load()
    #expect(cases.count == 24)
    for (number, reference) in cases.enumerated() {
      let found = Performance(
        of: matrix(reference), against: targets(reference), threshold: reference.threshold)
      let expected = reference.expected
      expectEqual(found.precision, expected.precision, "precision of case \(number)")
      expectEqual(found.recall, expected.recall, "recall of case \(number)")
      expectEqual(found.averagePrecision, expected.averagePrecision, "mean AP of case \(number)")
      expectEqual(found.accuracy, expected.accuracy, "accuracy of case \(number)")
      expectEqual(found.macroAccuracy, expected.macroAccuracy, "macro accuracy of case \(number)")
      expectEqual(found.logLoss, expected.logLoss, "log loss of case \(number)")
      expectEqual(
        found.expectedCalibrationError, expected.expectedCalibrationError, "ECE of case \(number)")
      #expect(found.confusion?.rows == expected.confusion)
      for (index, (one, other)) in zip(found.perClass, expected.perClass).enumerated() {
        #expect(one.imageCount == other.imageCount)
        expectEqual(one.precision, other.precision, "precision of class \(index), case \(number)")
        expectEqual(one.recall, other.recall, "recall of class \(index), case \(number)")
        expectEqual(one.f1, other.f1, "F1 of class \(index), case \(number)")
        expectEqual(
          one.averagePrecision, other.averagePrecision, "AP of class \(index), case \(number)")
      }
    }
  }

  @Test func orderOfRowsDoesNotMatter() throws {
    for reference in try Reference.load() {
      let count = reference.classes.count
      let order = (0..<count).map { ($0 * 7 + 3) % count }
      guard Set(order).count == count else { continue }
      let probabilities = matrix(reference)
      let plain = Performance(of: probabilities, against: targets(reference))
      let turned = Performance(
        of: probabilities.selectingRows(order), against: targets(reference).selecting(order))
      #expect(plain.confusion == turned.confusion)
      #expect(plain.perClass == turned.perClass)
      expectEqual(plain.logLoss, turned.logLoss, "log loss")
      expectEqual(plain.expectedCalibrationError, turned.expectedCalibrationError, "ECE")
    }
  }

  @Test func renamingClassesRenamesFiguresOnly() throws {
    for reference in try Reference.load() where reference.kind == "multiclass" {
      let last = reference.classCount - 1
      let probabilities = matrix(reference)
      var mirrored = probabilities
      for row in 0..<probabilities.rowCount {
        for column in 0...last { mirrored[row, column] = probabilities[row, last - column] }
      }
      let plain = Performance(of: probabilities, against: targets(reference))
      let renamed = Performance(
        of: mirrored, against: .multiclass(reference.classes.map { last - $0[0] }))
      #expect(plain.perClass == renamed.perClass.reversed())
      expectEqual(plain.logLoss, renamed.logLoss, "log loss")
      expectEqual(plain.precision, renamed.precision, "precision")
    }
  }

  @Test func unknownRowsAreCountedAndLeftOut() {
    let probabilities = Matrix(
      rowCount: 4, columnCount: 2, elements: [0.9, 0.1, 0.2, 0.8, 0.6, 0.4, 0.7, 0.3])
    let all = Targets.multiclass([0, 1, 0, 1])
    let found = Performance(
      of: Predictions(
        probabilities, isKnownRow: [true, true, true, false], isKnownClass: [true, true]),
      against: all)
    let without = Performance(
      of: probabilities.selectingRows([0, 1, 2]), against: all.selecting([0, 1, 2]))
    #expect(found.imageCount == 4)
    #expect(found.judgedCount == 3)
    #expect(found.confusion == without.confusion)
    #expect(found.accuracy == without.accuracy)
    #expect(found.perClass.map(\.imageCount) == [2, 2])
    #expect(found.perClass.map(\.recall) == without.perClass.map(\.recall))
  }

  @Test func classThatCannotBeJudgedHasNoFigures() {
    let found = Performance(
      of: Predictions(
        Matrix(rowCount: 2, columnCount: 2, elements: [0.9, 0.1, 0.3, 0.7]),
        isKnownRow: [true, false], isKnownClass: [true, false]),
      against: .multiclass([0, 1]))
    #expect(
      found.perClass[1]
        == ClassPerformance(
          imageCount: 1, counts: nil, precision: nil, precisionInterval: nil, recall: nil,
          recallInterval: nil, averagePrecision: nil, f1: nil))
    #expect(found.precision == 1)
  }

  @Test func nothingToJudgeGivesNoFigureAndNoTrap() {
    for targets in [Targets.multiclass([]), .multilabel([])] {
      let found = Performance(of: Matrix(rowCount: 0, columnCount: 3), against: targets)
      #expect(found.precision == nil)
      #expect(found.recall == nil)
      #expect(found.averagePrecision == nil)
      #expect(found.accuracy == nil)
      #expect(found.macroAccuracy == nil)
      #expect(found.logLoss == nil)
      #expect(found.expectedCalibrationError == nil)
      #expect(found.perClass.count == 3)
    }
  }

  @Test func impossibleAnswerCostsAFiniteLogLoss() throws {
    let found = Performance(
      of: Matrix(rowCount: 1, columnCount: 2, elements: [1, 0]), against: .multiclass([1]))
    let logLoss = try #require(found.logLoss)
    #expect(abs(logLoss - 23 * log(2.0)) < 1e-9)
  }
}
