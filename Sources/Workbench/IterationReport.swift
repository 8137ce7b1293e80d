public import Dataset
public import Evaluation

/// What an iteration reached, out of fold.
public struct IterationReport: Equatable, Sendable {
  public let iteration: Iteration
  /// The tags that it was trained on, named as they were then: one for each class of `performance`.
  public let tags: [Tag]
  public let performance: Performance

  /// Takes an iteration's figures; traps unless there is one tag for each class.
  public init(iteration: Iteration, tags: [Tag], performance: Performance) {
    precondition(
      tags.count == performance.perClass.count,
      "\(tags.count) tags for \(performance.perClass.count) classes")
    self.iteration = iteration
    self.tags = tags
    self.performance = performance
  }
}
