public import Dataset
import ProjectStore

/// What became of taking a change back.
public struct ReversalOutcome: Hashable, Sendable {
  /// What the change was asked for as: `label add`, `tag merge`.
  public let command: String
  /// How many of its events were taken back.
  public let revertedCount: Int
  /// How many were left alone because somebody else had changed the same thing since.
  public let skippedCount: Int
  /// The images whose tags or membership changed.
  public let images: [ImageID]

  public init(command: String, revertedCount: Int, skippedCount: Int, images: [ImageID]) {
    self.command = command
    self.revertedCount = revertedCount
    self.skippedCount = skippedCount
    self.images = images
  }
}

extension Library {
  /// The project's log, newest event first.
  ///
  /// - Parameters:
  ///   - image: Only what happened to this image.
  ///   - tag: Only what happened to this tag, its labels included.
  ///   - actor: Only what this person or program changed.
  ///   - position: Only what comes after it.
  public func history(
    of project: ProjectID, image: ImageID? = nil, tag: TagID? = nil, actor: String? = nil,
    after position: Int64? = nil, limit: Int = Int.max
  ) throws -> [Event] {
    try store.read {
      try $0.history(
        of: project, image: image, tag: tag, actor: actor, after: position, limit: limit)
    }
  }

  /// Where the project's log stands: it moves with every change, whoever makes it; 0 with none.
  public func position(of project: ProjectID) throws -> Int64 {
    try store.read { try $0.position(of: project) }
  }

  /// A number that is another one after each change of the library, whoever makes it: a cheap way to
  /// learn that it is worth looking.
  public func changeCounter() throws -> Int64 { try store.changeCounter() }

  /// The labels of the project's images as they were when an iteration was trained.
  public func labels(
    of project: ProjectID, asOf iteration: Iteration
  ) throws -> [(image: ImageID, tag: TagID)] {
    try store.read { try $0.labels(of: project, asOf: iteration.position) }
  }

  /// Takes back this person's last change by appending its inverse; `nil` with nothing to undo.
  public func undo(in project: ProjectID) throws -> ReversalOutcome? {
    try reverse(.undo, in: project)
  }

  /// Takes back this person's last undo; `nil` with nothing to redo.
  public func redo(in project: ProjectID) throws -> ReversalOutcome? {
    try reverse(.redo, in: project)
  }

  private func reverse(_ reversal: Reversal, in project: ProjectID) throws -> ReversalOutcome? {
    guard let next = try store.read({ try $0.nextChange(to: reversal, in: project, by: actor) })
    else { return nil }
    let command = reversal == .undo ? "undo" : "redo"
    return try change(in: project, command: command, undoes: next) { recorder in
      // Another process of the same person may have been faster: look again inside the transaction.
      guard try recorder.snapshot.nextChange(to: reversal, in: project, by: actor) == next else {
        return nil
      }
      let type = try recorder.snapshot.rules(of: project).type
      try recorder.begin()
      return try recorder.revert(next, in: project, type: type)
    }
  }
}

extension Recorder {
  /// Records the inverse of a change, event by event from its end.
  ///
  /// An event is skipped when what it made true is no longer so, when somebody else has changed the
  /// same thing since, or when its inverse does not go with what is true now.
  mutating func revert(
    _ change: Int64, in project: ProjectID, type: ClassificationType
  ) throws -> ReversalOutcome {
    var revertedCount = 0
    var skippedCount = 0
    var images: [ImageID] = []
    let events = try snapshot.events(of: change)
    let isOfMaking = Fact.belongsToMaking(among: events.map(\.before))
    for event in events.reversed() where !isOfMaking(event.before) {
      guard try snapshot.holds(event.after, in: project),
        try !snapshot.wasTouched(byOthersSince: event, wholeImage: type == .multiclass),
        try mayRecord(event.before, in: project)
      else {
        skippedCount += 1
        continue
      }
      try record(event.before)
      revertedCount += 1
      if let image = event.before.image, images.last != image { images.append(image) }
    }
    return ReversalOutcome(
      command: try snapshot.command(of: change), revertedCount: revertedCount,
      skippedCount: skippedCount, images: images)
  }

  /// Whether a fact of old may become true again beside what is true now.
  func mayRecord(_ fact: Fact, in project: ProjectID) throws -> Bool {
    switch fact {
    case .label(let image, let tag, true):
      let rules = try snapshot.rules(of: project)
      let borne = try snapshot.tags(on: image)
      return rules.tags.contains { $0.id == tag } && rules.allow(borne + [tag])
    case .tagName(let tag, let name):
      return try !snapshot.tags(of: project).contains { $0.name == name && $0.id != tag }
    case .tagExistence(let tag, true):
      let all = try snapshot.tags(of: project, includingDeleted: true)
      let present = try snapshot.tags(of: project)
      guard let found = all.first(where: { $0.id == tag }) else { return false }
      return !present.contains {
        $0.name == found.name || ($0.kind == .negative && found.kind == .negative)
      }
    case .tagExistence(let tag, false): return try snapshot.images(bearing: tag).isEmpty
    case .tagKind(let tag, .negative):
      return try snapshot.obstacle(toNegative: tag, in: project) == nil
    case .projectName(let name): return try isFree(name, for: project)
    case .projectExistence(true):
      guard let found = try snapshot.project(project) else { return false }
      return try isFree(found.name, for: project)
    case .projectType(.multiclass): return try snapshot.countOfSeveralTags(in: project) == 0
    case .label(_, _, false), .tagKind(_, .regular), .projectType(.multilabel),
      .projectExistence(false), .verdict, .membership, .tagDescription, .imageMetadata,
      .keptBesideDuplicates, .projectDescription, .projectDomain:
      return true
    }
  }

  private func isFree(_ name: String, for project: ProjectID) throws -> Bool {
    try !snapshot.projects().contains { $0.name == name && $0.id != project }
  }
}

extension Fact {
  /// Tells which of the facts that held before a change are only what a tag was before it was made: its
  /// name and kind stay with it when it is unmade, so that it can be restored by them.
  static func belongsToMaking(among before: [Fact]) -> (Fact) -> Bool {
    let made = Set(
      before.compactMap { fact -> TagID? in
        if case .tagName(let tag, "") = fact { tag } else { nil }
      })
    return { fact in
      switch fact {
      case .tagName(let tag, _), .tagKind(let tag, _): made.contains(tag)
      default: false
      }
    }
  }

  /// The image whose tags or membership it is about.
  var image: ImageID? {
    switch self {
    case .label(let image, _, _), .verdict(let image, _, _), .membership(let image, _): image
    default: nil
    }
  }
}
