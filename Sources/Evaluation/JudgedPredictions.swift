import Glibc
import Matrices

/// The known rows of predictions beside what people said, as every figure needs them.
struct JudgedPredictions {
  let predictions: Predictions
  let targets: Targets
  /// The rows that have a prediction, ascending.
  let rows: [Int]
  /// Whether each row bears each class, as the probabilities are laid out; unknown rows included.
  let isGiven: [Bool]

  init(_ predictions: Predictions, _ targets: Targets) {
    precondition(
      targets.count == predictions.probabilities.rowCount,
      "\(targets.count) targets for \(predictions.probabilities.rowCount) predictions")
    self.predictions = predictions
    self.targets = targets
    rows = predictions.knownRows
    let classCount = predictions.probabilities.columnCount
    var isGiven = [Bool](repeating: false, count: targets.count * classCount)
    for row in 0..<targets.count {
      for classIndex in targets.classes(ofRow: row) {
        precondition(
          (0..<classCount).contains(classIndex),
          "row \(row) has class \(classIndex) of \(classCount)")
        isGiven[row * classCount + classIndex] = true
      }
    }
    self.isGiven = isGiven
  }

  var classCount: Int { predictions.probabilities.columnCount }
  var classIndices: Range<Int> { 0..<classCount }
  var knownClasses: [Int] { classIndices.filter { predictions.isKnownClass[$0] } }

  func isGiven(_ row: Int, _ classIndex: Int) -> Bool { isGiven[row * classCount + classIndex] }

  func probability(_ row: Int, _ classIndex: Int) -> Double {
    Double(predictions.probabilities[row, classIndex])
  }

  /// The most probable class of a row, the first among equals; `nil` when there is no class.
  func topClass(ofRow row: Int) -> Int? { topClass(ofRow: row, among: classIndices) }

  private func topClass(ofRow row: Int, among classes: some Sequence<Int>) -> Int? {
    var best: Int?
    var bestProbability = -Double.infinity
    for classIndex in classes where probability(row, classIndex) > bestProbability {
      best = classIndex
      bestProbability = probability(row, classIndex)
    }
    return best
  }
}

// MARK: - Figures of one class

extension JudgedPredictions {
  func performance(
    ofClass classIndex: Int, threshold: Double, evidence: Evidence
  ) -> ClassPerformance {
    let imageCount = (0..<targets.count).count { isGiven($0, classIndex) }
    guard predictions.isKnownClass[classIndex] else {
      return ClassPerformance(
        imageCount: imageCount, counts: nil, precision: nil, precisionInterval: nil, recall: nil,
        recallInterval: nil, averagePrecision: nil, f1: nil)
    }
    let counts = counts(ofClass: classIndex, threshold: threshold)
    return ClassPerformance(
      imageCount: imageCount, counts: counts, precision: counts.precision,
      precisionInterval: RateInterval(
        successes: counts.truePositives, trials: counts.truePositives + counts.falsePositives,
        evidence: evidence),
      recall: counts.recall,
      recallInterval: RateInterval(
        successes: counts.truePositives, trials: counts.truePositives + counts.falseNegatives,
        evidence: evidence),
      averagePrecision: curve(ofClass: classIndex).averagePrecision, f1: counts.f1)
  }

  func counts(ofClass classIndex: Int, threshold: Double) -> BinaryCounts {
    var counts = BinaryCounts()
    for row in rows {
      switch (isGiven(row, classIndex), probability(row, classIndex) >= threshold) {
      case (true, true): counts.truePositives += 1
      case (true, false): counts.falseNegatives += 1
      case (false, true): counts.falsePositives += 1
      case (false, false): counts.trueNegatives += 1
      }
    }
    return counts
  }

  func curve(ofClass classIndex: Int) -> PrecisionRecallCurve {
    PrecisionRecallCurve(
      probabilities: rows.map { probability($0, classIndex) },
      isGiven: rows.map { isGiven($0, classIndex) })
  }
}

// MARK: - Figures of all classes

extension JudgedPredictions {
  /// Counts by given class and most probable class; for multiclass targets.
  var confusion: ConfusionMatrix {
    var confusion = ConfusionMatrix(classCount: classCount)
    for row in rows {
      guard let predicted = topClass(ofRow: row) else { continue }
      for given in targets.classes(ofRow: row) { confusion.add(given: given, predicted: predicted) }
    }
    return confusion
  }

  /// How many rows' predicted classes are the given ones, for multilabel targets; `nil` when no
  /// class can be judged.
  func exactMatchCount(threshold: Double) -> Int? {
    let classes = knownClasses
    guard !classes.isEmpty else { return nil }
    return rows.count { row in
      classes.allSatisfy { isGiven(row, $0) == (probability(row, $0) >= threshold) }
    }
  }

  /// The mean of −ln of the probability of what was given.
  var logLoss: Double? {
    let smallest = Double(Float.ulpOfOne)
    switch targets {
    case .multiclass(let classes):
      return mean(rows.map { -log(max(probability($0, classes[$0]), smallest)) })
    case .multilabel:
      return mean(
        rows.flatMap { row in
          knownClasses.map { classIndex in
            let probability = probability(row, classIndex)
            return -log(
              max(isGiven(row, classIndex) ? probability : 1 - probability, smallest))
          }
        })
    }
  }

  /// What the most probable class of each row promised, and what came true; of multilabel predictions,
  /// the most probable of the classes that can be judged.
  var calibrationCurve: CalibrationCurve {
    var curve = CalibrationCurve()
    let classes: [Int] =
      switch targets {
      case .multiclass: Array(classIndices)
      case .multilabel: knownClasses
      }
    for row in rows {
      guard let top = topClass(ofRow: row, among: classes) else { continue }
      curve.add(probability: probability(row, top), isGiven: isGiven(row, top))
    }
    return curve
  }
}
