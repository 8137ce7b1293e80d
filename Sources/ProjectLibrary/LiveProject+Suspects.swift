import Dataset
import Judging
import Matrices

extension LiveProject {
  /// Every tagged picture, the most suspicious tag first; those of which nothing can be said, then
  /// those that a person has confirmed, come last. A picture that looks broken, or is unlike all
  /// others, stands among the suspicious ones, too.
  ///
  /// - Parameter faults: What looks wrong with each of the pictures.
  func suspects(
    _ reading: LiveReading, confirmed: [ImageID: Set<TagID>], faults: [[PictureFault]]
  ) -> [ReviewItem] {
    let rows = borne.indices.filter(isTaught)
    let judge = SuspectJudge(self, reading, rows, confirmed)
    let outlierScores = heads.judging.outlierScores()
    let judged = rows.enumerated().map { position, row in
      let verdict = judge.verdict(position, row)
      return (row: row, verdict: verdict.adding(faults[row], outlierScores[row]))
    }
    return judged.sorted { left, right in
      if left.verdict.rank != right.verdict.rank { return left.verdict.rank < right.verdict.rank }
      let scores = (left.verdict.score ?? 0, right.verdict.score ?? 0)
      return scores.0 == scores.1 ? left.row < right.row : scores.0 > scores.1
    }.map {
      ReviewItem(image: image($0.row), score: $0.verdict.score, reasons: $0.verdict.reasons)
    }
  }

  /// The same item with the nearest tagged pictures that were given the same and not the same.
  func withEvidence(_ item: ReviewItem) -> ReviewItem {
    guard let row = rowOfImage[item.image.id] else { return item }
    let similarities = heads.judging.similarities(toRow: row)
    var (agreeing, disagreeing): (Int?, Int?)
    for other in borne.indices where other != row && !borne[other].isEmpty {
      if agree(row, other) {
        if agreeing.map({ similarities[$0] < similarities[other] }) ?? true { agreeing = other }
      } else if disagreeing.map({ similarities[$0] < similarities[other] }) ?? true {
        disagreeing = other
      }
    }
    let neighbour = { (other: Int) in
      Neighbour(image: image(other), similarity: similarities[other])
    }
    return ReviewItem(
      image: item.image, score: item.score, reasons: item.reasons,
      agreeing: agreeing.map(neighbour), disagreeing: disagreeing.map(neighbour))
  }
}

/// Says of tagged pictures how suspicious their tags are, and why.
private struct SuspectJudge {
  struct Verdict {
    /// 0 for what can be judged, 1 for what cannot, 2 for what a person has confirmed.
    let rank: Int
    let score: Double?
    let reasons: [ReviewReason]

    /// The same with what looks wrong with the picture itself, unless a person has confirmed it.
    ///
    /// - Parameter outlierScore: How unlike all others it is; above 1/2 it is worth a word. Half of it
    ///   counts: a picture that only looks odd comes after those that are probably of another tag.
    func adding(_ faults: [PictureFault], _ outlierScore: Double?) -> Verdict {
      let isOutlier = (outlierScore ?? 0) > 0.5
      let oddities = faults.map(ReviewReason.looks) + (isOutlier ? [.unlikeAll] : [])
      let scores = faults.map(\.score) + (isOutlier ? [(outlierScore ?? 0) / 2] : [])
      guard rank < 2, let worst = scores.max() else { return self }
      let others = reasons.filter { if case .fits = $0 { false } else { true } }
      return Verdict(rank: 0, score: max(score ?? 0, worst), reasons: others + oddities)
    }
  }

  private let live: LiveProject
  private let reading: LiveReading
  private let confirmed: [ImageID: Set<TagID>]
  private let isKnown: [Bool]
  /// For each tagged picture the class that it surely is of instead; multiclass.
  private let sureClasses: [Int?]
  /// For each tagged picture and class whether its label is surely wrong; multilabel.
  private let sureDoubts: [[Bool]]
  /// The tagged pictures of each group.
  private let members: [Int: [Int]]

  init(
    _ live: LiveProject, _ reading: LiveReading, _ rows: [Int],
    _ confirmed: [ImageID: Set<TagID>]
  ) {
    self.live = live
    self.reading = reading
    self.confirmed = confirmed
    isKnown = live.classes.indices.map(reading.isJudgeable)
    members = Dictionary(grouping: rows) { live.groups[$0] }
    let probabilities = reading.probabilities.selectingRows(rows)
    let given = rows.map { live.heads.judging.classes(ofRow: $0) ?? [] }
    if live.project.type == .multiclass {
      sureClasses =
        ConfidentLearning(classes: given.map { $0[0] }, probabilities: probabilities)
        .probableClasses
      sureDoubts = []
    } else {
      sureClasses = []
      sureDoubts = ConfidentLearning.doubtfulLabels(
        classes: given, probabilities: probabilities)
    }
  }

