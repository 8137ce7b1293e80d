public import Evaluation
public import Matrices

/// How the quality of a label is told from out-of-fold probabilities.
public enum LabelQualityMethod: CaseIterable, Sendable {
  /// The probability of what was given.
  case selfConfidence
  /// (The probability of what was given − the highest of the others + 1) / 2.
  case normalizedMargin
}

/// Tells how much out-of-fold probabilities speak for what was given to each row: 0…1, low means
/// look again. The numbers are those of the Python package cleanlab.
///
/// Northcutt, Jiang & Chuang, "Confident learning: estimating uncertainty in dataset labels", 2021.
///
/// - Parameters:
///   - probabilities: A row a picture, a column a class, 0…1; of heads that never saw the row. Rows
///     of other heads only say that a picture was learned by heart.
///   - targets: What was given. In multilabel a class that was not given counts with what its
///     probability lacks to 1, and the lowest of a row's classes is the row's quality.
/// - Returns: One number for each row; 1 for a multilabel row without classes to judge.
public func labelQuality(
  of targets: Targets, probabilities: Matrix, method: LabelQualityMethod = .selfConfidence
) -> [Double] {
  precondition(
    targets.count == probabilities.rowCount,
    "\(targets.count) targets, \(probabilities.rowCount) predictions")
  switch targets {
  case .multiclass(let classes):
    return classes.enumerated().map { row, given in
      let own = Double(probabilities[row, given])
      switch method {
      case .selfConfidence: return own
      case .normalizedMargin:
        var highest = 0.0
        for (classIndex, other) in probabilities.row(row).enumerated() where classIndex != given {
          highest = max(highest, Double(other))
        }
        return (own - highest + 1) / 2
      }
    }
  case .multilabel:
    return (0..<targets.count).map { row in
      labelQualities(ofRow: row, of: targets, probabilities: probabilities).min() ?? 1
    }
  }
}

/// The probability of what was said of each class of a row: that it is there, or that it is not.
///
/// Of one class and its absence, self-confidence and normalised margin are the same.
public func labelQualities(
  ofRow row: Int, of targets: Targets, probabilities: Matrix
) -> [Double] {
  labelQualities(given: targets.classes(ofRow: row), probabilities: probabilities.row(row))
}

/// As above, of the classes that one row was given.
func labelQualities(given: [Int], probabilities: some Sequence<Float>) -> [Double] {
  probabilities.enumerated().map { classIndex, probability in
    given.contains(classIndex) ? Double(probability) : 1 - Double(probability)
  }
}
