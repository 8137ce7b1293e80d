import Matrices

/// The probabilities of every class, sorted, so that the counts at any threshold are found at once.
///
/// Made in O(n·K·log n); a threshold then takes O(log n) a class, while measuring anew takes O(n·K).
public struct ThresholdCounts: Equatable, Sendable {
  /// Of each class that can be judged, ascending: of the rows that bear it, and of the others.
  private let classes: [(given: [Float], others: [Float])?]

  /// Sorts predictions; unknown rows are left out, and classes that cannot be judged have no counts.
  public init(of predictions: Predictions, against targets: Targets) {
    let judged = JudgedPredictions(predictions, targets)
    classes = judged.classIndices.map { classIndex in
      guard predictions.isKnownClass[classIndex] else { return nil }
      var (given, others): ([Float], [Float]) = ([], [])
      for row in judged.rows {
        let probability = predictions.probabilities[row, classIndex]
        if judged.isGiven(row, classIndex) {
          given.append(probability)
        } else {
          others.append(probability)
        }
      }
      return (given.sorted(), others.sorted())
    }
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.classes.elementsEqual(right.classes) { $0?.given == $1?.given && $0?.others == $1?.others }
  }

  public var classCount: Int { classes.count }

  /// What happened to a class at a threshold; `nil` when the class cannot be judged.
  public func counts(ofClass classIndex: Int, threshold: Double) -> BinaryCounts? {
    guard let (given, others) = classes[classIndex] else { return nil }
    let missed = Self.countBelow(threshold, in: given)
    let right = Self.countBelow(threshold, in: others)
    return BinaryCounts(
      truePositives: given.count - missed, falsePositives: others.count - right,
      falseNegatives: missed, trueNegatives: right)
  }

  /// The counts of all classes together.
  public func total(threshold: Double) -> BinaryCounts {
    classes.indices.compactMap { counts(ofClass: $0, threshold: threshold) }
      .reduce(into: BinaryCounts()) { $0.add($1) }
  }

  /// Precision and recall of a class where another of its images is found, by falling threshold and
  /// rising recall; at most `pointCount` of them, evenly apart, the last among them.
  public func curve(ofClass classIndex: Int, pointCount: Int) -> [PrecisionRecallCurve.Point] {
    guard let (given, others) = classes[classIndex], !given.isEmpty, pointCount > 0 else {
      return []
    }
    let count = min(pointCount, given.count)
    return (1...count).map { step in
      let found = given.count * step / count
      let threshold = Double(given[given.count - found])
      // Equal probabilities are found together.
      let truePositives = given.count - Self.countBelow(threshold, in: given)
      let falsePositives = others.count - Self.countBelow(threshold, in: others)
      return PrecisionRecallCurve.Point(
        threshold: threshold,
        precision: Double(truePositives) / Double(truePositives + falsePositives),
        recall: Double(truePositives) / Double(given.count))
    }
  }

  /// How many of ascending numbers are below a threshold.
  private static func countBelow(_ threshold: Double, in numbers: [Float]) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if Double(numbers[middle]) < threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
