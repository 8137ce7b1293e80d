import Dataset
import Evaluation
import Imaging
import ProjectLibrary
import TerminalGrid
import Thumbnails
import Workbench

/// Carries effects out on the library and puts what came of it into messages.
///
/// Every function blocks the thread that calls it, for as long as the library takes.
struct LibraryDesk: Sendable {
  let library: Library
  /// As it was when the workbench opened; what may have changed since is asked for anew.
  let project: Project
  /// Whether the backbones are in place.
  let canEmbed: Bool
  let wording: WorkbenchWording
  /// What learns from the project's tags as they are given.
  let live: LiveLearner

  init(
    library: Library, project: Project, canEmbed: Bool, wording: WorkbenchWording,
    liveLimit: Int = LiveLearner.standardMostTagged
  ) {
    self.library = library
    self.project = project
    self.canEmbed = canEmbed
    self.wording = wording
    live = LiveLearner(library, project.id, mostTagged: liveLimit)
  }

  // MARK: - Questions

  func loadProject() -> Message {
    wordingFailure { .projectLoaded(try library.project(project.id)) }
  }

  func loadTags() -> Message {
    wordingFailure {
      let project = try library.project(project.id)
      let counts = try library.tagCounts(of: project.id)
      let imageCount = try library.imageCount(of: project.id)
      return .tagsLoaded(
        TagsState(
          counts: counts, imageCount: imageCount,
          untaggedCount: try library.untaggedCount(
            of: project, imageCount: imageCount, counts: counts)))
    }
  }

  func loadImages(_ query: ImageQuery) -> Message {
    do {
      let found = try rows(query)
      return .imagesLoaded(
        ImageWindow(
          query: query.id, matchCount: found.matchCount, start: found.start, rows: found.images,
          judgements: found.judgements, anchorRow: found.anchorRow))
    } catch {
      return .imagesNotLoaded(query.id, reason: wording.error(error))
    }
  }

  private func rows(_ query: ImageQuery) throws -> ImageRows {
    switch query.place {
    case .rows(let range): return try library.rows(range, of: project.id, query.selection)
    case .around(let image, let row, let count):
      let found = try library.rows(
        around: image, count: count, of: project.id, query.selection)
      if found.anchorRow != nil { return found }
      // The image is gone: what stood about it is still of interest.
      let start = max(0, row - count / 2)
      return try library.rows(start..<start + count, of: project.id, query.selection)
    }
  }

  func loadRowsToMark(_ id: QueryID, _ selection: ImageSelection, _ rows: Range<Int>) -> Message {
    wordingFailure {
      .rowsToMark(id, try library.imageIDs(rows, of: project.id, selection))
    }
  }

  func loadJudgement(_ image: ImageID) -> Message {
    wordingFailure {
      .judgementLoaded(image, try library.judgement(of: image, in: project.id))
    }
  }

  func loadExplanation(of id: ImageID) -> Message {
    do {
      guard let image = try library.image(id) else { throw LibraryError.imageNotFound("\(id)") }
      let project = try library.project(project.id)
      let explanation = try library.explain(
        image, with: try library.classifier(try library.iteration(nil, of: project)))
      return .explanationLoaded(id, explanation, words: wording.explanation(explanation))
    } catch {
      return .explanationNotLoaded(id, reason: wording.error(error))
    }
  }

  func loadHistory(of image: Image?) -> Message {
    wordingFailure {
      let events = try library.history(
        of: project.id, image: image?.id, limit: Self.mostEvents)
      return .historyLoaded(
        of: image?.name, try wording.history(events, library, project.id))
    }
  }

  /// Nobody reads on beyond so many; the command line lists all.
  private static let mostEvents = 500

  func loadReport() -> Message {
    wordingFailure {
      let iteration = try library.currentIteration(of: project)
      return .reportLoaded(try iteration.map(reportWithChange))
    }
  }

  func report(of iteration: Iteration, after before: Iteration? = nil) throws -> IterationReport {
    let found = try library.performance(of: iteration)
    return IterationReport(
      iteration: found.iteration, tags: found.tags, performance: found.performance,
      averagePrecisionsBefore: try before.map { try report(of: $0).averagePrecisions } ?? [:])
  }

  /// The figures of an iteration, with those of the newest that is older.
  func reportWithChange(of iteration: Iteration) throws -> IterationReport {
    let before = try library.iterations(of: project.id).map(\.iteration)
      .filter { $0.number < iteration.number }.max { $0.number < $1.number }
    return try report(of: iteration, after: before)
  }

