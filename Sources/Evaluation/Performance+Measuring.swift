public import Matrices

extension Performance {
  /// Measures predictions against what people said, in O(n·K·log n).
  ///
  /// - Parameters:
  ///   - predictions: One row for each image.
  ///   - targets: As many rows; classes in `0..<K`.
  ///   - threshold: The probability from which a class counts as predicted, in 0...1.
  ///   - evidence: What the predictions are; intervals depend on it.
  public init(
    of predictions: Predictions, against targets: Targets, threshold: Double = 0.5,
    evidence: Evidence = .independent
  ) {
    let judged = JudgedPredictions(predictions, targets)
    let classes = judged.classIndices.map {
      judged.performance(ofClass: $0, threshold: threshold, evidence: evidence)
    }
    let sum = classes.compactMap(\.counts).reduce(into: BinaryCounts()) { $0.add($1) }

    imageCount = targets.count
    judgedCount = judged.rows.count
    self.threshold = threshold
    precision = sum.precision
    recall = sum.recall
    averagePrecision = mean(classes.compactMap(\.averagePrecision))
    perClass = classes
    logLoss = judged.logLoss
    expectedCalibrationError = judged.calibrationCurve.expectedError
    switch targets {
    case .multiclass:
      let confusion = judged.confusion
      accuracy = confusion.accuracy
      accuracyInterval = RateInterval(
        successes: confusion.rightCount, trials: confusion.count, evidence: evidence)
      macroAccuracy = confusion.macroAccuracy
      self.confusion = confusion
    case .multilabel:
      let matches = judged.exactMatchCount(threshold: threshold)
      accuracy = matches.flatMap { ratio($0, judged.rows.count) }
      accuracyInterval = matches.flatMap {
        RateInterval(successes: $0, trials: judged.rows.count, evidence: evidence)
      }
      macroAccuracy = mean(
        classes.compactMap { performance in
          guard let recall = performance.counts?.recall,
            let specificity = performance.counts?.specificity
          else { return nil }
          return (recall + specificity) / 2
        })
      confusion = nil
    }
  }

  /// Measures probabilities that are all known; see the other initialiser.
  public init(of probabilities: Matrix, against targets: Targets, threshold: Double = 0.5) {
    self.init(of: Predictions(probabilities), against: targets, threshold: threshold)
  }
}

extension BinaryCounts {
  mutating func add(_ other: BinaryCounts) {
    truePositives += other.truePositives
    falsePositives += other.falsePositives
    falseNegatives += other.falseNegatives
    trueNegatives += other.trueNegatives
  }
}

extension ConfusionMatrix {
  /// How many images there are.
  var count: Int { counts.reduce(0, +) }
  /// How many of them lie on the diagonal.
  var rightCount: Int { (0..<classCount).reduce(0) { $0 + self[given: $1, predicted: $1] } }

  /// The share of images on the diagonal; `nil` without images.
  public var accuracy: Double? { ratio(rightCount, count) }

  /// The mean of the shares on the diagonal, over the classes that have images.
  public var macroAccuracy: Double? {
    mean(
      rows.enumerated().compactMap { given, counts in ratio(counts[given], counts.reduce(0, +)) })
  }
}

/// The mean; `nil` of nothing.
func mean(_ values: [Double]) -> Double? {
  values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
}
