/// What to import.
public struct ImportRequest: Equatable, Sendable {
  public let job: JobID
  /// Files, folders and patterns as they were typed; a leading `~/` means the home folder.
  public let paths: [String]
  /// Whether each file gets the name of its folder as a tag.
  public let takesTagsFromFolders: Bool

  public init(job: JobID, paths: [String], takesTagsFromFolders: Bool) {
    self.job = job
    self.paths = paths
    self.takesTagsFromFolders = takesTagsFromFolders
  }
}

/// One run of an import.
public struct ImportJob: Equatable, Sendable {
  public let id: JobID
  /// The newest word from it; `nil` until the first.
  public internal(set) var progress: Progress?
  /// Whether it has been told to stop and has not stopped yet.
  public internal(set) var isCancelling = false

  /// How far an import has come.
  public struct Progress: Equatable, Sendable {
    public let doneCount: Int
    /// `nil` while folders are still being read.
    public let totalCount: Int?
    /// `nil` while it cannot be told.
    public let pace: Pace?

    public init(doneCount: Int, totalCount: Int?, pace: Pace?) {
      self.doneCount = doneCount
      self.totalCount = totalCount
      self.pace = pace
    }
  }

  /// How an import ended.
  public enum Outcome: Equatable, Sendable {
    case completed(ImportSummary)
    case failed(reason: String)
  }
}

/// What an import did, or had done when it was stopped.
public struct ImportSummary: Equatable, Sendable {
  public let importedCount: Int
  /// Files whose content the project already had.
  public let duplicateCount: Int
  public let refused: [RefusedFile]
  /// Files that are no pictures at all.
  public let passedOver: [RefusedFile]
  /// Files whose content bears a tag that excludes the one they would have got; it kept that tag.
  public let keptTagCount: Int
  /// Folders whose names cannot be tags, which their pictures should have got.
  public let foldersUnfitForTags: [String]
  /// Whether it was stopped before its end.
  public let wasCancelled: Bool

  /// A file that was not imported.
  public struct RefusedFile: Equatable, Sendable {
    public let path: String
    /// Why, as a sentence or part of one for people.
    public let reason: String

    public init(path: String, reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  public init(
    importedCount: Int, duplicateCount: Int, refused: [RefusedFile],
    passedOver: [RefusedFile] = [], keptTagCount: Int = 0,
    foldersUnfitForTags: [String] = [], wasCancelled: Bool = false
  ) {
    self.importedCount = importedCount
    self.duplicateCount = duplicateCount
    self.refused = refused
    self.passedOver = passedOver
    self.keptTagCount = keptTagCount
    self.foldersUnfitForTags = foldersUnfitForTags
    self.wasCancelled = wasCancelled
  }
}
