public import Dataset
public import Evaluation
import ProjectStore

/// What two iterations make of the same pictures, judged by the tags as they are now.
public struct IterationComparison: Sendable {
  /// How many pictures of a tag became right and wrong.
  public struct TagChange: Hashable, Sendable {
    public let tag: Tag
    public let becameRightCount: Int
    public let becameWrongCount: Int
  }

  public let first: Iteration
  public let second: Iteration
  /// Pictures that are tagged now and were judged out of fold by both.
  public let imageCount: Int
  /// Cases are pictures in a multiclass project, pictures with a tag in a multilabel one.
  public let comparison: PairedComparison
  /// In the order of the project's tags; those without a change are left out.
  public let perTag: [TagChange]
  /// The pictures that changed: those that became wrong first, the most certain first.
  public let items: [ReviewItem]
}

extension Library {
  /// The two iterations that are meant: the one in use, and the one before that, where none is named.
  ///
  /// - Parameters:
  ///   - first: Of the project, and not the second.
  ///   - second: Of the project.
  /// - Throws: `.notTrained`; `.nothingToCompare` where there is no other.
  public func iterationsToCompare(
    _ first: IterationID?, _ second: IterationID?, of project: Project
  ) throws -> (before: Iteration, after: Iteration) {
    let all = try iterations(of: project.id).map(\.iteration)
    let after =
      try second.flatMap { id in all.first { $0.id == id } } ?? iteration(nil, of: project)
    let before =
      first.flatMap { id in all.first { $0.id == id } } ?? all.first { $0.number < after.number }
    guard let before, before.id != after.id else {
      throw LibraryError.nothingToCompare(number: after.number)
    }
    return (before, after)
  }

  /// Compares the out-of-fold predictions of two iterations of a project.
  ///
  /// A picture is right where the predicted tags are those that it bears now: so a fixed tag counts
  /// for both alike. Tags that one of them does not know are left out.
  public func compare(
    _ first: Iteration, _ second: Iteration, of project: Project
  ) throws -> IterationComparison {
    let (tags, images, before, after) = try store.read { snapshot in
      (
        try snapshot.tags(of: project.id), try snapshot.images(of: project.id, .tagged),
        try snapshot.outOfFoldJudgements(of: first.id),
        try snapshot.outOfFoldJudgements(of: second.id)
      )
    }
    var tally = ComparisonTally(tags, project.type)
    for image in images {
      if let one = before[image.id], let other = after[image.id] { tally.add(image, one, other) }
    }
    return IterationComparison(
      first: first, second: second, imageCount: tally.imageCount,
      comparison: PairedComparison(
        onlyFirstCount: tally.becameWrong.values.reduce(0, +),
        onlySecondCount: tally.becameRight.values.reduce(0, +)),
      perTag: tags.compactMap { tag in
        let (right, wrong) = (tally.becameRight[tag.id] ?? 0, tally.becameWrong[tag.id] ?? 0)
        return right + wrong == 0
          ? nil
          : IterationComparison.TagChange(
            tag: tag, becameRightCount: right, becameWrongCount: wrong)
      },
      items: tally.sortedItems)
  }
}

extension Snapshot {
  fileprivate func outOfFoldJudgements(of iteration: IterationID) throws -> [ImageID: Judgement] {
    let tags = try classes(of: iteration).map(\.id)
    var judgements: [ImageID: Judgement] = [:]
    for row in try rows(of: iteration) {
      guard let probabilities = row.probabilities else { continue }
      judgements[row.image] = Judgement(
        zip(tags, probabilities).map { Judgement.Entry($0, $1) }, isOutOfFold: true)
    }
    return judgements
  }
}

/// Counts what changed from one judgement of a picture to the other.
private struct ComparisonTally {
  private let tags: [TagID: Tag]
  private let type: ClassificationType
  private(set) var imageCount = 0
  private(set) var becameRight: [TagID: Int] = [:]
  private(set) var becameWrong: [TagID: Int] = [:]
  private var items: [(isWorse: Bool, item: ReviewItem)] = []

  init(_ tags: [Tag], _ type: ClassificationType) {
    self.tags = Dictionary(uniqueKeysWithValues: tags.map { ($0.id, $0) })
    self.type = type
  }

  /// Pictures that became wrong first, the most certain first.
  var sortedItems: [ReviewItem] {
    items.enumerated().sorted { left, right in
      if left.element.isWorse != right.element.isWorse { return left.element.isWorse }
      let scores = (left.element.item.score ?? 0, right.element.item.score ?? 0)
      return scores.0 == scores.1 ? left.offset < right.offset : scores.0 > scores.1
    }.map(\.element.item)
  }

  mutating func add(_ image: Image, _ before: Judgement, _ after: Judgement) {
    let known = { (judgement: Judgement) in Set(judgement.probabilities.map(\.tag)) }
    // A tag that was deleted since is judged by nobody.
    let shared = known(before).intersection(known(after)).intersection(tags.keys)
    if type == .multiclass && !image.tags.allSatisfy(shared.contains) { return }
    imageCount += 1
    let (old, new) = (
      Set(before.predictedTags(type)), Set(after.predictedTags(type))
    )
    var changes: (worse: Bool, better: Bool) = (false, false)
    for tag in type == .multiclass ? Set(image.tags) : shared {
      let isBorne = image.tags.contains(tag)
      let (wasRight, isRight) = (old.contains(tag) == isBorne, new.contains(tag) == isBorne)
      if wasRight == isRight { continue }
      if isRight {
        becameRight[tag, default: 0] += 1
        changes.better = true
      } else {
        becameWrong[tag, default: 0] += 1
        changes.worse = true
      }
    }
    guard changes.worse || changes.better else { return }
    let certainty = after.probabilities.filter { old.contains($0.tag) != new.contains($0.tag) }
      .map { Double(new.contains($0.tag) ? $0.probability : 1 - $0.probability) }.max()
    items.append(
      (
        changes.worse,
        ReviewItem(
          image: image, score: certainty,
          reasons: [.repredicted(before: named(old), after: named(new), isRight: !changes.worse)])
      ))
  }

  private func named(_ ids: Set<TagID>) -> [Tag] {
    ids.compactMap { tags[$0] }.sorted { $0.name < $1.name }
  }
}
