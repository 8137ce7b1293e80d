/// How well predictions agree with what people said.
///
/// Rates are in 0...1; a figure that cannot be had is `nil`, never 0, 1 or not-a-number. Rows
/// without a prediction are counted in `imageCount` and left out of everything else.
public struct Performance: Equatable, Sendable {
  /// How many images there are, those without a prediction included.
  public let imageCount: Int
  /// How many of the images have a prediction.
  public let judgedCount: Int
  /// A class counts as predicted for an image when its probability reaches this.
  public let threshold: Double
  /// The share of predicted classes that were right, over all classes; `nil` when none was
  /// predicted.
  public let precision: Double?
  /// The share of given classes that were predicted, over all classes; `nil` when none was given.
  public let recall: Double?
  /// The mean of the classes' average precisions, over the classes that have one.
  public let averagePrecision: Double?
  /// Multiclass: the share of images whose most probable class is the given one. Multilabel: the
  /// share of images whose predicted classes are exactly the given ones (classes that cannot be
  /// judged aside).
  public let accuracy: Double?
  public let accuracyInterval: RateInterval?
  /// Multiclass: the mean, over the classes that occur, of the share of their images whose most
  /// probable class is theirs. Multilabel: the mean over the classes of (recall + specificity) / 2,
  /// which is the same figure for a question of yes or no.
  public let macroAccuracy: Double?
  /// Multiclass: the mean of −ln p of the given class. Multilabel: the mean over images and classes
  /// of −ln p of what was given. Probabilities are taken as no nearer to 0 or 1 than 2⁻²³.
  public let logLoss: Double?
  /// The mean distance between the probability of an image's most probable class and the share of
  /// images that bear the class, over 15 equal bins of that probability, weighted by their images.
  public let expectedCalibrationError: Double?
  /// One entry for each column of the predictions.
  public let perClass: [ClassPerformance]
  /// Counts by given class and most probable class; `nil` for multilabel.
  public let confusion: ConfusionMatrix?
}

/// How well one class was recognised; `nil` is unknown.
public struct ClassPerformance: Equatable, Sendable {
  /// How many images bear the class, those without a prediction included.
  public let imageCount: Int
  /// What happened at the threshold; `nil` when the class cannot be judged.
  public let counts: BinaryCounts?
  /// True positives / predicted.
  public let precision: Double?
  public let precisionInterval: RateInterval?
  /// True positives / given.
  public let recall: Double?
  public let recallInterval: RateInterval?
  /// Σ (Rₙ − Rₙ₋₁) · Pₙ over falling probability, without interpolation.
  public let averagePrecision: Double?
  /// 2 · true positives / (given + predicted).
  public let f1: Double?
}

/// Counts of a question of yes or no.
public struct BinaryCounts: Equatable, Sendable {
  public var truePositives = 0
  public var falsePositives = 0
  public var falseNegatives = 0
  public var trueNegatives = 0

  public init(
    truePositives: Int = 0, falsePositives: Int = 0, falseNegatives: Int = 0,
    trueNegatives: Int = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.falseNegatives = falseNegatives
    self.trueNegatives = trueNegatives
  }

  /// True positives / predicted; `nil` when nothing was predicted.
  public var precision: Double? { ratio(truePositives, truePositives + falsePositives) }
  /// True positives / given; `nil` when nothing was given.
  public var recall: Double? { ratio(truePositives, truePositives + falseNegatives) }
  /// True negatives / not given; `nil` when everything was given.
  public var specificity: Double? { ratio(trueNegatives, trueNegatives + falsePositives) }
  /// 2 · true positives / (given + predicted); `nil` when nothing was given or predicted.
  public var f1: Double? {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }
}

/// `part / whole`; `nil` when there is no whole.
func ratio(_ part: Int, _ whole: Int) -> Double? {
  whole == 0 ? nil : Double(part) / Double(whole)
}
