public import Dataset

/// All that the screen means: a value, changed by `update` alone.
public struct State: Equatable, Sendable {
  public internal(set) var project: Project
  /// Whether another process has deleted the project, so that nothing of it can be changed.
  public internal(set) var isProjectGone = false
  public internal(set) var viewport: Viewport
  public internal(set) var focus: Pane = .images
  /// Whether the picture under the cursor fills the screen; the keys are those of the images pane.
  public internal(set) var isPictureOpen = false
  public internal(set) var tags = TagsState()
  /// Whether `tags` holds the library's answer yet.
  public internal(set) var hasLoadedTags = false
  public internal(set) var images = ImagesState()
  /// The performance view, while it is open.
  public internal(set) var performance: PerformanceState?
  public internal(set) var preview: Preview?
  /// The list that is being gone through, while `images.selection` lists its images.
  public internal(set) var review: ReviewState?
  /// The list that was asked for and has not come.
  public internal(set) var awaitedReview: ReviewKind?
  /// What would help most, in words; `nil` where it is not known.
  public internal(set) var advice: String?
  /// Which parts of the picture under the cursor speak for a tag, while that is shown.
  public internal(set) var explanation: ExplainedPicture?
  /// What the iteration in use predicts of the image under the cursor, where the list does not tell.
  public internal(set) var prediction: Prediction?
  public internal(set) var training = TrainingState()
  /// What is said without a training; `nil` while it is turned off or has not come yet.
  public internal(set) var live: LiveState?
  public internal(set) var importing: ImportJob?
  public internal(set) var embedding: EmbeddingJob?
  public internal(set) var jobsElsewhere: [JobElsewhere] = []
  /// Whether no images of the project have come yet, and what can wait is not asked for.
  var awaitsFirstImages = false
  /// Changes of labels that are shown and not saved yet, oldest first.
  public internal(set) var pendingChanges: [LabelChange] = []
  public internal(set) var overlay: Overlay?
  public internal(set) var notice: Notice?
  /// What the last import left out.
  public internal(set) var refusedFiles: [ImportSummary.RefusedFile] = []
  /// Lines of the palette that were run, the newest first, none twice.
  public internal(set) var paletteHistory: [String] = []
  /// What a person has set.
  public internal(set) var preferences: Preferences
  /// The theme as it was before others were being looked at.
  var themeBefore: String?
  /// The projects of the library, as they were listed last.
  public internal(set) var projects: [ProjectLine] = []
  /// Whether the newest list of projects has not come yet.
  var awaitsProjects = false
  /// Whether the focused pane has all the room.
  public internal(set) var isZoomed = false
  /// See `PaneLayout.steps`.
  public internal(set) var paneSteps: [Pane: Int]
  /// The pane whose border follows the mouse.
  public internal(set) var draggedBorder: Pane?
  /// The last tagging, to be done again.
  var lastOperation: LabelOperation?
  /// The question for rows to mark that has not been answered yet.
  var outstandingMarks: QueryID?
  /// The filter as it was before it was being typed.
  var searchBefore = ""
  /// How many images were marked then.
  var markCountBefore = 0
  /// The last ticket handed out.
  var lastTicket = 0

  /// An empty screen; `.opened` fills it.
  public init(
    project: Project, viewport: Viewport, preferences: Preferences = Preferences(),
    layout: PaneLayout = PaneLayout()
  ) {
    self.project = project
    self.viewport = viewport
    self.preferences = preferences
    notice = preferences.remarks.isEmpty ? nil : .settingsPassedOver(preferences.remarks)
    paneSteps = layout.steps
    images.isSheet = layout.isSheet
  }

  mutating func nextTicket<Subject>() -> Ticket<Subject> {
    lastTicket += 1
    return Ticket(lastTicket)
  }
}

/// The picture that the preview pane shows.
public struct Preview: Equatable, Sendable {
  public enum Status: Equatable, Sendable {
    case loading
    case ready
    case failed(reason: String)
  }

