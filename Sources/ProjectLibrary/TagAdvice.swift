public import Dataset
public import Evaluation
import Judging
import WorkThreads

/// What would help a tag most.
public struct TagAdvice: Equatable, Sendable {
  public let tag: Tag
  public let advice: ClassAdvice
}

/// Tells what would help a project's tags, on a thread of its own: it takes up to some seconds, and the
/// learner goes on meanwhile.
public actor TagAdvisor {
  private nonisolated let executor = ThreadExecutor("advice", .behind)
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  private let learner: LiveLearner

  public init(_ learner: LiveLearner) { self.learner = learner }

  /// What would help each tag most, those that would gain most first; of tags with too few pictures
  /// nothing can be told, and they come before all others. Empty before the learner's first `follow()`.
  public func advice() async throws -> [TagAdvice] {
    guard let (tags, sample) = try await learner.adviceSample() else { return [] }
    let advice = sample.advice()
    let gain = { (index: Int) in advice[index].gain?.mean ?? 1 }
    return advice.indices
      .sorted { gain($0) == gain($1) ? $0 < $1 : gain($0) > gain($1) }
      .map { TagAdvice(tag: tags[$0], advice: advice[$0]) }
  }
}

extension LiveProject {
  /// - Parameter confirmed: The tags of pictures that a person has said to be right.
  func adviceSample(confirmed: [ImageID: Set<TagID>]) -> AdviceSample {
    AdviceSample(of: heads.suggesting, isMulticlass: project.type == .multiclass) {
      row, classIndex in
      confirmed[images[row].id]?.contains(classes[classIndex].id) == true
    }
  }
}
