public import Dataset

/// Why a command does nothing just now; views word it.
public enum Obstacle: Equatable, Sendable {
  case noImages
  /// The row under the cursor has not been read yet.
  case imageNotLoaded
  /// No tag has this digit.
  case noTag(number: Int)
  case noNegativeTag
  /// The command is meant for other panes.
  case onlyIn(Pane)
  case alreadyTraining
  case alreadyImporting
  case nothingRunning
  /// Fewer than the two tags that it takes have enough images; all tags that have too few.
  case tooFewTrainableTags(small: [TagCount])
}

extension State {
  /// Returns why a command would do nothing now; `nil` when it would do its work.
  public func obstacle(to command: Command) -> Obstacle? {
    switch command {
    case .moveUp, .moveDown, .pageUp, .pageDown, .moveToFirst, .moveToLast, .nextPane,
      .previousPane, .back, .undo, .redo, .newTag, .help, .quit:
      nil
    case .open: focus == .tags ? nil : .onlyIn(.tags)
    case .giveTag(let number):
      tags.tag(number: number) == nil ? .noTag(number: number) : obstacleToTagging
    case .giveNegativeTag: tags.negativeTag == nil ? .noNegativeTag : obstacleToTagging
    case .clearTags: obstacleToTagging
    case .toggleMark: focus == .images ? obstacleAtCursor : .onlyIn(.images)
    case .importFiles: importing == nil ? nil : .alreadyImporting
    case .train: training.job == nil ? obstacleToTraining : .alreadyTraining
    case .cancelJob: runningJobs.isEmpty ? .nothingRunning : nil
    }
  }

  /// Tags with fewer images than training takes, and whether enough others are left.
  ///
  /// Counts may lag behind changes that are on their way; the library has the last word.
  public var smallTags: [TagCount] {
    tags.counts.filter { $0.imageCount < TrainingState.leastImagesPerTag }
  }

  private var obstacleToTagging: Obstacle? {
    images.marks.isEmpty ? obstacleAtCursor : nil
  }

  private var obstacleAtCursor: Obstacle? {
    if images.matchCount == 0 { return .noImages }
    return images.current == nil ? .imageNotLoaded : nil
  }

  private var obstacleToTraining: Obstacle? {
    if tags.imageCount == 0 { return .noImages }
    let small = smallTags
    return tags.counts.count - small.count < 2 ? .tooFewTrainableTags(small: small) : nil
  }
}