  func verdict(_ position: Int, _ row: Int) -> Verdict {
    let probabilities = Array(reading.probabilities.row(row))
    let settled = confirmed[live.images[row].id] ?? []
    return live.project.type == .multiclass
      ? oneTag(position, row, probabilities, settled)
      : severalTags(position, row, probabilities, settled)
  }

  private func oneTag(
    _ position: Int, _ row: Int, _ probabilities: [Float], _ settled: Set<TagID>
  ) -> Verdict {
    let given = live.heads.judging.classes(ofRow: row)?[0] ?? 0
    if settled.contains(live.classes[given].id) {
      return Verdict(rank: 2, score: 0, reasons: [.confirmed])
    }
    guard let quality = reading.labelQuality[row] else {
      return unjudged([given])
    }
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? given
    let others = nearDuplicates(of: row)
    // The most of them can bear one other class only.
    var reasons = live.classes.indices.filter { $0 != given }
      .compactMap { contradiction(by: others, of: $0, isGiven: false) }
    if probabilities[best] > probabilities[given] {
      reasons.append(
        .another(
          live.classes[best], probability: probabilities[best], insteadOf: live.classes[given],
          givenProbability: probabilities[given], isSure: sureClasses[position] != nil))
    } else if reasons.isEmpty {
      reasons = [.fits(probability: probabilities[given])]
    }
    return Verdict(rank: 0, score: 1 - quality, reasons: reasons)
  }

  private func unjudged(_ given: [Int]) -> Verdict {
    let reason = given.first.map { index -> ReviewReason in
      reading.evidence[index].bearingCount > 1
        ? .unopposed(live.classes[index]) : .alone(live.classes[index])
    }
    return Verdict(rank: 1, score: nil, reasons: reason.map { [$0] } ?? [])
  }

  private func severalTags(
    _ position: Int, _ row: Int, _ probabilities: [Float], _ settled: Set<TagID>
  ) -> Verdict {
    let given = live.heads.judging.classes(ofRow: row) ?? []
    let open = live.classes.indices.filter { !settled.contains(live.classes[$0].id) }
    if open.isEmpty { return Verdict(rank: 2, score: 0, reasons: [.confirmed]) }
    let judged = open.filter { isKnown[$0] }
    if judged.isEmpty {
      return unjudged(given)
    }
    let qualities = judged.map { index in
      (index: index, quality: reading.labelQualities(ofRow: row, given: given)[index])
    }.sorted { $0.quality < $1.quality }
    let others = nearDuplicates(of: row)
    let doubts = qualities.filter { $0.quality < 0.5 }.flatMap { doubt -> [ReviewReason] in
      let (tag, probability) = (live.classes[doubt.index], probabilities[doubt.index])
      let (isGiven, isSure) = (given.contains(doubt.index), sureDoubts[position][doubt.index])
      return [
        contradiction(by: others, of: doubt.index, isGiven: isGiven),
        isGiven
          ? .unwarranted(tag, probability: probability, isSure: isSure)
          : .missing(tag, probability: probability, isSure: isSure),
      ].compactMap { $0 }
    }
    let lowest = judged.map { index in
      given.contains(index) ? probabilities[index] : 1 - probabilities[index]
    }.min()
    return Verdict(
      rank: 0, score: 1 - qualities[0].quality,
      reasons: doubts.isEmpty ? [.fits(probability: lowest ?? 1)] : doubts)
  }

  /// The other tagged pictures of its group.
  private func nearDuplicates(of row: Int) -> [Int] {
    (members[live.groups[row]] ?? []).filter { $0 != row }
  }

  /// What most of a picture's near-duplicates say of a class, unless that is what the picture says.
  private func contradiction(by others: [Int], of classIndex: Int, isGiven: Bool) -> ReviewReason? {
    let count = others.count {
      live.heads.judging.classes(ofRow: $0)?.contains(classIndex) ?? false
    }
    return (isGiven ? 2 * count < others.count : 2 * count > others.count)
      ? .nearDuplicatesBear(live.classes[classIndex], count: count, of: others.count) : nil
  }
}
