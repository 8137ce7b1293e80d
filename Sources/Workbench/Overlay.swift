public import Dataset

/// What lies over the panes and takes the keys.
public enum Overlay: Equatable, Sendable {
  case prompt(Prompt)
  /// A list that is narrowed by typing.
  case picker(Picker)
  case question(Question)
  /// What an import left out; `cursor` is a row of the list.
  case refusedFiles([ImportSummary.RefusedFile], cursor: Int)
  /// What happened to an image of this name, or to the whole project; `cursor` is a row of the list.
  case history(of: String?, [HistoryLine], cursor: Int)
}

/// One event of the log, in words.
public struct HistoryLine: Hashable, Sendable {
  public let time: String
  public let actor: String
  public let what: String

  public init(time: String, actor: String, what: String) {
    self.time = time
    self.actor = actor
    self.what = what
  }
}

/// Something to be answered with yes or no, or not at all.
public enum Question: Equatable, Sendable {
  /// Quitting would stop jobs.
  case quit
  /// Whether the project is to leave the list.
  case deleteProject
  /// Whether an image of the new project bears one tag, or several.
  case projectType(name: String)
  /// Whether the tag is to leave the list, and so many images.
  case deleteTag(TagCount)
  /// Whether these are to leave the project.
  case removeImages([ImageID])
  /// Some tags have too few images to be trained.
  case leaveOutSmallTags([TagCount])
  /// Whether files get the names of their folders as tags.
  case tagsFromFolders(paths: [String])
}

public enum Answer: Equatable, Sendable {
  case yes
  case no
  /// Takes back what led to the question.
  case cancel
}
