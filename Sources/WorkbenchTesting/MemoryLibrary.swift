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
  /// What is said without a training.
  public var live = LiveState.resting(.notBegun)
  /// Lists to go through; others are empty.
  public var reviews: [ReviewKind: ReviewList] = [:]
  public var performance = PerformanceAnswer(detail: nil, base: nil, iterations: [])
  /// What is predicted of images, out of fold.
  public var judgements: [ImageID: Judgement] = [:]
  /// What would help most.
  public var advice: String?
  /// What speaks for their tags.
  public var explanations: [ImageID: Explanation] = [:]
  /// Settings that were to be kept, in their order.
  public private(set) var savedSettings: [Setting] = []
  /// The layout that was to be kept last.
  public private(set) var savedLayout: PaneLayout?
  /// Images whose tags were said to be right.
  public private(set) var confirmed: Set<ImageID> = []
  /// The next change of labels is refused for this reason.
  public var rejection: String?
  /// Effects that have no answer of this library's, in their order.
  public private(set) var unanswered: [Effect] = []
  private var undoable: [Contents] = []
  private var redoable: [Contents] = []

  /// What a change can take away or add.
  private struct Contents {
    var tags: [Tag]
    var images: [Image]
  }

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
    case .loadRowsToMark(let id, let selection, let rows):
      let matches = self.matches(selection)
      return [.rowsToMark(id, matches[rows.clamped(to: 0..<matches.count)].map(\.id))]
    case .loadExplanation(let image):
      return explanations[image].map {
        [.explanationLoaded(image, $0, words: "mostly on the left")]
      }
        ?? [.explanationNotLoaded(image, reason: "the network is not known")]
    case .loadJudgement(let image): return [.judgementLoaded(image, judgements[image])]
    case .completePath(let text):
      return [.pathsCompleted(of: text, text: text + "/", choices: ["a/", "b"])]
    case .findPaths(let paths): return [.pathsFound(of: paths, isAnyThere: true)]
    case .loadReport: return [.reportLoaded(report)]
    case .loadAdvice: return [.adviceLoaded(advice)]
    case .learnLive: return [.liveLearned(live)]
    case .loadReview(let kind):
      return [.reviewLoaded(reviews[kind] ?? ReviewList(kind: kind, lines: []))]
    case .takeAsked:
      return [.reviewLoaded(reviews[.asked] ?? ReviewList(kind: .asked, lines: []))]
    case .loadHistory(let image):
      let lines = (1...30).map {
        HistoryLine(
          time: "2026-11-25 12:\(60 - $0)", actor: "ann", what: "label add: event \($0)")
      }
      return [.historyLoaded(of: image?.name, lines)]
    case .loadEvidence(let image): return [.evidenceLoaded(evidence(for: image))]
    case .acceptSuggestions(let threshold): return [accept(from: threshold)]
    case .loadPerformance: return [.performanceLoaded(performance)]
    case .loadThumbnail(let content): return [.thumbnailReady(content)]
    case .changeLabels(let change): return [carryOut(change)]
    case .confirmTags(let images):
      confirmed.formUnion(images)
      return [.changeSaved(.confirmed(count: images.count))]
    case .keepAll(let images): return [.changeSaved(.kept(count: images.count))]
    case .keepOne(let kept, let removing):
      noteChange()
      return [.changeSaved(.keptOne(keepOne(kept, removing: removing)))]
    case .removeImages(let removed):
      noteChange()
      images.removeAll { removed.contains($0.id) }
      return [.changeSaved(.removed(count: removed.count))]
    case .undo: return [.undone(swap(from: \.undoable, to: \.redoable))]
    case .redo: return [.redone(swap(from: \.redoable, to: \.undoable))]
    case .renameTag(let tag, let name):
      guard let index = tags.firstIndex(where: { $0.id == tag.id }) else { return [] }
      noteChange()
      tags[index].name = name
      return [.changeSaved(.tagRenamed(from: tag.name, to: name))]
    case .deleteTag(let tag):
      noteChange()
      let count = retag(tag, as: nil)
      return [.changeSaved(.tagDeleted(name: tag.name, imageCount: count))]
    case .mergeTag(let tag, let other):
      noteChange()
      let count = retag(tag, as: other)
      return [.changeSaved(.tagMerged(name: tag.name, into: other.name, imageCount: count))]
    case .createTag(let name, let givingTo):
      guard !tags.contains(where: { $0.name == name }) else {
        return [
          .promptRefused(.newTag, text: name, reason: "There is a tag \(name) already")
        ]
      }
      let tag = Tag(id: SampleProject.tagID(tags.count + 1), name: name)
      tags.append(tag)
      return [.tagCreated(tag, givenTo: givingTo)]
    case .loadProjects:
      return [
        .projectsLoaded([
          ProjectLine(project: project, imageCount: images.count, tagCount: tags.count)
        ])
      ]
    case .renameProject(let name):
      project.name = name
      return [.projectLoaded(project)]
    case .saveSetting(let setting):
      savedSettings.append(setting)
      return [.settingSaved]
    case .saveLayout(let layout):
      savedLayout = layout
      return [.settingSaved]
    case .startEmbedding(let id): return [.embeddingEnded(id, .completed(unreadableCount: 0))]
    case .openProject, .createProject, .deleteProject, .startTraining, .startImport, .cancel,
      .quit:
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
    let matches = matches(query.selection)
    let range: Range<Int>
    var anchorRow: Int?
    switch query.place {
    case .rows(let rows): range = rows
    case .around(let image, let row, let count):
      if query.selection.order != .imported || query.selection.isReversed
        || query.selection.listed != nil
      {
        anchorRow = matches.firstIndex { $0.id == image }
      } else if let place = images.firstIndex(where: { $0.id == image }) {
        anchorRow = images[..<place].count { passes($0, query.selection) }
      }
      let start = max(0, (anchorRow ?? row) - count / 2)
      range = start..<start + count
    }
    let visible = range.clamped(to: 0..<matches.count)
    return ImageWindow(
      query: query.id, matchCount: matches.count, start: visible.lowerBound,
      rows: Array(matches[visible]),
      judgements: judgements.filter { id, _ in matches[visible].contains { $0.id == id } },
      anchorRow: anchorRow)
  }

  private func matches(_ selection: ImageSelection) -> [Image] {
    let found = images.filter { passes($0, selection) }
    if let listed = selection.listed {
      return listed.compactMap { id in found.first { $0.id == id } }
    }
    let sorted =
      switch selection.order {
      case .imported: found
      case .name: found.sorted { $0.name < $1.name }
      case .size: found.sorted { $0.byteCount > $1.byteCount }
      case .certainty: found.sorted { certainty($0) > certainty($1) }
      }
    return selection.isReversed ? sorted.reversed() : sorted
  }

  /// The nearest are those that come next.
  private func evidence(for image: ImageID) -> Evidence {
    guard let index = images.firstIndex(where: { $0.id == image }) else {
      return Evidence(image: image)
    }
    let others = images[(index + 1)...]
    return Evidence(
      image: image, agreeing: others.first { $0.tags == images[index].tags },
      disagreeing: others.first { !$0.tags.isEmpty && $0.tags != images[index].tags })
  }

  private mutating func accept(from threshold: Double) -> Message {
    guard case .live(let figures) = live else { return .changeSaved(.accepted(count: 0)) }
    let before = images
    for index in images.indices where images[index].tags.isEmpty {
      guard let top = figures.judgement(of: images[index].id)?.top,
        Double(top.probability) >= threshold
      else { continue }
      carryOut(.add(top.tag), on: &images[index].tags)
    }
    let count = zip(before, images).count { $0.tags != $1.tags }
    if count > 0 {
      undoable.append(Contents(tags: tags, images: before))
      redoable = []
    }
    return .changeSaved(.accepted(count: count))
  }

  private func certainty(_ image: Image) -> Float { judgements[image.id]?.top?.probability ?? 0 }

  private func passes(_ image: Image, _ selection: ImageSelection) -> Bool {
    passes(image, selection.filter) && selection.terms.allSatisfy { passes(image, $0) }
  }

  private func passes(_ image: Image, _ term: SearchTerm) -> Bool {
    let names = tags.filter { image.tags.contains($0.id) }.map(\.name)
    switch term {
    case .text(let text): return (names + [image.name]).contains { $0.contains(text) }
    case .name(let text): return image.name.contains(text)
    case .tag(let pattern): return names.contains { $0.hasPrefix(pattern.text) }
    case .untagged: return image.tags.isEmpty
    case .wrong:
      guard let judgement = judgements[image.id], !image.tags.isEmpty else { return false }
      return judgement.predictedTags(project.type) != image.tags && !confirmed.contains(image.id)
    case .predicted(let pattern):
      let top = judgements[image.id]?.top
      return tags.contains { $0.id == top?.tag && $0.name.hasPrefix(pattern.text) }
    case .probability(let comparison, let number):
      guard judgements[image.id] != nil else { return false }
      return Self.holds(Double(certainty(image)), comparison, number)
    case .size(let comparison, let count):
      return Self.holds(Double(image.byteCount), comparison, Double(count))
    case .not(let term): return !passes(image, term)
    }
  }

  private static func holds(
    _ left: Double, _ comparison: SearchTerm.Comparison, _ right: Double
  ) -> Bool {
    switch comparison {
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
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
    noteChange()
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

  /// To be called before a change that can be undone.
  private mutating func noteChange() {
    undoable.append(Contents(tags: tags, images: images))
    redoable = []
  }

  private mutating func swap(
    from source: WritableKeyPath<Self, [Contents]>, to target: WritableKeyPath<Self, [Contents]>
  ) -> ChangeSummary? {
    guard let before = self[keyPath: source].popLast() else { return nil }
    let now = Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.tags) })
    let changed = before.images.filter { now[$0.id] != $0.tags }.map(\.id)
    self[keyPath: target].append(Contents(tags: tags, images: images))
    tags = before.tags
    images = before.images
    return ChangeSummary(command: "label add", images: changed)
  }

  /// Takes a tag out of the list; its images get the other one, if any. Returns how many they are.
  private mutating func retag(_ tag: Tag, as other: Tag?) -> Int {
    var count = 0
    for index in images.indices where images[index].tags.contains(tag.id) {
      count += 1
      images[index].tags.removeAll { $0 == tag.id }
      if let other { carryOut(.add(other.id), on: &images[index].tags) }
    }
    tags.removeAll { $0.id == tag.id }
    return count
  }

  private mutating func keepOne(_ kept: ImageID, removing: [ImageID]) -> KeptImage {
    let others = images.filter { removing.contains($0.id) && $0.id != kept }
    images.removeAll { image in others.contains { $0.id == image.id } }
    let borne = Set(others.map(\.tags).filter { !$0.isEmpty })
    guard let index = images.firstIndex(where: { $0.id == kept }), images[index].tags.isEmpty
    else { return KeptImage(removedCount: others.count, takenOver: [], tagsDiffered: false) }
    if borne.count == 1, let given = borne.first { images[index].tags = given }
    let takenOver = tags.filter { images[index].tags.contains($0.id) }.map(\.name)
    return KeptImage(
      removedCount: others.count, takenOver: takenOver, tagsDiffered: borne.count > 1)
  }
}
