public import Dataset
import Evaluation
import Judging
import Matrices
import ProjectStore

/// The change after which a figure fell.
public struct Bisection: Equatable, Sendable {
  /// A state of the project, and the figure that it had.
  public struct Reading: Equatable, Sendable {
    /// The change that led to the state; `nil` for the state before the first change looked at.
    public let change: Int64?
    /// 0…1
    public let figure: Double
  }

  public let first: Reading
  public let last: Reading
  /// The states that were looked at in between, in the order of looking.
  public let steps: [Reading]
  /// The change with all its events.
  public let events: [Event]
  /// The figure before that change and after it.
  public let before: Double
  public let after: Double
}

/// Why no change can be named.
public enum BisectionError: Error, Equatable, Sendable {
  /// None of the changes is about labels or images of the project.
  case nothingChanged
  /// No image bore the tag, or only near-duplicates of one, at the beginning or at the end.
  case noFigure(atBeginning: Bool)
  /// The figure is not lower at the end.
  case notFallen(first: Double, last: Double)
}

extension LiveLearner {
  /// Finds the change after which a tag's figure fell, by halving the range of changes.
  ///
  /// The figure is the average precision of the tag over the images that were tagged then, each judged
  /// by a live head of the tags as they were then that never saw it nor its near-duplicates; or, of one
  /// image, the probability of the tag. It is above the middle between its first and its last value
  /// before the change that is named, and not above it afterwards; where the figure crosses the middle
  /// more than once, one of these changes is found. Images that have left the project since, and tags
  /// that have, are left out of account. Takes a live head for each halving.
  ///
  /// - Parameters:
  ///   - image: The image whose probability counts; `nil` for the tag as a whole.
  ///   - range: Numbers of the changes that are looked at; those of other projects in between do not
  ///     matter.
  /// - Throws: `BisectionError`; what `follow` throws.
  public func bisection(
    of tag: Tag, image: ImageID? = nil, among range: ClosedRange<Int64>
  ) throws -> Bisection {
    _ = try follow()
    guard let live = liveProject,
      let classIndex = live.classes.firstIndex(where: { $0.id == tag.id })
    else { throw BisectionError.noFigure(atBeginning: false) }
    let id = live.project.id
    let events = try library.history(of: id)
      .filter { range.contains($0.change) && $0.isAboutLabels }
    if events.isEmpty { throw BisectionError.nothingChanged }
    let start = (events.map(\.position).min() ?? 1) - 1
    // The last position of each change, the oldest first.
    var ends: [Int64: Int64] = [:]
    for event in events { ends[event.change] = max(ends[event.change] ?? 0, event.position) }
    let changes = ends.keys.sorted()
    var past = live
    func figure(at position: Int64) throws -> Double? {
      let labels = try library.store.read { try $0.labels(of: id, asOf: position) }
      var borne = Dictionary(uniqueKeysWithValues: live.images.map { ($0.id, [TagID]()) })
      for label in labels { borne[label.image]?.append(label.tag) }
      past.give(borne)
      return past.figure(ofClass: classIndex, image: image)
    }
    guard let first = try figure(at: start) else {
      throw BisectionError.noFigure(atBeginning: true)
    }
    guard let last = try figure(at: changes.last.flatMap { ends[$0] } ?? start) else {
      throw BisectionError.noFigure(atBeginning: false)
    }
    guard last < first else {
      throw BisectionError.notFallen(first: first, last: last)
    }
    let middle = (first + last) / 2
    // States are numbered by the changes before them.
    var (above, below) = (0, changes.count)
    var (before, after) = (first, last)
    var steps: [Bisection.Reading] = []
    while below - above > 1 {
      let state = (above + below) / 2
      let change = changes[state - 1]
      // A state in which nothing can be said of the tag is none in which it was well.
      let found = try figure(at: ends[change] ?? start) ?? 0
      steps.append(Bisection.Reading(change: change, figure: found))
      if found > middle {
        (above, before) = (state, found)
      } else {
        (below, after) = (state, found)
      }
    }
    let guilty = changes[below - 1]
    return Bisection(
      first: Bisection.Reading(change: nil, figure: first),
      last: Bisection.Reading(change: changes.last, figure: last), steps: steps,
      events: events.filter { $0.change == guilty }.sorted { $0.position < $1.position },
      before: before, after: after)
  }
}

extension Event {
  fileprivate var isAboutLabels: Bool {
    switch after {
    case .label, .membership: true
    default: false
    }
  }
}

extension LiveProject {
  /// The average precision of a class over the taught pictures, or the probability of it for one
  /// picture; `nil` where it cannot be told.
  fileprivate func figure(ofClass classIndex: Int, image: ImageID?) -> Double? {
    let reading = self.reading()
    guard reading.isJudgeable(classIndex) else { return nil }
    if let image {
      return rowOfImage[image].map { Double(reading.probabilities[$0, classIndex]) }
    }
    let rows = borne.indices.filter(isTaught)
    return PrecisionRecallCurve(
      probabilities: rows.map { Double(reading.probabilities[$0, classIndex]) },
      isGiven: rows.map { heads.suggesting.classes(ofRow: $0)?.contains(classIndex) == true }
    ).averagePrecision
  }
}
