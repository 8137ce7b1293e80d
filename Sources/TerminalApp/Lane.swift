/// What the controller asks the library; a newer question of a kind makes an older one needless.
enum Question: Hashable, Sendable {
  case project
  case projects
  case tags
  case images
  case rowsToMark
  case judgement
  case explanation
  case completion
  case paths
  case history
  case report
  case performance
  case picture
  /// Whether anything has changed since it was asked last.
  case mark

  /// Whether the answer may need all of the project's labels or predictions.
  var isSlow: Bool {
    switch self {
    case .tags, .report, .performance, .projects: true
    case .project, .images, .rowsToMark, .judgement, .explanation, .completion, .paths, .history,
      .picture, .mark:
      false
    }
  }
}

/// What the controller asks what is learned from the tags.
enum LearnerQuestion: Hashable, Sendable {
  case state
  case list
  case evidence
  case advice
}

/// Questions of one kind: one is being answered, and of those that wait only the newest counts.
struct Lane<Work> {
  private(set) var isBusy = false
  private var waiting: Work?

  /// Takes work in; returns it when it is to be started now.
  mutating func submit(_ work: Work) -> Work? {
    guard isBusy else {
      isBusy = true
      return work
    }
    waiting = work
    return nil
  }

  /// Notes that the work that was started is done; returns what is to be started next.
  mutating func finish() -> Work? {
    defer { waiting = nil }
    isBusy = waiting != nil
    return waiting
  }
}
