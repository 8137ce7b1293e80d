public import Matrices

extension Performance {
  /// Measures predictions against what people said, in O(n·K·log n).
  ///
  /// - Parameters:
  ///   - predictions: One row for each image.
  ///   - targets: As many rows; classes in `0..<K`.
  ///   - threshold: The probability from which a class counts as predicted, in 0...1.
  public init(of predictions: Predictions, against targets: Targets, threshold: Double = 0.5) {
    let judged = JudgedPredictions(predictions, targets)
    let classes = judged.classIndices.map { judged.performance(ofClass: $0, threshold: threshold) }
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
      macroAccuracy = confusion.macroAccuracy
      self.confusion = confusion
    case .multilabel:
      accuracy = judged.exactMatchRate(threshold: threshold)
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

  /// Measures probabilities that are all known; see `init(of:against:threshold:)`.
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
  /// The share of images on the diagonal; `nil` without images.
  public var accuracy: Double? {
    ratio((0..<classCount).reduce(0) { $0 + self[given: $1, predicted: $1] }, counts.reduce(0, +))
  }

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
