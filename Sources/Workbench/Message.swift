public import Dataset

/// A fact that happened: the only thing that changes a `State`.
public enum Message: Equatable, Sendable {
  // What a person did.
  case command(Command)
  case promptEdited(PromptEdit)
  case promptSubmitted
  case answered(Answer)
  /// The text of the prompt is to be completed.
  case completionWanted
  case pasted(String)
  /// The mouse pointed at something.
  case pointed(PointerTarget, PointerAction)
  /// The wheel was turned over a pane, by rows.
  case scrolled(PointerTarget, by: Int)
  case resized(Viewport)

  // What the library answered.
  /// The project is there to be read: sent once, first.
  case opened
  /// The project's name, type or domain may have changed.
  case projectLoaded(Project)
  /// Another project is to be shown.
  case projectOpened(Project)
  /// The project of this name was deleted, and another one is to be shown; `isNew` where it was made for
  /// that.
  case projectDeleted(name: String, next: Project, isNew: Bool)
  /// Another process has deleted the project, or brought it back.
  case projectPresence(Bool)
  case projectsLoaded([ProjectLine])
  /// What other processes do to the project now.
  case jobsElsewhere([JobElsewhere])
  case tagsLoaded(TagsState)
  case imagesLoaded(ImageWindow)
  case imagesNotLoaded(QueryID, reason: String)
  /// `QueryID` is that of `Effect.loadRowsToMark`.
  case rowsToMark(QueryID, [ImageID])
  case judgementLoaded(ImageID, Judgement?)
  /// The text that was to be completed, what it becomes, and what it could become.
  case pathsCompleted(of: String, text: String, choices: [String])
  case pathsFound(of: [String], isAnyThere: Bool)
  case reportLoaded(IterationReport?)
  case liveLearned(LiveState)
  /// What would help most, in words; `nil` where nothing can be said.
  case adviceLoaded(String?)
  case reviewLoaded(ReviewList)
  case reviewNotLoaded(ReviewKind, reason: String)
  /// What happened to an image of this name, or to the whole project, newest first.
  case historyLoaded(of: String?, [HistoryLine])
  case evidenceLoaded(Evidence)
  /// With what it says in words.
  case explanationLoaded(ImageID, Explanation, words: String)
  case explanationNotLoaded(ImageID, reason: String)
  case performanceLoaded(PerformanceAnswer)
  /// Labels, tags or membership changed, here or in another process.
  case libraryChanged
  case thumbnailReady(ContentHash)
  case thumbnailFailed(ContentHash, reason: String)

  // What became of changes.
  case labelsSaved(ChangeID)
  case labelsRejected(ChangeID, reason: String)
  case changeSaved(Notice)
  case settingSaved
  /// `nil` when there was nothing to undo.
  case undone(ChangeSummary?)
  /// `nil` when there was nothing to redo.
  case redone(ChangeSummary?)
  case tagCreated(Tag, givenTo: [ImageID])
  /// What was typed into a prompt was not taken.
  case promptRefused(Prompt.Purpose, text: String, reason: String)
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
