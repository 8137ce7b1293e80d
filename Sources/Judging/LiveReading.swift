import Evaluation
public import Matrices

/// What a live head says of all pictures at one moment.
public struct LiveReading: Equatable, Sendable {
  /// A row a picture, a column a class, 0…1. Where a picture was learned from, the head never saw it
  /// nor its near-duplicates: it is an out-of-fold prediction.
  public let probabilities: Matrix
  /// How much speaks for what each picture was given, 0…1, low means look again; `nil` where it was
  /// not learned from, or where no other group has its class, so that nothing can be said. What its
  /// near-duplicates were given speaks, too.
  public let labelQuality: [Double?]
  /// The share of judged pictures whose most probable class is the given one (multiclass), or of
  /// judged labels on the given side of one half (multilabel), none seen by the head that judges
  /// it; `nil` where nothing can be judged, and where pictures of one class only can.
  public let accuracy: Double?
  /// What was learned from of each class. Where one is not told, its probabilities mean nothing.
  public let evidence: [ClassEvidence]
  /// The sharp probabilities that label quality is read from.
  let sharpProbabilities: Matrix
  /// What label quality is made of, and how undecided the head is; of pictures that were learned from
  /// without their group.
  let scores: Matrix
  let isMulticlass: Bool

  /// Whether what pictures were given of a class can be judged.
  public func isJudgeable(_ classIndex: Int) -> Bool {
    evidence[classIndex].isJudgeable(isMulticlass: isMulticlass)
  }

  /// How much speaks for what was said of each class of a multilabel picture, 0…1, low means look
  /// again.
  public func labelQualities(ofRow row: Int, given: [Int]) -> [Double] {
    Judging.labelQualities(given: given, probabilities: sharpProbabilities.row(row))
  }

  /// How sharply label quality tells scores apart: the higher, the more it is the margin between the
  /// given class and the best other one. Chosen, with the penalty, on `clothing10` and `flowers5`.
  static let sharpness = 15.0
}

extension RidgeLearner {
  /// Reads off everything that depends on the classes as they are now. Takes time in proportion to
  /// N·K.
  ///
  /// - Parameters:
  ///   - isMulticlass: Whether a picture bears one class, so that its probabilities add up to 1.
  ///   - judge: What label quality and doubts are read from, a learner of the same pictures with the
  ///     same classes; `nil` for this one.
  public func reading(isMulticlass: Bool, judgedBy judge: RidgeLearner? = nil) -> LiveReading {
    let scores = scoresLeavingOutGroups()
    let judgingScores = judge?.scoresLeavingOutGroups() ?? scores
    let evidence = evidence()
    let isKnown = evidence.map { $0.isJudgeable(isMulticlass: isMulticlass) }
    // A head that never saw a picture's only class says nothing of it.
    let judgedRows = targets.indices.filter { row in
      guard let classes = targets[row] else { return false }
      return !isMulticlass || classes.first.map { isKnown[$0] } ?? false
    }
    let given = judgedRows.map { targets[$0] ?? [] }
    let known = Targets(given, isMulticlass: isMulticlass)
    let judged = scores.selectingRows(judgedRows)
    let calibration = ScoreCalibration(scores: judged, targets: known)
    let sharp = ScoreCalibration(
      isMulticlass: isMulticlass, scale: LiveReading.sharpness,
      offset: isMulticlass ? 0 : -LiveReading.sharpness / 2
    ).probabilities(of: (judge ?? self).witnessScores(leavingOutGroups: judgingScores))
    var labelQuality = [Double?](repeating: nil, count: targets.count)
    var (right, count) = (0, 0)
    for (position, row) in judgedRows.enumerated() {
      let qualities = labelQualities(given: given[position], probabilities: sharp.row(row))
      if isMulticlass {
        let classIndex = given[position][0]
        labelQuality[row] = qualities[classIndex]
        count += 1
        if judged[position, classIndex] == judged.row(position).max() { right += 1 }
      } else {
        let some = qualities.indices.filter { isKnown[$0] }
        labelQuality[row] = some.map { qualities[$0] }.min()
        count += some.count
        right += some.count { index in
          (judged[position, index] >= 0.5) == given[position].contains(index)
        }
      }
    }
    let isMeasured = isMulticlass ? isKnown.count { $0 } > 1 : count > 0
    return LiveReading(
      probabilities: calibration.probabilities(of: scores), labelQuality: labelQuality,
      accuracy: isMeasured ? Double(right) / Double(count) : nil, evidence: evidence,
      sharpProbabilities: sharp, scores: judgingScores, isMulticlass: isMulticlass)
  }

  /// The mean of what is said of a picture without its near-duplicates and with them.
  ///
  /// Near-duplicates are left out where a head is judged, since they give away the answer; where a
  /// tag is, they are witnesses. They do not count alone: a burst of pictures that were all given
  /// the same wrong tag has only others to speak against it.
  private func witnessScores(leavingOutGroups scores: Matrix) -> Matrix {
    var mean = scoresLeavingOutRows()
    for index in mean.elements.indices {
      mean.elements[index] = (mean.elements[index] + scores.elements[index]) / 2
    }
    return mean
  }
}
