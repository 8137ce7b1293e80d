import Evaluation
import Matrices
import Testing

@testable import Learning

@Suite struct CalibrationTests {
  /// Log loss and calibration error.
  private struct Figures {
    let logLoss: Double
    let calibrationError: Double

    init(_ probabilities: Matrix, _ targets: Targets) throws {
      let performance = Performance(of: probabilities, against: targets)
      logLoss = try #require(performance.logLoss)
      calibrationError = try #require(performance.expectedCalibrationError)
    }
  }

  /// What calibration did to the figures that are reported, and to those of rows never seen.
  private struct Effect {
    let reported: (before: Figures, after: Figures)
    let fresh: (before: Figures, after: Figures)

    init(_ examples: TrainingExamples, learning rowCount: Int) throws {
      func part(_ rows: Range<Int>) -> TrainingExamples {
        TrainingExamples(
          embeddings: examples.embeddings.selectingRows(rows),
          targets: examples.targets.selecting(Array(rows)), classCount: examples.classCount,
          groups: Array(rows))
      }
      let learned = part(0..<rowCount)
      let others = part(rowCount..<examples.targets.count)
      let settings = TrainingSettings(foldCount: TrainingSettings.foldCount(forRows: rowCount))
      let activation = examples.targets.activation
      let identity = Calibration.identity(classCount: examples.classCount)
      let plan = FoldPlan(for: learned, foldCount: settings.foldCount, seed: settings.seed)
      var training = HeadTraining(learned, plan, settings)
      let fitted = try training.fitHeads { _ in }
      let result = try train(learned, settings: settings) { _ in }
      reported = (
        try Figures(
          identity.probabilities(ofScores: fitted.outOfFoldScores, activation: activation),
          learned.targets),
        try Figures(result.outOfFold.probabilities, learned.targets)
      )
      let uncalibrated = LinearHead(
        weights: fitted.weights, bias: fitted.bias, activation: activation, calibration: identity)
      fresh = (
        try Figures(uncalibrated.probabilities(for: others.embeddings), others.targets),
        try Figures(result.head.probabilities(for: others.embeddings), others.targets)
      )
    }
  }

  /// A problem of three classes, harder or easier, larger or smaller, by its number.
  private static func problem(_ number: Int) -> (examples: TrainingExamples, learned: Int) {
    let learned = [30, 60, 150][number % 3]
    let examples = clusters(
      count: learned + 600, dimension: [6, 20, 60][number / 3 % 3], classCount: 3,
      separation: [0.1, 0.3, 0.6, 1.2][number / 9 % 4], seed: UInt64(number))
    guard number % 2 == 1, case .multiclass(let classes) = examples.targets else {
      return (examples, learned)
    }
    let tags = classes.enumerated().map { row, classIndex in
      (0..<3).filter { classIndex == $0 || (row + number) % (7 + $0) == 0 }
    }
    return (
      TrainingExamples(
        embeddings: examples.embeddings, targets: .multilabel(tags), classCount: 3,
        groups: examples.groups), learned
    )
  }

  /// With so few rows a fitted calibration is often worse than none; then none is used.
  @Test(arguments: 0..<108)
  func reportedFiguresAreNeverWorseThanUncalibratedOnes(number: Int) throws {
    let (examples, learned) = Self.problem(number)
    let reported = try Effect(examples, learning: learned).reported
    #expect(reported.after.logLoss <= reported.before.logLoss)
    #expect(reported.after.calibrationError <= reported.before.calibrationError)
  }

  /// Of rows never seen no single training can promise it; over many it must hold.
  @Test func newPicturesGainOnAverage() throws {
    var (logLosses, errors): ([Double], [Double]) = ([], [])
    for number in 0..<108 {
      let (examples, learned) = Self.problem(number)
      let fresh = try Effect(examples, learning: learned).fresh
      logLosses.append(fresh.after.logLoss - fresh.before.logLoss)
      errors.append(fresh.after.calibrationError - fresh.before.calibrationError)
    }
    #expect(logLosses.reduce(0, +) < 0)
    #expect(errors.reduce(0, +) < 0)
    #expect(logLosses.count { $0 > 0 } <= 5)
    #expect(errors.count { $0 > 0 } <= 10)
  }
}
