public import Dataset

/// All that the screen means: a value, changed by `update` alone.
public struct State: Equatable, Sendable {
  public internal(set) var project: Project
  public internal(set) var viewport: Viewport
  public internal(set) var focus: Pane = .images
  public internal(set) var tags = TagsState()
  /// Whether `tags` holds the library's answer yet.
  public internal(set) var hasLoadedTags = false
  public internal(set) var images = ImagesState()
  public internal(set) var preview: Preview?
  public internal(set) var training = TrainingState()
  public internal(set) var importing: ImportJob?
  public internal(set) var embedding: EmbeddingJob?
  /// Changes of labels that are shown and not saved yet, oldest first.
  public internal(set) var pendingChanges: [LabelChange] = []
  public internal(set) var overlay: Overlay?
  public internal(set) var notice: Notice?
  /// The last ticket handed out.
  var lastTicket = 0

  /// An empty screen; `.opened` fills it.
  public init(project: Project, viewport: Viewport) {
    self.project = project
    self.viewport = viewport
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

  /// Whether a change of the image's tags is not saved yet.
  public func isPending(_ image: ImageID) -> Bool {
    pendingChanges.contains { $0.images.contains(image) }
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

  /// What tagging means now: the marked images, else the one under the cursor.
  var selection: [ImageID] {
    if !images.marks.isEmpty { return images.marks.sorted() }
    return images.current.map { [$0.id] } ?? []
  }
}