  public let content: ContentHash
  public internal(set) var status: Status = .loading
}

/// What was predicted of an image that no iteration judged out of fold.
public struct Prediction: Equatable, Sendable {
  public let image: ImageID
  /// `nil` until it is there, and where there is none.
  public internal(set) var judgement: Judgement?
}

/// What an image is taken for, and who says so.
public struct Suggestion: Equatable, Sendable {
  public let judgement: Judgement
  /// Whether it was learned from the tags as they are now, else it is of the iteration in use.
  public let isLive: Bool
}

/// The characters that pictures are drawn with.
public enum PictureSymbols: String, Hashable, Sendable, CaseIterable {
  case blocks
  case halfBlocks = "half-blocks"
  case braille
  case ascii
}

/// A kind of work that a person starts and that runs behind the screen.
public enum Job: Hashable, Sendable {
  case training
  case importing
}

extension State {
  /// The tags that an image bears, with changes that are on their way.
  public func tags(of image: Image) -> [TagID] {
    let rules = self.rules
    return pendingChanges.reduce(image.tags) { tags, change in
      change.images.contains(image.id) ? rules.tags(after: change.operation, from: tags) : tags
    }
  }

  /// What the iteration in use predicts of an image; `nil` where that is not known.
  public func judgement(of image: Image) -> Judgement? {
    images.judgements[image.id]
      ?? (prediction?.image == image.id ? prediction?.judgement : nil)
  }

  /// What an image is taken for, as far as it is known: what is shown beside it, what the list of
  /// tags is ordered by, and what a single key gives.
  ///
  /// What was learned last counts, but in a list that was made of the iteration's predictions.
  public func suggestion(for image: Image) -> Suggestion? {
    if !images.selection.asksForPredictions, case .live(let figures) = live,
      let judgement = figures.judgement(of: image.id)
    {
      return Suggestion(judgement: judgement, isLive: true)
    }
    return judgement(of: image).map { Suggestion(judgement: $0, isLive: false) }
  }

  /// Whether an image was judged out of fold and bears other tags than predicted.
  public func isWrong(_ image: Image) -> Bool {
    guard let judgement = images.judgements[image.id] else { return false }
    let borne = tags(of: image)
    if project.type == .multiclass, borne.isEmpty { return false }
    let known = Set(judgement.probabilities.map(\.tag))
    return Set(judgement.predictedTags(project.type)) != Set(borne).intersection(known)
  }

  /// Whether a change of the image's tags is not saved yet.
  public func isPending(_ image: ImageID) -> Bool {
    pendingChanges.contains { $0.images.contains(image) }
  }

  /// How the images pane is divided now.
  var imagePage: ImagePage {
    if isPictureOpen { return ImagePage(columns: 1, lines: viewport.imageRows) }
    return images.isSheet
      ? ImagePage(columns: viewport.sheetColumns, lines: viewport.sheetLines)
      : ImagePage(columns: 1, lines: viewport.imageRows)
  }

  /// Whether tags are learned from as they are given.
  public var isLearning: Bool {
    if case .live = live { true } else { false }
  }

  /// How the project's tags exclude each other.
  var rules: TaggingRules {
    TaggingRules(type: project.type, tags: tags.counts.map(\.tag))
  }

  /// The jobs that run, the one started last at the end.
  public var runningJobs: [(kind: Job, id: JobID)] {
    let jobs = [
      training.job.map { (kind: Job.training, id: $0.id) },
      importing.map { (kind: Job.importing, id: $0.id) },
    ]
    return jobs.compactMap { $0 }.sorted { $0.id < $1.id }
  }

  /// The tag under the cursor of the tags pane, which is what the images are filtered by.
  public var tagAtCursor: Tag? {
    if case .tag(let id) = images.filter { tags.tag(id) } else { nil }
  }

  /// What tagging means now: the marked images, else the one under the cursor.
  public var selection: [ImageID] {
    if !images.marks.isEmpty { return images.marks.sorted() }
    return images.current.map { [$0.id] } ?? []
  }
}
