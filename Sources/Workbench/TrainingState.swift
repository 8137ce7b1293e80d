/// The training that runs, and what the newest iteration reached.
public struct TrainingState: Equatable, Sendable {
  public internal(set) var job: TrainingJob?
  /// The iteration that answers for the project; `nil` when there is none.
  public internal(set) var report: IterationReport?
  /// The row under the cursor in the report's table; 0 without a report.
  public internal(set) var cursor = 0

  /// With fewer images than this a tag cannot be trained; the library refuses such a training.
  public static let leastImagesPerTag = 5
}

/// One run of a training.
public struct TrainingJob: Equatable, Sendable {
  public let id: JobID
  /// The newest word from it; `nil` until the first.
  public internal(set) var progress: Progress?
  /// Whether it has been told to stop and has not stopped yet.
  public internal(set) var isCancelling = false

  /// How far a training has come.
  public struct Progress: Equatable, Sendable {
    public let stage: Stage
    /// Of the whole training, 0…1.
    public let fraction: Double
    /// Images looked at a second; `nil` in other stages, and while it cannot be told.
    public let rate: Double?
    /// `nil` while it cannot be told.
    public let timeLeft: Duration?

    public init(stage: Stage, fraction: Double, rate: Double? = nil, timeLeft: Duration?) {
      self.stage = stage
      self.fraction = fraction
      self.rate = rate
      self.timeLeft = timeLeft
    }
  }

  public enum Stage: Equatable, Sendable {
    case embedding(done: Int, of: Int)
    case preparing
    /// Fitting the heads of the folds and the final one.
    case fitting(finishedHeads: Int, of: Int)
    case calibrating
    case saving
  }

  /// How a training ended.
  public enum Outcome: Equatable, Sendable {
    case completed(IterationReport)
    case cancelled
    case failed(reason: String)
  }
}
