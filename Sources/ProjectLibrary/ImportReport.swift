public import Dataset
public import Imaging

/// Where the tags of imported images come from.
public enum ImportTagging: Hashable, Sendable {
  case none
  /// One tag for all; made if the project has none of that name.
  case tag(String)
  /// The name of the folder that a file lies in.
  case folderNames
}

/// Why a file was not imported.
public enum Refusal: Error, Equatable, Sendable {
  /// Not a kind of file that holds a picture we read.
  case notAnImage
  /// A picture, but one that cannot be read.
  case unreadable(ImagingError)
  /// The operating system's word about the path, as its `errno`.
  case system(number: Int32)
  /// Neither a file nor a folder.
  case notAFile
}

/// A file that was not imported, and why.
public struct RefusedFile: Equatable, Sendable {
  public let path: String
  public let reason: Refusal

  public init(path: String, reason: Refusal) {
    self.path = path
    self.reason = reason
  }
}

/// An image that was there already under a tag that excludes the one that this import would give.
public struct KeptTag: Hashable, Sendable {
  public let path: String
  public let tag: String
  public let wanted: String
}

/// What an import did, every file accounted for.
public struct ImportReport: Equatable, Sendable {
  /// New images of the project.
  public var importedCount = 0
  /// Files whose content the project held already; their tags were added.
  public var duplicateCount = 0
  public var refused: [RefusedFile] = []
  /// Duplicates that kept the tag they had.
  public var keptTags: [KeptTag] = []
  /// Names of folders that cannot be names of tags: what lies in these got no tag.
  public var foldersUnfitForTags: Set<String> = []
  /// The contents of the files that are images of the project now, in the order of the files.
  public var contents: [ContentHash] = []
  /// Whether it was stopped before the last file; what was done until then is kept.
  public var wasStopped = false

  public init() {}

  /// Refused files that hold a picture, or should: other kinds of file are not counted.
  public var failureCount: Int { refused.count { $0.reason != .notAnImage } }
}

/// How far an import is.
public struct ImportProgress: Hashable, Sendable {
  public let doneCount: Int
  public let fileCount: Int
  /// Seconds since the first file.
  public let seconds: Double

  public init(doneCount: Int, fileCount: Int, seconds: Double) {
    self.doneCount = doneCount
    self.fileCount = fileCount
    self.seconds = seconds
  }
}
