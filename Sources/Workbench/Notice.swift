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
  case tagRenamed(from: String, to: String)
  case tagDeleted(name: String, imageCount: Int)
  /// So many images got the other tag instead.
  case tagMerged(name: String, into: String, imageCount: Int)
  /// The project of this name was deleted, and another one is shown now; `isNew` where it had to be
  /// made for that.
  case projectDeleted(name: String, next: String, isNew: Bool)
  /// Another process has deleted the project of this name.
  case projectGone(String)
  /// What the file of settings says and what means nothing, in sentences.
  case settingsPassedOver([String])
  /// Words of the filter look like terms and are none; they were looked for in names.
  case termsUnknown([String])
  /// So many marks ended with the list that they were made in.
  case marksDropped(count: Int)
  case removed(count: Int)
  /// Of a group of near-duplicates one is left.
  case keptOne(KeptImage)
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

/// What became of a group of near-duplicates of which one image was kept.
public struct KeptImage: Equatable, Sendable {
  public let removedCount: Int
  /// The tags that it took over from them.
  public let takenOver: [String]
  /// Whether it stayed untagged because those that were removed bore different tags.
  public let tagsDiffered: Bool

  public init(removedCount: Int, takenOver: [String], tagsDiffered: Bool) {
    self.removedCount = removedCount
    self.takenOver = takenOver
    self.tagsDiffered = tagsDiffered
  }
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
