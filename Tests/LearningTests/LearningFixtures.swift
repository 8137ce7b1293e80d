import Evaluation
import Foundation
import Matrices

@testable import Learning

/// Heads and calibrations of NumPy and scikit-learn; `Fixtures/make_heads.py` made them.
struct HeadReference: Decodable {
  struct Head: Decodable {
    let kind: String
    let dimension: Int
    let classCount: Int
    let classes: [[Int]]
    let embeddings: [Float]
    let testRows: [Float]
    let probabilities: [Float]

    var targets: Targets {
      kind == "multiclass" ? .multiclass(classes.map { $0[0] }) : .multilabel(classes)
    }

    var examples: TrainingExamples {
      TrainingExamples(
        embeddings: Matrix(
          rowCount: classes.count, columnCount: dimension, elements: embeddings),
        targets: targets, classCount: classCount, groups: Array(classes.indices))
    }

    var testMatrix: Matrix {
      Matrix(
        rowCount: testRows.count / dimension, columnCount: dimension, elements: testRows)
    }
  }

  struct CalibrationFit: Decodable {
    let classCount: Int
    let classes: [[Int]]
    let scores: [Float]
    let scales: [Float]
    let offsets: [Float]

    var scoreMatrix: Matrix {
      Matrix(rowCount: classes.count, columnCount: classCount, elements: scores)
    }
  }

  let heads: [Head]
  let temperature: CalibrationFit
  let sigmoid: CalibrationFit

  static func load() throws -> HeadReference {
    try JSONDecoder().decode(HeadReference.self, from: fixture("heads.json"))
  }
}

/// How evenly scikit-learn spreads classes over folds; `Fixtures/make_folds.py` made them.
struct FoldReference: Decodable {
  struct Case: Decodable {
    let classes: [Int]
    let groups: [Int]
    let foldCount: Int
    let classCount: Int
    let unevenness: Double
  }

  let cases: [Case]

  static func load() throws -> [Case] {
    try JSONDecoder().decode(FoldReference.self, from: fixture("folds.json")).cases
  }
}

private func fixture(_ name: String) throws -> Data {
  try Data(
    contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/\(name)"))
}

/// Random rows around one mean a class, that depend on the seed alone.
func clusters(
  count: Int, dimension: Int, classCount: Int, separation: Float = 1, seed: UInt64
) -> TrainingExamples {
  var generator = SplitMix64(seed: seed)
  func noise() -> Float { Float(generator.next() >> 40) / Float(1 << 23) - 1 }
  let means = (0..<classCount).map { _ in (0..<dimension).map { _ in separation * noise() } }
  let classes = (0..<count).map { $0 % classCount }
  return TrainingExamples(
    embeddings: Matrix(
      rowCount: count, columnCount: dimension,
      elements: classes.flatMap { classIndex in means[classIndex].map { $0 + noise() } }),
    targets: .multiclass(classes), classCount: classCount, groups: Array(0..<count))
}

func largestDistance(_ left: [Float], _ right: [Float]) -> Float {
  zip(left, right).map { abs($0 - $1) }.max() ?? 0
}

/// Trains the final head and no other, and leaves its scores as they are.
func uncalibratedHead(_ examples: TrainingExamples) throws -> LinearHead {
  let alone = TrainingExamples(
    embeddings: examples.embeddings, targets: examples.targets, classCount: examples.classCount,
    groups: [Int](repeating: 0, count: examples.groups.count))
  let settings = TrainingSettings()
  var training = HeadTraining(
    alone, FoldPlan(for: alone, foldCount: settings.foldCount, seed: settings.seed), settings)
  let fitted = try training.fitHeads { _ in }
  return LinearHead(
    weights: fitted.weights, bias: fitted.bias, activation: examples.targets.activation,
    calibration: .identity(classCount: examples.classCount))
}
