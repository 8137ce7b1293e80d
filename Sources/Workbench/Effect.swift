public import Dataset

/// Work to do, as data: what `update` asks of the world.
///
/// Changes (`changeLabels`, `undo`, `redo`, `createTag`) are carried out one after another in the
/// order given, and `quit` waits for them; everything else may overtake.
public enum Effect: Equatable, Sendable {
  /// Answered by `projectLoaded`.
  case loadProject
  /// Answered by `tagsLoaded`.
  case loadTags
  /// Answered by `imagesLoaded` or `imagesNotLoaded`; a newer question makes this one needless.
  case loadImages(ImageQuery)
  /// Answered by `reportLoaded`.
  case loadReport
  /// Answered by `thumbnailReady` or `thumbnailFailed`; a newer one makes this one needless.
  case loadThumbnail(ContentHash)
  /// Answered by `labelsSaved` once the change is on the disk, or by `labelsRejected`.
  case changeLabels(LabelChange)
  /// Answered by `undone`.
  case undo
  /// Answered by `redone`.
  case redo
  /// Answered by `tagCreated`.
  case createTag(name: String)
  /// Reports by `trainingProgressed`, ends with one `trainingEnded`.
  case startTraining(JobID, leavesOutSmallTags: Bool)
  /// Reports by `importProgressed`, ends with one `importEnded`.
  case startImport(ImportRequest)
  /// Reports by `embeddingProgressed`, ends with one `embeddingEnded`. To be asked for after the
  /// import whose pictures it is to look at.
  case startEmbedding(JobID)
  /// The job ends soon after, by its own `…Ended` message; nothing happens when it has ended
  /// already.
  case cancel(JobID)
  /// Stops jobs, finishes changes and leaves.
  case quit
}
