import ProjectLibrary
import Workbench

/// Turns the reports of one training into what the screen shows: a share of the whole, and the time
/// that is left.
struct TrainingPace {
  /// The share of a training's time that goes into embeddings where some are missing: looking at an
  /// image costs about ten times as much as all that is fitted to it afterwards.
  private static let embeddingShare = 0.9
  /// Before this, a pace says nothing yet.
  private static let leastTime = Duration.seconds(1)

  private let makeStopwatch: () -> () -> Duration
  private var hasEmbedded = false
  private var fittingTime: (() -> Duration)?

  /// - Parameter stopwatch: Starts a watch and returns what reads it.
  init(stopwatch: @escaping () -> () -> Duration) { makeStopwatch = stopwatch }

  mutating func progress(_ report: TrainingReport) -> TrainingJob.Progress {
    switch report {
    case .embedding(let progress):
      hasEmbedded = true
      let done = Double(progress.doneCount) / Double(max(1, progress.imageCount))
      let fraction = done * Self.embeddingShare
      return TrainingJob.Progress(
        stage: .embedding(done: progress.doneCount, of: progress.imageCount), fraction: fraction,
        rate: Pace(progress)?.rate,
        timeLeft: Self.timeLeft(after: .seconds(progress.seconds), fraction: fraction))
    case .fitting(let phase, let done):
      let time = fittingTime ?? makeStopwatch()
      fittingTime = time
      let start = hasEmbedded ? Self.embeddingShare : 0
      return TrainingJob.Progress(
        stage: TrainingJob.Stage(phase), fraction: start + done * (1 - start),
        timeLeft: Self.timeLeft(after: time(), fraction: done))
    }
  }

  /// The time that the rest takes at the pace so far; `nil` while that cannot be told.
  static func timeLeft(after time: Duration, fraction: Double) -> Duration? {
    guard time >= leastTime, fraction > 0 else { return nil }
    return time * ((1 - min(1, fraction)) / fraction)
  }
}

extension ImportJob.Progress {
  init(_ progress: ImportProgress) {
    self.init(
      doneCount: progress.doneCount, totalCount: progress.fileCount,
      pace: Pace(progress.doneCount, of: progress.fileCount, seconds: progress.seconds))
  }
}

extension EmbeddingJob.Progress {
  init(_ progress: EmbeddingProgress) {
    self.init(
      doneCount: progress.doneCount, totalCount: progress.imageCount, pace: Pace(progress))
  }
}

extension Pace {
  fileprivate init?(_ progress: EmbeddingProgress) {
    self.init(progress.doneCount, of: progress.imageCount, seconds: progress.seconds)
  }

  /// `nil` while it cannot be told.
  fileprivate init?(_ done: Int, of total: Int, seconds: Double) {
    let fraction = Double(done) / Double(max(1, total))
    guard let left = TrainingPace.timeLeft(after: .seconds(seconds), fraction: fraction) else {
      return nil
    }
    self.init(rate: Double(done) / seconds, timeLeft: left)
  }
}

extension TrainingJob.Stage {
  fileprivate init(_ phase: TrainingPhase) {
    self =
      switch phase {
      case .preparing: .preparing
      case .fitting(let finished, let count): .fitting(finishedHeads: finished, of: count)
      case .calibrating: .calibrating
      case .saving: .saving
      }
  }
}

extension Clock where Duration == Swift.Duration {
  /// Starts a watch; what it returns tells the time since.
  func stopwatch() -> () -> Duration {
    let start = now
    return { start.duration(to: now) }
  }
}
