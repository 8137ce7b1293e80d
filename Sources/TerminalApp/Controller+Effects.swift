import Dataset
import Dispatch
import ProjectLibrary
import TerminalGrid
import TerminalViews
import Thumbnails
import Workbench

/// Effects: what `update` asks for is started here and comes back as letters.
extension Controller {
  /// How long the cursor stays on an image before its picture is asked for: below, images that are
  /// only passed by would be drawn; above, the picture would be seen to lag.
  private static let restTime = Duration.milliseconds(30)

  func carryOut(_ effect: Effect) {
    switch effect {
    case .loadProject: ask(.project) { .answer(.project, $0.loadProject()) }
    case .loadTags: ask(.tags) { .answer(.tags, $0.loadTags()) }
    case .loadImages(let query): ask(.images) { .answer(.images, $0.loadImages(query)) }
    case .loadReport: ask(.report) { .answer(.report, $0.loadReport()) }
    case .loadThumbnail(let content): showPicture(of: content)
    case .changeLabels(let change): make { $0.change(change) }
    case .undo: make { $0.undo() }
    case .redo: make { $0.redo() }
    case .createTag(let name): make { $0.createTag(name) }
    case .startTraining(let id, let leavesOutSmallTags):
      startTraining(id, leavesOutSmallTags: leavesOutSmallTags)
    case .startImport(let request): startImport(request)
    case .startEmbedding(let id): startEmbedding(id)
    case .cancel(let id): jobs[id]?.cancel()
    case .quit: leave(.asked)
    }
  }

  // MARK: - Questions

  /// Asks the library on another thread; of questions of a kind that wait, the newest is asked.
  func ask(_ question: Question, _ work: @escaping @Sendable (LibraryDesk) -> Letter) {
    if let work = lanes[question, default: Lane()].submit(work) { start(work) }
  }

  /// To be called when a question has come back.
  func startNext(_ question: Question) {
    if let work = lanes[question]?.finish() { start(work) }
  }

  private func start(_ work: @escaping @Sendable (LibraryDesk) -> Letter) {
    questionQueue.async { [desk, mailbox] in mailbox.post(work(desk)) }
  }

  /// Sees to it that the cells of a picture come into the cache, once the cursor rests.
  private func showPicture(of content: ContentHash) {
    rest?.cancel()
    let key = ThumbnailCache.Key(
      content: content, limit: previewSize(of: state.viewport), renderer: renderer)
    if key.limit.width == 0 || key.limit.height == 0 || pictures.grid(for: key) != nil {
      send(.thumbnailReady(content))
      return
    }
    rest = Task { [clock] in
      // Cancelled: the cursor has moved on, and this picture is not asked for.
      try? await clock.sleep(for: Self.restTime)
      if !Task.isCancelled { ask(.picture) { $0.render(key) } }
    }
  }

  // MARK: - Changes

  private func make(_ change: @escaping @Sendable (LibraryDesk) -> Letter) {
    openChangeCount += 1
    changeQueue.async { [desk, mailbox] in mailbox.post(change(desk)) }
  }

  // MARK: - Jobs

  private func startTraining(_ id: JobID, leavesOutSmallTags: Bool) {
    paces[id] = TrainingPace { [clock] in clock.stopwatch() }
    jobs[id] = Task { [desk, mailbox] in
      let outcome = await desk.train(leavesOutSmallTags: leavesOutSmallTags) { report in
        mailbox.replace(id, with: .trainingReport(id, report))
      }
      mailbox.post(.ended(id, .trainingEnded(id, outcome)))
    }
  }

  private func startImport(_ request: ImportRequest) {
    let id = request.job
    // Before its task runs, so that an embedding job that is asked for next waits for it.
    let announcement = desk.library.announceImport(into: state.project)
    jobs[id] = Task { [desk, mailbox] in
      defer { announcement.end() }
      let outcome = await desk.importFiles(request) { report in
        mailbox.replace(id, with: .importReport(id, report))
      }
      mailbox.post(.ended(id, .importEnded(id, outcome)))
    }
  }

  private func startEmbedding(_ id: JobID) {
    jobs[id] = Task { [desk, mailbox] in
      let outcome = await desk.embedImages { progress in
        mailbox.replace(id, with: .embeddingReport(id, progress))
      }
      mailbox.post(.ended(id, .embeddingEnded(id, outcome)))
    }
  }
}
