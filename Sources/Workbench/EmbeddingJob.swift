/// One run of looking at images that have no embedding yet, which the workbench does by itself.
///
/// Nothing waits for it and nothing is lost when it stops: a training makes what it needs.
public struct EmbeddingJob: Equatable, Sendable {
  public let id: JobID
  /// The newest word from it; `nil` until the first, and so while there is nothing to do.
  public internal(set) var progress: Progress?

  /// How far it has come.
  public struct Progress: Equatable, Sendable {
    public let doneCount: Int
    /// Grows while an import runs.
    public let totalCount: Int
    /// `nil` while it cannot be told.
    public let pace: Pace?

    public init(doneCount: Int, totalCount: Int, pace: Pace?) {
      self.doneCount = doneCount
      self.totalCount = totalCount
      self.pace = pace
    }
  }

  /// How it ended.
  public enum Outcome: Equatable, Sendable {
    /// `unreadableCount` images have files that cannot be read any more.
    case completed(unreadableCount: Int)
    case cancelled
    case failed(reason: String)
  }
}

/// How fast a job is, once that can be told.
public struct Pace: Equatable, Sendable {
  /// Files or images a second.
  public let rate: Double
  public let timeLeft: Duration

  public init(rate: Double, timeLeft: Duration) {
    self.rate = rate
    self.timeLeft = timeLeft
  }
}
