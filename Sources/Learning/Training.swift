import Evaluation
import Matrices

/// Trains a head, and for every row a prediction by a head that never saw it.
///
/// Rows are whitened by the scatter within classes and separated by a logistic regression with
/// balanced classes (multinomial, or one for each tag), once without each fold and once on all;
/// then probabilities are calibrated across folds. Two classes are fitted as more would be, with a
/// column each, so that C means the same for any number of them. Equal arguments give bit for bit
/// equal results on one computer. Blocks the calling thread, using all cores, for about n·D·min(n,
/// D) multiplications.
///
/// - Parameters:
///   - examples: Every class has a row; multiclass has two classes or more.
///   - progress: Called on the calling thread, many times, with rising fractions.
/// - Throws: `.classEmpty`, `.tooFewClasses` or `.embeddingNotFinite` for examples that cannot be
///   learned from; `CancellationError` soon after the task is cancelled.
public func train(
  _ examples: TrainingExamples, settings: TrainingSettings,
  progress: (TrainingProgress) -> Void
) throws -> TrainingResult {
  try examples.validate()
  progress(TrainingProgress(stage: .preparing, fraction: 0))
  let plan = FoldPlan(for: examples, foldCount: settings.foldCount, seed: settings.seed)
  var training = HeadTraining(examples, plan, settings)
  let fitted = try training.fitHeads(progress: progress)
  progress(TrainingProgress(stage: .calibrating, fraction: 0.98))
  let calibrated = CrossFittedCalibration(
    scores: fitted.outOfFoldScores, targets: examples.targets, plan: plan)
  progress(TrainingProgress(stage: .calibrating, fraction: 1))
  return TrainingResult(
    head: TrainedHead(
      .linear(
        LinearHead(
          weights: fitted.weights, bias: fitted.bias, activation: examples.targets.activation,
          calibration: calibrated.calibration))),
    folds: plan.folds, outOfFold: calibrated.predictions)
}

extension Targets {
  var activation: Activation {
    switch self {
    case .multiclass: .softmax
    case .multilabel: .sigmoid
    }
  }
}

extension TrainingExamples {
  /// Throws what `train` promises for examples that cannot be learned from.
  func validate() throws(LearningError) {
    let fewest =
      switch targets {
      case .multiclass: 2
      case .multilabel: 1
      }
    guard classCount >= fewest else { throw .tooFewClasses(classCount: classCount) }
    var isEmpty = [Bool](repeating: true, count: classCount)
    for row in 0..<targets.count {
      for classIndex in targets.classes(ofRow: row) { isEmpty[classIndex] = false }
    }
    if let classIndex = isEmpty.firstIndex(of: true) { throw .classEmpty(classIndex: classIndex) }
    for row in 0..<embeddings.rowCount {
      let square = embeddings.row(row).reduce(0.0) { $0 + Double($1) * Double($1) }
      // Far below where sums of products of rows overflow 32 bits.
      guard square < 1e30 else { throw .embeddingNotFinite(row: row) }
    }
  }
}
