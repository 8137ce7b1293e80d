import Dataset
import ProjectLibrary
import TerminalGrid
import TerminalViews
import Thumbnails
import WorkThreads
import Workbench

/// Effects: what `update` asks for is started here and comes back as letters.
extension Controller {
  /// How long the cursor stays on an image before its picture is asked for: below, images that are
  /// only passed by would be drawn; above, the picture would be seen to lag.
  private static let restTime = Duration.milliseconds(30)

  func carryOut(_ effect: Effect) {
    switch effect {
    case .loadProject: ask(.project) { .answer(.project, $0.loadProject()) }
    case .loadProjects: ask(.projects) { .answer(.projects, $0.loadProjects()) }
    case .openProject(let project): send(.projectOpened(project))
    case .createProject(let name, let type): make { $0.createProject(name, type) }
    case .renameProject(let name): make { $0.renameProject(name) }
    case .deleteProject: make { $0.deleteProject() }
    case .saveSetting(let setting):
      keep { [save = surroundings.saveSetting] in try save(setting) }
    case .saveLayout(let layout):
      keep { [save = surroundings.saveLayout] in try save(layout) }
    case .loadTags: ask(.tags) { .answer(.tags, $0.loadTags()) }
    case .loadImages(let query): ask(.images) { .answer(.images, $0.loadImages(query)) }
    case .loadRowsToMark(let id, let selection, let rows):
      ask(.rowsToMark) { .answer(.rowsToMark, $0.loadRowsToMark(id, selection, rows)) }
    case .loadJudgement(let image):
      ask(.judgement) { .answer(.judgement, $0.loadJudgement(image)) }
    case .loadExplanation(let image):
      ask(.explanation) { .answer(.explanation, $0.loadExplanation(of: image)) }
    case .loadHistory(let image):
      ask(.history) { .answer(.history, $0.loadHistory(of: image)) }
    case .completePath(let text):
      ask(.completion) { _ in
        let (completion, choices) = completedPaths(text)
        return .answer(
          .completion, .pathsCompleted(of: text, text: completion, choices: choices))
      }
    case .findPaths(let paths):
      ask(.paths) { _ in
        .answer(.paths, .pathsFound(of: paths, isAnyThere: paths.contains(where: isThere)))
      }
    case .learnLive(let takesNewImages):
      learn(.state) { await $0.learnLive(takesNewImages: takesNewImages) }
    case .loadAdvice: learn(.advice) { await $0.loadAdvice() }
    case .loadReview(let kind): learn(.list) { await $0.loadReview(kind) }
    case .loadEvidence(let image): learn(.evidence) { await $0.loadEvidence(of: image) }
    case .acceptSuggestions(let threshold): acceptSuggestions(from: threshold)
    case .loadReport: ask(.report) { .answer(.report, $0.loadReport()) }
    case .loadPerformance(let iteration, let base):
      ask(.performance) { .answer(.performance, $0.loadPerformance(iteration, base: base)) }
    case .loadThumbnail(let content): showPicture(of: content)
    case .changeLabels(let change): make { $0.change(change) }
    case .undo: make { $0.undo() }
    case .redo: make { $0.redo() }
    case .createTag(let name, let images): make { $0.createTag(name, givingTo: images) }
    case .renameTag(let tag, let name): make { $0.renameTag(tag, to: name) }
    case .deleteTag(let tag): make { $0.deleteTag(tag) }
    case .mergeTag(let tag, let other): make { $0.mergeTag(tag, into: other) }
    case .takeAsked(let count): make { $0.takeAsked(count: count) }
    case .confirmTags(let images): make { $0.confirmTags(images) }
    case .keepAll(let images): make { $0.keepAll(images) }
    case .keepOne(let kept, let others): make { $0.keepOne(kept, removing: others) }
    case .removeImages(let images): make { $0.removeImages(images) }
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
    guard let work = lanes[question, default: Lane()].submit(work) else { return }
    if question.isSlow, lanes[.images]?.isBusy == true {
      // The list is what a person waits for.
      held.append((question, work))
    } else {
      start(question, work)
    }
  }

  /// To be called when a question has come back.
  func startNext(_ question: Question) {
    if let work = lanes[question]?.finish() { start(question, work) }
    guard lanes[.images]?.isBusy != true else { return }
    for (question, work) in held { start(question, work) }
    held = []
  }

  private func start(
    _ question: Question, _ work: @escaping @Sendable (LibraryDesk) -> Letter
  ) {
    let thread = questionThreads[question] ?? WorkThread("\(question)")
    questionThreads[question] = thread
    thread.async { [desk, mailbox, generation] in
      mailbox.post(.dated(generation, work(desk)))
    }
  }

  /// Asks the learner, which has a thread of its own, once all changes are made that were asked for
  /// before; of questions of a kind that wait, the newest is asked.
  private func learn(
    _ question: LearnerQuestion, _ work: @escaping @Sendable (LibraryDesk) async -> Message
  ) {
    guard let work = learnerLanes[question, default: Lane()].submit(work) else { return }
    start(question, work)
  }

  func startNext(_ question: LearnerQuestion) {
    if let work = learnerLanes[question]?.finish() { start(question, work) }
  }

  private func start(
    _ question: LearnerQuestion, _ work: @escaping @Sendable (LibraryDesk) async -> Message
  ) {
    Task { [desk, mailbox, generation, changeThread] in
      await changeThread.drain()
      mailbox.post(.dated(generation, .learned(question, await work(desk))))
    }
  }

  /// What is suggested is asked of the learner; giving it is a change like any other, and counts as
  /// open from now on.
  private func acceptSuggestions(from threshold: Double) {
    openChangeCount += 1
    Task { [desk, mailbox, generation, changeThread] in
      await changeThread.drain()
      do {
        let tags = try await desk.suggestedTags(from: threshold)
        changeThread.async { mailbox.post(.dated(generation, desk.accept(tags))) }
      } catch {
        let reason = desk.wording.error(error)
        mailbox.post(.dated(generation, .changed(.effectFailed(reason: reason), nil)))
      }
    }
  }

  /// Sees to it that the cells of a picture come into the cache, once the cursor rests.
  private func showPicture(of content: ContentHash) {
    rest?.cancel()
    let key = ThumbnailCache.Key(
      content: content, limit: previewSize(of: state), renderer: renderer)
    previewKey = key
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

  /// Asks for the preview's picture once more when its room has changed behind it, as when
  /// probabilities come to stand below.
  func followPreviewSize() {
    guard let preview = state.preview, let asked = previewKey,
      asked.content == preview.content, asked.limit != previewSize(of: state)
    else { return }
    if case .failed = preview.status { return }
    showPicture(of: preview.content)
  }

  /// Sees to the pictures that the screen lacks; those that have left it are forgotten.
  func want(_ keys: [ThumbnailCache<ContentHash>.Key]) {
    tiles.want(keys)
    startTiles()
  }

  private func startTiles() {
    while let key = tiles.next() {
      tileCount += 1
      tileThreads[tileCount % tileThreads.count].async { [desk, mailbox] in
        mailbox.post(desk.renderTile(key))
      }
    }
  }

  func take(_ cells: Grid?, for key: ThumbnailCache<ContentHash>.Key) {
    tiles.finish(key, isFailed: cells == nil)
    if let cells { pictures.insert(cells, for: key) }
    startTiles()
  }

  // MARK: - Changes

  private func make(_ change: @escaping @Sendable (LibraryDesk) -> Letter) {
    openChangeCount += 1
    changeThread.async { [desk, mailbox, generation] in
      mailbox.post(.dated(generation, change(desk)))
    }
  }

  /// Writes down what a person has set.
  private func keep(_ save: @escaping @Sendable () throws -> Void) {
    make { desk in
      do {
        try save()
        return .changed(.settingSaved, nil)
      } catch {
        return .changed(.effectFailed(reason: desk.wording.error(error)), nil)
      }
    }
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

extension WorkThread {
  /// Returns when what it was given before is done.
  fileprivate func drain() async {
    await withCheckedContinuation { continuation in async { continuation.resume() } }
  }
}
