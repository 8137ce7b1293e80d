public import Dataset

/// Work to do, as data: what `update` asks of the world.
///
/// Changes (`changeLabels`, `confirmTags`, `keepOne`, `keepAll`, `removeImages`, `takeAsked`, `undo`, `redo`, `createTag`, `renameTag`, `deleteTag`, `mergeTag`)
/// are carried out one after another in the order given, and `quit` waits for them; everything else may overtake.
public enum Effect: Equatable, Sendable {
  /// Answered by `projectLoaded`.
  case loadProject
  /// Answered by `tagsLoaded`.
  case loadTags
  /// Answered by `imagesLoaded` or `imagesNotLoaded`; a newer question makes this one needless.
  case loadImages(ImageQuery)
  /// Asks for the ids of rows that are to be marked; answered by `rowsToMark`.
  case loadRowsToMark(QueryID, ImageSelection, rows: Range<Int>)
  /// What the iteration in use predicts of an image; answered by `judgementLoaded`.
  case loadJudgement(ImageID)
  /// Paths that go on as the last one of the text does; answered by `pathsCompleted`.
  case completePath(String)
  /// Whether any of the paths leads to something; answered by `pathsFound`.
  case findPaths([String])
  /// Learns from the tags as the library has them now; answered by `liveLearned`. A newer one makes
  /// this one needless. What has been learned of may grow only where new images are to be taken in.
  case learnLive(takesNewImages: Bool)
  /// What would help most, by what is learned from the tags; answered by `adviceLoaded`.
  case loadAdvice
  /// What happened to an image, or to the whole project; answered by `historyLoaded`.
  case loadHistory(Image?)
  /// Makes a list of images to go through; answered by `reviewLoaded` or `reviewNotLoaded`. A newer one
  /// makes this one needless.
  case loadReview(ReviewKind)
  /// Makes the pictures that programs asked about, of which most is to be learned, images of the project;
  /// answered by `reviewLoaded` or `reviewNotLoaded` with `.asked`.
  case takeAsked(count: Int)
  /// The nearest images that are tagged alike and otherwise; answered by `evidenceLoaded`.
  case loadEvidence(ImageID)
  /// Which parts of an image speak for what the iteration in use takes it for; answered by
  /// `explanationLoaded` or `explanationNotLoaded`.
  case loadExplanation(ImageID)
  /// Gives untagged images the tags that are suggested with at least this probability, in one change;
  /// answered by `changeSaved`.
  case acceptSuggestions(threshold: Double)
  /// Answered by `reportLoaded`.
  case loadReport
  /// The figures of an iteration and of the one that it is compared with: those of these ids, else the
  /// one in use and the one before it. Answered by `performanceLoaded`.
  case loadPerformance(IterationID?, base: IterationID?)
  /// Answered by `projectsLoaded`.
  case loadProjects
  /// Answered by `projectOpened`; what is on its way for the project before is finished.
  case openProject(Project)
  /// Makes a project; answered by `projectOpened`.
  case createProject(name: String, type: ClassificationType)
  /// Answered by `projectLoaded` or `promptRefused`.
  case renameProject(name: String)
  /// Takes the project out of the list; answered by `projectDeleted`.
  case deleteProject
  /// Keeps a setting in the file.
  case saveSetting(Setting)
  /// Keeps how the screen is divided, for the next start; answered by `settingSaved`.
  case saveLayout(PaneLayout)
  /// Answered by `thumbnailReady` or `thumbnailFailed`; a newer one makes this one needless.
  case loadThumbnail(ContentHash)
  /// Answered by `labelsSaved` once the change is on the disk, or by `labelsRejected`.
  case changeLabels(LabelChange)
  /// Writes down that the tags of images are right; answered by `changeSaved`.
  case confirmTags([ImageID])
  /// Writes down that images stay although they are nearly the same; answered by `changeSaved`.
  case keepAll([ImageID])
  /// Takes images out of the project that are nearly the same as another one, which takes their tags
  /// over where it has none and they agree; answered by `changeSaved`.
  case keepOne(ImageID, removing: [ImageID])
  /// Takes images out of the project; answered by `changeSaved`.
  case removeImages([ImageID])
  /// Answered by `undone`.
  case undo
  /// Answered by `redone`.
  case redo
  /// Answered by `tagCreated` or `promptRefused`.
  case createTag(name: String, givingTo: [ImageID])
  /// Answered by `changeSaved` or `promptRefused`.
  case renameTag(Tag, to: String)
  /// Takes a tag out of the list and off its images; answered by `changeSaved`.
  case deleteTag(Tag)
  /// Gives the images of a tag another one instead, and takes the first out of the list; answered by
  /// `changeSaved`.
  case mergeTag(Tag, into: Tag)
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
