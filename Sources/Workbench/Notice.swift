public import Dataset

/// The one thing that the status line tells of what has just happened; views word it.
public enum Notice: Equatable, Sendable {
  case commandDisabled(Obstacle)
  case labelsNotSaved(reason: String)
  /// `key` is the digit that gives the tag.
  case tagCreated(name: String, key: Int?)
  /// The project of this name is shown now.
  case opened(String)
  /// Pictures are drawn with these from now on.
  case symbols(PictureSymbols)
  /// What was typed behind a command's name means nothing to it; `nil` where nothing does.
  case unknownArgument(String, wanted: String?)
  case removed(count: Int)
  case confirmed(count: Int)
  /// So many images that are nearly the same stay.
  case kept(count: Int)
  /// So many untagged images got the tag that was suggested.
  case accepted(count: Int)
  /// What a list shows as a whole.
  case summary(String)
  /// A list of this kind would be empty.
  case nothingToReview(ReviewKind)
  case undone(ChangeSummary)
  case redone(ChangeSummary)
  case nothingToUndo
  case nothingToRedo
  case trained(IterationReport)
  case trainingCancelled
  case trainingFailed(reason: String)
  case imported(ImportSummary)
  case importFailed(reason: String)
  /// The files of some images are missing or damaged.
  case imagesUnreadable(count: Int)
  /// Text was pasted that names no path.
  case pasteIgnored
  case failed(reason: String)
}

/// A change that was undone or redone.
public struct ChangeSummary: Equatable, Sendable {
  /// What was asked for, as a command of the command line: `label add`.
  public let command: String
  /// The images whose tags or membership are others now.
  public let images: [ImageID]
  /// How many of its facts were left alone because someone changed the same thing since.
  public let skippedCount: Int

  public init(command: String, images: [ImageID], skippedCount: Int = 0) {
    self.command = command
    self.images = images
    self.skippedCount = skippedCount
  }
}
