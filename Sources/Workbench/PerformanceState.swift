public import Dataset
public import Evaluation

/// An iteration's figures with all that a threshold needs to change them at once.
public struct IterationDetail: Equatable, Sendable {
  /// The figures at the threshold of one half.
  public let report: IterationReport
  public let counts: ThresholdCounts
  /// What the most probable tag of each image promised, and what came true.
  public let calibration: CalibrationCurve

  public init(
    report: IterationReport, counts: ThresholdCounts, calibration: CalibrationCurve
  ) {
    self.report = report
    self.counts = counts
    self.calibration = calibration
  }
}

/// One line of the list of iterations, with its figures as they were when it was trained.
public struct IterationLine: Equatable, Sendable {
  public let iteration: Iteration
  public let precision: Double?
  public let recall: Double?
  public let averagePrecision: Double?
  public let accuracy: Double?
  /// Whether it answers for the project.
  public let isCurrent: Bool

  public init(
    iteration: Iteration, precision: Double?, recall: Double?, averagePrecision: Double?,
    accuracy: Double?, isCurrent: Bool
  ) {
    self.iteration = iteration
    self.precision = precision
    self.recall = recall
    self.averagePrecision = averagePrecision
    self.accuracy = accuracy
    self.isCurrent = isCurrent
  }
}

/// The answer to `Effect.loadPerformance`.
public struct PerformanceAnswer: Equatable, Sendable {
  /// `nil` when the project has no iteration.
  public let detail: IterationDetail?
  /// What it is compared with; `nil` with no other iteration.
  public let base: IterationReport?
  /// Newest first.
  public let iterations: [IterationLine]

  public init(detail: IterationDetail?, base: IterationReport?, iterations: [IterationLine]) {
    self.detail = detail
    self.base = base
    self.iterations = iterations
  }
}

/// The performance view: one iteration in all its figures, beside another one.
public struct PerformanceState: Equatable, Sendable {
  /// A part of the view that can have the focus.
  public enum Part: Sendable, CaseIterable {
    case tags
    case confusion
    case iterations
  }

  public internal(set) var part: Part = .tags
  /// `nil` until it has been read.
  public internal(set) var answer: PerformanceAnswer?
  /// A tag counts as predicted from this probability on; a multiple of 0.05 in 0.05…0.95.
  public internal(set) var threshold = 0.5
  /// The tag whose curve is shown.
  public internal(set) var tagCursor = 0
  /// The cell of the confusion matrix: given tag and predicted tag.
  public internal(set) var given = 0
  public internal(set) var predicted = 0
  public internal(set) var iterationCursor = 0

  public var detail: IterationDetail? { answer?.detail }

  /// The change of a tag's average precision since the iteration that this one is compared with;
  /// `nil` where one of the two does not know it.
  public func change(of tag: TagID) -> Double? {
    guard let now = detail?.report.averagePrecision(of: tag),
      let before = answer?.base?.averagePrecision(of: tag)
    else { return nil }
    return now - before
  }

  mutating func accept(_ answer: PerformanceAnswer) {
    self.answer = answer
    let tagCount = answer.detail?.report.tags.count ?? 0
    tagCursor = clamp(tagCursor, count: tagCount)
    given = clamp(given, count: tagCount)
    predicted = clamp(predicted, count: tagCount)
    iterationCursor = clamp(iterationCursor, count: answer.iterations.count)
  }
}

extension IterationReport {
  func averagePrecision(of tag: TagID) -> Double? {
    tags.firstIndex { $0.id == tag }.flatMap { performance.perClass[$0].averagePrecision }
  }
}
