import Dataset
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

  // MARK: - Questions

  func loadProject() -> Message {
    wordingFailure { .projectLoaded(try library.project(project.id)) }
  }

  func loadTags() -> Message {
    wordingFailure {
      .tagsLoaded(
        TagsState(
          counts: try library.tagCounts(of: project.id),
          imageCount: try library.imageCount(of: project.id),
          untaggedCount: try library.imageCount(of: project.id, .untagged)))
    }
  }

  func loadImages(_ query: ImageQuery) -> Message {
    do {
      let found = try rows(query)
      return .imagesLoaded(
        ImageWindow(
          query: query.id, matchCount: found.matchCount, start: found.start, rows: found.images,
          anchorRow: found.anchorRow))
    } catch {
      return .imagesNotLoaded(query.id, reason: wording.error(error))
    }
  }

  private func rows(_ query: ImageQuery) throws -> ImageRows {
    switch query.place {
    case .rows(let range): return try library.rows(range, of: project.id, query.filter)
    case .around(let image, let row, let count):
      let found = try library.rows(around: image, count: count, of: project.id, query.filter)
      if found.anchorRow != nil { return found }
      // The image is gone: what stood about it is still of interest.
      let start = max(0, row - count / 2)
      return try library.rows(start..<start + count, of: project.id, query.filter)
    }
  }

  func loadReport() -> Message {
    wordingFailure {
      let iteration = try library.currentIteration(of: project)
      return .reportLoaded(try iteration.map(report))
    }
  }

  func report(of iteration: Iteration) throws -> IterationReport {
    let found = try library.performance(of: iteration)
    return IterationReport(
      iteration: found.iteration, tags: found.tags, performance: found.performance)
  }

  func mark() -> Letter {
    do {
      return .mark(try library.mark(of: project))
    } catch {
      return .noMark(reason: wording.error(error))
    }
  }

  /// Makes a picture's cells, which takes milliseconds.
  func render(_ key: ThumbnailCache<ContentHash>.Key) -> Letter {
    do {
      let thumbnail = try library.thumbnail(of: key.content)
      return .picture(key, key.renderer.render(thumbnail, within: key.limit))
    } catch {
      let reason = wording.error(error)
      return .answer(.picture, .thumbnailFailed(key.content, reason: reason))
    }
  }

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
      wordingFailure { .undone(try library.undo(in: project.id).map(ChangeSummary.init)) }
    }
  }

  func redo() -> Letter {
    movingLog {
      wordingFailure { .redone(try library.redo(in: project.id).map(ChangeSummary.init)) }
    }
  }

  func createTag(_ name: String) -> Letter {
    movingLog { wordingFailure { .tagCreated(try library.createTag(name, in: project.id)) } }
  }

  /// Tells with a change how far it moved the log, so that it is not taken for somebody else's.
  private func movingLog(_ change: () -> Message) -> Letter {
    // Where this cannot be told, the change is noticed like one of somebody else.
    let before = try? library.position(of: project.id)
    let message = change()
    let after = try? library.position(of: project.id)  // As above.
    guard let before, let after else { return .changed(message, nil) }
    return .changed(message, LogMove(before: before, after: after))
  }

  // MARK: - Words

  private func wordingFailure(_ answer: () throws -> Message) -> Message {
    do {
      return try answer()
    } catch {
      return .effectFailed(reason: wording.error(error))
    }
  }
}

extension ChangeSummary {
  fileprivate init(_ outcome: ReversalOutcome) {
    self.init(
      command: outcome.command, images: outcome.images, skippedCount: outcome.skippedCount)
  }
}
