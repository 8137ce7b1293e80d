public import Dataset

/// What is to be trained, and how.
public struct TrainingRequest: Hashable, Sendable {
  /// Goes on without the tags that have too few images, instead of refusing.
  public var leavesOutSmallTags: Bool
  /// Trains these tags alone; `nil` for all of the project.
  public var tags: Set<TagID>?
  /// Chooses the folds; the same seed on the same labels gives the same iteration.
  public var seed: UInt64
  /// The id of the iteration, for callers that had to promise one; `nil` for any.
  public var iteration: IterationID?
  /// For how many hours a program let it be trained, 0 for as long as it takes; `nil` where none was
  /// said. It is noted with the iteration; whoever starts the training keeps to it.
  public var budgetHours: Int?
  /// The iteration that a program had it start from. It is noted, and changes nothing: the head that
  /// fits best does not depend on where the search for it starts.
  public var base: IterationReference?

  public init(
    leavesOutSmallTags: Bool = false, tags: Set<TagID>? = nil, seed: UInt64 = 1,
    iteration: IterationID? = nil, budgetHours: Int? = nil,
    base: IterationReference? = nil
  ) {
    self.leavesOutSmallTags = leavesOutSmallTags
    self.tags = tags
    self.seed = seed
    self.iteration = iteration
    self.budgetHours = budgetHours
    self.base = base
  }
}

/// How far a training is.
public enum TrainingReport: Hashable, Sendable {
  /// Making the embeddings that are missing.
  case embedding(EmbeddingProgress)
  /// Fitting and judging; `fraction` of the whole of it, 0…1.
  case fitting(TrainingPhase, fraction: Double)
}

extension TrainingReport {
  /// How far the stage is that the training is in.
  var hundredths: Int {
    switch self {
    case .embedding(let progress): progress.doneCount * 100 / max(1, progress.imageCount)
    case .fitting(_, let fraction): Int(fraction * 100)
    }
  }
}

/// The part of fitting that a training is in.
public enum TrainingPhase: Hashable, Sendable {
  case preparing
  /// Fitting the heads of the folds and the final one.
  case fitting(finishedHeads: Int, of: Int)
  case calibrating
  case saving
}

/// How many images training needs of every tag, as in the service.
public let smallestTagToTrain = 5
