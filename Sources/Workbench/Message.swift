public import Dataset

/// A fact that happened: the only thing that changes a `State`.
public enum Message: Equatable, Sendable {
  // What a person did.
  case command(Command)
  case promptEdited(PromptEdit)
  case promptSubmitted
  case answered(Answer)
  case pasted(String)
  case resized(Viewport)

  // What the library answered.
  /// The project is there to be read: sent once, first.
  case opened
  /// The project's name, type or domain may have changed.
  case projectLoaded(Project)
  case tagsLoaded(TagsState)
  case imagesLoaded(ImageWindow)
  case imagesNotLoaded(QueryID, reason: String)
  case reportLoaded(IterationReport?)
  /// Labels, tags or membership changed, here or in another process.
  case libraryChanged
  case thumbnailReady(ContentHash)
  case thumbnailFailed(ContentHash, reason: String)

  // What became of changes.
  case labelsSaved(ChangeID)
  case labelsRejected(ChangeID, reason: String)
  /// `nil` when there was nothing to undo.
  case undone(ChangeSummary?)
  /// `nil` when there was nothing to redo.
  case redone(ChangeSummary?)
  case tagCreated(Tag)
  /// Something asked for went wrong that has no answer of its own.
  case effectFailed(reason: String)

  // What jobs report.
  case trainingProgressed(JobID, TrainingJob.Progress)
  case trainingEnded(JobID, TrainingJob.Outcome)
  case importProgressed(JobID, ImportJob.Progress)
  case importEnded(JobID, ImportJob.Outcome)
  case embeddingProgressed(JobID, EmbeddingJob.Progress)
  case embeddingEnded(JobID, EmbeddingJob.Outcome)
}