  /// The figures of an iteration, else of the one in use, and what it is compared with: the one that
  /// is given, else the newest that is older.
  func loadPerformance(_ wanted: IterationID?, base: IterationID?) -> Message {
    wordingFailure {
      let summaries = try library.iterations(of: project.id)
      let lines = summaries.map { summary in
        IterationLine(
          iteration: summary.iteration, precision: summary.metrics.precision,
          recall: summary.metrics.recall, averagePrecision: summary.metrics.averagePrecision,
          accuracy: summary.metrics.accuracy, isCurrent: summary.isCurrent)
      }
      let shown = lines.first { wanted == nil ? $0.isCurrent : $0.iteration.id == wanted }
      guard let iteration = shown?.iteration else {
        return .performanceLoaded(PerformanceAnswer(detail: nil, base: nil, iterations: lines))
      }
      let other = lines.first { line in
        base == nil ? line.iteration.number < iteration.number : line.iteration.id == base
      }
      let judged = try library.outOfFold(of: iteration)
      let detail = IterationDetail(
        report: IterationReport(
          iteration: iteration, tags: judged.tags,
          performance: Performance(of: judged.predictions, against: judged.targets)),
        counts: ThresholdCounts(of: judged.predictions, against: judged.targets),
        calibration: CalibrationCurve(
          ofTopClassesOf: judged.predictions, against: judged.targets))
      return .performanceLoaded(
        PerformanceAnswer(
          detail: detail, base: try other.map { try report(of: $0.iteration) },
          iterations: lines))
    }
  }

  /// Every workbench looks for pictures to read when it opens: that is told once it has found some.
  private var jobsElsewhere: [JobElsewhere] {
    library.jobsElsewhere(of: project.id).map(JobElsewhere.init)
      .filter { $0.kind != .embedding || $0.totalCount > 0 }
  }

  func mark(after known: LibraryMark?) -> Letter {
    do {
      return .mark(
        try library.mark(of: project, after: known),
        jobsElsewhere.sorted {
          ($0.kind.place, $0.totalCount) < ($1.kind.place, $1.totalCount)
        })
    } catch {
      return .noMark(reason: wording.error(error))
    }
  }

  /// Makes a picture's cells, which takes milliseconds.
  func render(_ key: ThumbnailCache<ContentHash>.Key) -> Letter {
    do {
      return .picture(key, try cells(of: key))
    } catch {
      let reason = wording.error(error)
      return .answer(.picture, .thumbnailFailed(key.content, reason: reason))
    }
  }

  /// Makes the cells of a picture in a contact sheet; `nil` where there is none to be had.
  func renderTile(_ key: ThumbnailCache<ContentHash>.Key) -> Letter {
    do {
      return .tile(key, try cells(of: key))
    } catch {
      // The tile stays empty; the preview tells why when the cursor is on it.
      return .tile(key, nil)
    }
  }

  private func cells(of key: ThumbnailCache<ContentHash>.Key) throws -> Grid {
    let image: PixelImage
    // A thumbnail has fewer pixels than a large picture has cells. Where the original is gone, it is
    // better than nothing.
    if key.limit.width > Self.thumbnailColumns,
      let original = try? library.picture(of: key.content, maxSide: 1024)
    {
      image = original
    } else {
      image = try library.thumbnail(of: key.content)
    }
    return key.renderer.render(image, within: key.limit)
  }

  /// Up to so many columns a thumbnail has all the pixels that can be seen.
  private static let thumbnailColumns = 100

  // MARK: - Changes

  func change(_ change: LabelChange) -> Letter {
    movingLog {
      do {
        try library.label(change.images, change.operation, in: project.id)
        return .labelsSaved(change.id)
      } catch {
        return .labelsRejected(change.id, reason: wording.error(error))
      }
    }
  }

  func undo() -> Letter {
    movingLog {
      wordingFailure {
        return .undone(try library.undo(in: project.id).map(ChangeSummary.init))
      }
    }
  }

  func redo() -> Letter {
    movingLog {
      wordingFailure {
        return .redone(try library.redo(in: project.id).map(ChangeSummary.init))
      }
    }
  }

  // MARK: - Projects

  func loadProjects() -> Message {
    wordingFailure {
      .projectsLoaded(
        try library.projects().map { project in
          ProjectLine(
            project: project, imageCount: try library.imageCount(of: project.id),
            tagCount: try library.tagCounts(of: project.id).count)
        })
    }
  }

  func createProject(_ name: String, _ type: ClassificationType) -> Letter {
    .changed(
      wordingFailure { .projectOpened(try library.createProject(name, type: type)) }, nil)
  }

  func renameProject(_ name: String) -> Letter {
    movingLog {
      wordingFailure(of: .renameProject, with: name) {
        try library.rename(try library.project(project.id), to: name)
        return .projectLoaded(try library.project(project.id))
      }
    }
  }

