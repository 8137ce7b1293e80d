public import Dataset
import ProjectStore

extension Library {
  /// The pictures whose out-of-fold prediction by the iteration in use disagrees with their tags, the
  /// most certain first, without those whose tags a person has said to be right.
  ///
  /// - Throws: `.notTrained`.
  public func misclassified(in project: Project, limit: Int) throws -> [ReviewItem] {
    guard try currentIterationID(of: project.id) != nil else {
      throw LibraryError.notTrained(project: project.name)
    }
    let rows = try rows(
      0..<limit, of: project.id, ImageSelection(terms: [.wrong], order: .certainty))
    let tags = try store.read { try $0.tags(of: project.id) }
    let byID = Dictionary(uniqueKeysWithValues: tags.map { ($0.id, $0) })
    return rows.images.map { image in
      let judgement = rows.judgements[image.id]
      let reasons =
        project.type == .multiclass
        ? judgement?.reason(against: image, byID) : judgement?.reasons(against: image, byID)
      return ReviewItem(
        image: image, score: judgement.map { $0.certainty(against: image, project.type) },
        reasons: reasons ?? [])
    }
  }
}

extension ReviewItem {
  /// The tag that a single key would give: the one that is more probable than the given one, or
  /// that an untagged picture probably should bear.
  public var suggestion: Tag? {
    for reason in reasons {
      switch reason {
      case .another(let tag, _, _, _, _), .missing(let tag, _, _): return tag
      case .nearDuplicatesBear(let tag, _, _) where reason.correction == .add(tag.id): return tag
      case .suggested(let predictions): return predictions.first?.tag
      case .unwarranted, .fits, .alone, .unopposed, .confirmed, .unlikeAll, .looks, .bears,
        .nearDuplicate,
        .nearDuplicatesBear, .repredicted:
        continue
      }
    }
    return nil
  }

  /// What its near-duplicates speak for.
  public var corrections: [LabelOperation] { reasons.compactMap(\.correction) }
}

extension ReviewReason {
  /// What is to be done where most of the near-duplicates are right; `nil` for other reasons.
  fileprivate var correction: LabelOperation? {
    guard case .nearDuplicatesBear(let tag, let count, let total) = self else { return nil }
    return 2 * count > total ? .add(tag.id) : .remove(tag.id)
  }
}

extension Judgement {
  /// The probability of what speaks against an image's tags, 0…1.
  fileprivate func certainty(against image: Image, _ type: ClassificationType) -> Double {
    switch type {
    case .multiclass: Double(top?.probability ?? 0)
    case .multilabel:
      probabilities.map { entry in
        Double(image.tags.contains(entry.tag) ? 1 - entry.probability : entry.probability)
      }.max() ?? 0
    }
  }

  fileprivate func reason(against image: Image, _ tags: [TagID: Tag]) -> [ReviewReason] {
    guard let top, let predicted = tags[top.tag], let given = image.tags.first.flatMap({ tags[$0] })
    else { return [] }
    return [
      .another(
        predicted, probability: top.probability, insteadOf: given,
        givenProbability: probability(of: given.id) ?? 0, isSure: false)
    ]
  }

  fileprivate func reasons(against image: Image, _ tags: [TagID: Tag]) -> [ReviewReason] {
    probabilities.compactMap { entry in
      guard let tag = tags[entry.tag] else { return nil }
      let isGiven = image.tags.contains(entry.tag)
      if isGiven && entry.probability < 0.5 {
        return .unwarranted(tag, probability: entry.probability, isSure: false)
      }
      return !isGiven && entry.probability >= 0.5
        ? .missing(tag, probability: entry.probability, isSure: false) : nil
    }
  }
}
