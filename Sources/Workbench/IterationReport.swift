public import Dataset
public import Evaluation

/// What an iteration reached, out of fold.
public struct IterationReport: Equatable, Sendable {
  public let iteration: Iteration
  /// The tags that it was trained on, named as they were then: one for each class of `performance`.
  public let tags: [Tag]
  public let performance: Performance
  /// The average precision that tags had in the iteration before; empty in the first one.
  public let averagePrecisionsBefore: [TagID: Double]

  /// Takes an iteration's figures; traps unless there is one tag for each class.
  public init(
    iteration: Iteration, tags: [Tag], performance: Performance,
    averagePrecisionsBefore: [TagID: Double] = [:]
  ) {
    precondition(
      tags.count == performance.perClass.count,
      "\(tags.count) tags for \(performance.perClass.count) classes")
    self.iteration = iteration
    self.tags = tags
    self.performance = performance
    self.averagePrecisionsBefore = averagePrecisionsBefore
  }

  /// How much a class's average precision has risen since the iteration before; `nil` where either is
  /// not known.
  public func change(ofClass index: Int) -> Double? {
    guard let now = performance.perClass[index].averagePrecision,
      let before = averagePrecisionsBefore[tags[index].id]
    else { return nil }
    return now - before
  }

  /// The figures of a tag; `nil` when the iteration does not know it.
  public func performance(of tag: TagID) -> ClassPerformance? {
    tags.firstIndex { $0.id == tag }.map { performance.perClass[$0] }
  }

  /// The average precisions of all tags that have one.
  public var averagePrecisions: [TagID: Double] {
    let known = zip(tags, performance.perClass).compactMap { tag, figures in
      figures.averagePrecision.map { (tag.id, $0) }
    }
    return Dictionary(uniqueKeysWithValues: known)
  }
}
