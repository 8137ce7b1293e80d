public import Dataset
public import Workbench

/// A library that lives in memory and answers effects at once, as the real one does in its time.
///
/// Jobs are only noted: tests send their progress and their ends.
public struct MemoryLibrary {
  public var project: Project
  public private(set) var tags: [Tag]
  public private(set) var images: [Image]
  public var report: IterationReport?
  /// The next change of labels is refused for this reason.
  public var rejection: String?
  /// Effects that have no answer of this library's, in their order.
  public private(set) var unanswered: [Effect] = []
  private var undoable: [[Image]] = []
  private var redoable: [[Image]] = []

  public init(project: Project, tags: [Tag], images: [Image]) {
    self.project = project
    self.tags = tags
    self.images = images
  }

  /// Carries an effect out and returns what it is answered by.
  public mutating func answer(_ effect: Effect) -> [Message] {
    switch effect {
    case .loadProject: return [.projectLoaded(project)]
    case .loadTags: return [.tagsLoaded(tagsState)]
    case .loadImages(let query): return [.imagesLoaded(window(for: query))]
    case .loadReport: return [.reportLoaded(report)]
    case .loadThumbnail(let content): return [.thumbnailReady(content)]
    case .changeLabels(let change): return [carryOut(change)]
    case .undo: return [.undone(Self.swap(&images, from: &undoable, to: &redoable))]
    case .redo: return [.redone(Self.swap(&images, from: &redoable, to: &undoable))]
    case .createTag(let name):
      guard !tags.contains(where: { $0.name == name }) else {
        return [.effectFailed(reason: "There is a tag \(name) already")]
      }
      let tag = Tag(id: SampleProject.tagID(tags.count + 1), name: name)
      tags.append(tag)
      return [.tagCreated(tag)]
    case .startEmbedding(let id): return [.embeddingEnded(id, .completed(unreadableCount: 0))]
    case .startTraining, .startImport, .cancel, .quit:
      unanswered.append(effect)
      return []
    }
  }

  /// Replaces the images, as another process might.
  public mutating func replaceImages(_ images: [Image]) { self.images = images }

  private var tagsState: TagsState {
    TagsState(
      counts: tags.map { tag in
        TagCount(tag: tag, imageCount: images.count { $0.tags.contains(tag.id) })
      },
      imageCount: images.count, untaggedCount: images.count { $0.tags.isEmpty })
  }

  private func window(for query: ImageQuery) -> ImageWindow {
    let matches = images.filter { passes($0, query.filter) }
    let range: Range<Int>
    var anchorRow: Int?
    switch query.place {
    case .rows(let rows): range = rows
    case .around(let image, let row, let count):
      if let place = images.firstIndex(where: { $0.id == image }) {
        anchorRow = images[..<place].count { passes($0, query.filter) }
      }
      let start = max(0, (anchorRow ?? row) - count / 2)
      range = start..<start + count
    }
    let visible = range.clamped(to: 0..<matches.count)
    return ImageWindow(
      query: query.id, matchCount: matches.count, start: visible.lowerBound,
      rows: Array(matches[visible]), anchorRow: anchorRow)
  }

  private func passes(_ image: Image, _ filter: ImageFilter) -> Bool {
    switch filter {
    case .all: true
    case .untagged: image.tags.isEmpty
    case .tagged: !image.tags.isEmpty
    case .tag(let tag): image.tags.contains(tag)
    case .removed: false
    }
  }

  private mutating func carryOut(_ change: LabelChange) -> Message {
    if let reason = rejection {
      rejection = nil
      return .labelsRejected(change.id, reason: reason)
    }
    undoable.append(images)
    redoable = []
    for index in images.indices where change.images.contains(images[index].id) {
      carryOut(change.operation, on: &images[index].tags)
    }
    return .labelsSaved(change.id)
  }

  private func carryOut(_ operation: LabelOperation, on given: inout [TagID]) {
    switch operation {
    case .clear: given = []
    case .remove(let tag): given.removeAll { $0 == tag }
    case .add(let tag):
      let negative = tags.first { $0.kind == .negative }?.id
      var set: Set<TagID> = [tag]
      if project.type == .multilabel, tag != negative {
        set.formUnion(given)
        if let negative { set.remove(negative) }
      }
      given = tags.map(\.id).filter(set.contains)
    }
  }

  private static func swap(
    _ images: inout [Image], from source: inout [[Image]], to target: inout [[Image]]
  ) -> ChangeSummary? {
    guard let before = source.popLast() else { return nil }
    let changed = zip(images, before).filter { $0.tags != $1.tags }.map(\.0.id)
    target.append(images)
    images = before
    return ChangeSummary(command: "label add", images: changed)
  }
}