  /// Deletes the project and goes on with another one; a library always has one to show.
  func deleteProject() -> Letter {
    .changed(
      wordingFailure {
        let deleted = try library.project(project.id)
        try library.delete(deleted)
        let other = try library.projects().first
        return .projectDeleted(
          name: deleted.name, next: try other ?? library.createProject("my pictures"),
          isNew: other == nil)
      }, nil)
  }

  // MARK: - Tags

  func createTag(_ name: String, givingTo images: [ImageID]) -> Letter {
    movingLog {
      wordingFailure(of: .newTag, with: name) {
        return .tagCreated(try library.createTag(name, in: project.id), givenTo: images)
      }
    }
  }

  func renameTag(_ tag: Tag, to name: String) -> Letter {
    movingLog {
      wordingFailure(of: .renameTag(tag), with: name) {
        try library.renameTag(tag.id.description, to: name, in: project.id)
        return .changeSaved(.tagRenamed(from: tag.name, to: name))
      }
    }
  }

  func deleteTag(_ tag: Tag) -> Letter {
    movingLog {
      wordingFailure {
        let count = try library.deleteTag(tag.id.description, in: project.id)
        return .changeSaved(.tagDeleted(name: tag.name, imageCount: count))
      }
    }
  }

  func mergeTag(_ tag: Tag, into other: Tag) -> Letter {
    movingLog {
      wordingFailure {
        let count = try library.mergeTag(
          tag.id.description, into: other.id.description, in: project.id)
        return .changeSaved(.tagMerged(name: tag.name, into: other.name, imageCount: count))
      }
    }
  }

  // MARK: - Images

  func confirmTags(_ images: [ImageID]) -> Letter {
    movingLog {
      wordingFailure {
        try library.confirmLabels(images, in: project.id)
        return .changeSaved(.confirmed(count: images.count))
      }
    }
  }

  func keepAll(_ images: [ImageID]) -> Letter {
    movingLog {
      wordingFailure {
        try library.keepBesideDuplicates(images, in: project.id)
        return .changeSaved(.kept(count: images.count))
      }
    }
  }

  func keepOne(_ kept: ImageID, removing images: [ImageID]) -> Letter {
    movingLog {
      wordingFailure {
        let outcome = try library.keepOne(kept, removing: images, in: project.id)
        return .changeSaved(
          .keptOne(
            KeptImage(
              removedCount: outcome.removedCount, takenOver: outcome.takenOver.map(\.name),
              tagsDiffered: outcome.tagsDiffered)))
      }
    }
  }

  func removeImages(_ images: [ImageID]) -> Letter {
    movingLog {
      wordingFailure {
        return .changeSaved(
          .removed(count: try library.removeImages(images, from: project.id)))
      }
    }
  }

  /// Tells with a change how far it moved the log, so that it is not taken for somebody else's.
  func movingLog(_ change: () -> Message) -> Letter {
    // Where this cannot be told, the change is noticed like one of somebody else.
    let before = try? library.position(of: project.id)
    let message = change()
    let after = try? library.position(of: project.id)  // As above.
    guard let before, let after else { return .changed(message, nil) }
    return .changed(message, LogMove(before: before, after: after))
  }

  // MARK: - Words

  func wordingFailure(_ answer: () throws -> Message) -> Message {
    do {
      return try answer()
    } catch {
      return .effectFailed(reason: wording.error(error))
    }
  }

  /// What the library refuses of a prompt's text goes back there.
  private func wordingFailure(
    of purpose: Prompt.Purpose, with text: String, _ answer: () throws -> Message
  ) -> Message {
    do {
      return try answer()
    } catch {
      return .promptRefused(purpose, text: text, reason: wording.error(error))
    }
  }

  func wordingFailure(_ answer: () async throws -> Message) async -> Message {
    do {
      return try await answer()
    } catch {
      return .effectFailed(reason: wording.error(error))
    }
  }
}

extension JobElsewhere {
  fileprivate init(_ job: RunningJob) {
    let kind: Kind =
      switch job.kind {
      case .importing: .importing
      case .embedding: .embedding
      case .training: .training
      }
    self.init(kind: kind, doneCount: job.doneCount, totalCount: job.totalCount)
  }
}

extension JobElsewhere.Kind {
  /// Where it stands in a line of several.
  fileprivate var place: Int {
    switch self {
    case .importing: 0
    case .embedding: 1
    case .training: 2
    }
  }
}

extension ChangeSummary {
  fileprivate init(_ outcome: ReversalOutcome) {
    self.init(
      command: outcome.command, images: outcome.images, skippedCount: outcome.skippedCount)
  }
}
