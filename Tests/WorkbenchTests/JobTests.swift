import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct JobTests {
  private let report = SampleProject.report(
    tags: SampleProject.tags(["daisy", "dahlia"]), imageCounts: [20, 20])
  private let progress = TrainingJob.Progress(
    stage: .fitting(finishedHeads: 2, of: 6), fraction: 0.4, timeLeft: .seconds(3))

  /// A state in which job `id` trains.
  private func training() -> (state: State, id: JobID) {
    var state = WorkbenchSession.flowers(imageCount: 30).state
    _ = update(&state, .command(.train))
    return (state, JobID(state.lastTicket))
  }

  @Test func trainingStarts() {
    var state = WorkbenchSession.flowers(imageCount: 30).state
    let id = JobID(state.lastTicket + 1)
    claim(
      &state, .command(.train), gives: [.startTraining(id, leavesOutSmallTags: false)]
    ) {
      $0.lastTicket += 1
      $0.training.job = TrainingJob(id: id)
    }
  }

  @Test func aSecondTrainingIsRefused() {
    var (state, _) = training()
    claim(&state, .command(.train)) { $0.notice = .commandDisabled(.alreadyTraining) }
  }

  @Test func progressIsShown() {
    var (state, id) = training()
    claim(&state, .trainingProgressed(id, progress)) { $0.training.job?.progress = progress }
  }

  @Test func staleProgressIsIgnored() {
    var (state, id) = training()
    claim(&state, .trainingProgressed(JobID(id.number - 1), progress))
    claim(&state, .trainingEnded(JobID(id.number - 1), .completed(report)))
  }

  @Test func aFinishedIterationAppearsWithoutMovingTheCursor() {
    var (state, id) = training()
    let first = SampleProject.imageID(0)
    let query = ImageQuery(
      id: QueryID(state.lastTicket + 1), selection: ImageSelection(),
      place: .around(first, row: 0, count: 256))
    claim(
      &state, .trainingEnded(id, .completed(report)),
      gives: [
        .loadTags, .loadImages(query), .learnLive(takesNewImages: true), .loadAdvice,
        .loadJudgement(first),
      ]
    ) {
      $0.training.job = nil
      $0.training.report = report
      $0.notice = .trained(report)
      $0.lastTicket += 1
      $0.images.outstanding = query
      $0.prediction = Prediction(image: first)
    }
    claim(&state, .trainingProgressed(id, progress))
  }

  @Test func cancelledAndFailedTrainingsKeepTheOldResult() {
    var (state, id) = training()
    _ = update(&state, .reportLoaded(report))
    var failed = state
    claim(&state, .trainingEnded(id, .cancelled)) {
      $0.training.job = nil
      $0.notice = .trainingCancelled
    }
    claim(&failed, .trainingEnded(id, .failed(reason: "no memory"))) {
      $0.training.job = nil
      $0.notice = .trainingFailed(reason: "no memory")
    }
  }

  @Test func cancellingStopsTheJobStartedLast() {
    var (state, training) = training()
    _ = update(&state, .command(.importFiles))
    _ = update(&state, .promptEdited(.insert("photos")))
    _ = update(&state, .promptSubmitted)
    _ = update(&state, .answered(.yes))
    // The import's job, and after it the one that looks at its pictures.
    let importing = JobID(state.lastTicket - 1)
    claim(&state, .command(.cancelJob), gives: [.cancel(importing)]) {
      $0.importing?.isCancelling = true
    }
    _ = update(&state, .importEnded(importing, .failed(reason: "")))
    claim(&state, .command(.cancelJob), gives: [.cancel(training)]) {
      $0.training.job?.isCancelling = true
      $0.notice = nil
    }
  }

  @Test func nothingRunningIsSaid() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .command(.cancelJob)) { $0.notice = .commandDisabled(.nothingRunning) }
  }

  @Test func tagsWithTooFewImagesAreAskedAbout() {
    let library = SampleProject.library(imageCount: 60, tags: ["daisy", "dahlia"])
    var session = WorkbenchSession(library, viewport: .small)
    session.send(.command(.newTag))
    session.send(.promptEdited(.insert("rose")))
    session.send(.promptSubmitted)
    var state = session.state
    let small = [TagCount(tag: Tag(id: SampleProject.tagID(3), name: "rose"), imageCount: 0)]
    claim(&state, .command(.train)) {
      $0.notice = nil
      $0.overlay = .question(.leaveOutSmallTags(small))
    }
    let id = JobID(state.lastTicket + 1)
    claim(&state, .answered(.yes), gives: [.startTraining(id, leavesOutSmallTags: true)]) {
      $0.lastTicket += 1
      $0.overlay = nil
      $0.training.job = TrainingJob(id: id)
    }
  }

  @Test func trainingNeedsTwoTagsWithEnoughImages() {
    var state = WorkbenchSession.flowers(imageCount: 9).state
    let small = state.smallTags
    #expect(small.map(\.imageCount) == [3, 3])
    claim(&state, .command(.train)) {
      $0.notice = .commandDisabled(.tooFewTrainableTags(small: small))
    }
  }

  @Test func pathsThatLeadToNothingComeBackToBeCorrected() {
    var state = WorkbenchSession.flowers().state
    _ = update(&state, .command(.importFiles))
    _ = update(&state, .promptEdited(.insert("'my fotos'")))
    _ = update(&state, .promptSubmitted)
    claim(&state, .pathsFound(of: ["my fotos"], isAnyThere: false)) {
      $0.overlay = .prompt(
        Prompt(.importPaths, text: "'my fotos'", problem: .nothingThere(pathCount: 1)))
    }
    claim(&state, .promptSubmitted, gives: [.findPaths(["my fotos"])]) {
      $0.overlay = .question(.tagsFromFolders(paths: ["my fotos"]))
    }
    // Whoever has answered by the time is told by the import.
    _ = update(&state, .answered(.no))
    claim(&state, .pathsFound(of: ["my fotos"], isAnyThere: false))
  }

  @Test func importAsksAboutFolderNamesThenStarts() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .command(.importFiles)) { $0.overlay = .prompt(Prompt(.importPaths)) }
    _ = update(&state, .promptEdited(.insert("~/photos 'a b.jpg'")))
    let paths = ["~/photos", "a b.jpg"]
    claim(&state, .promptSubmitted, gives: [.findPaths(paths)]) {
      $0.overlay = .question(.tagsFromFolders(paths: paths))
    }
    claim(&state, .pathsFound(of: paths, isAnyThere: true))
    claim(&state, .pathsFound(of: ["another"], isAnyThere: false))
    let id = JobID(state.lastTicket + 1)
    let request = ImportRequest(
      job: id, paths: ["~/photos", "a b.jpg"], takesTagsFromFolders: false)
    let next = JobID(state.lastTicket + 2)
    claim(&state, .answered(.no), gives: [.startImport(request), .startEmbedding(next)]) {
      $0.lastTicket += 2
      $0.overlay = nil
      $0.importing = ImportJob(id: id)
      $0.embedding = EmbeddingJob(id: next)
    }
  }

  @Test func refusedFilesAreListedWhenAskedFor() {
    var session = WorkbenchSession.flowers()
    _ = session.sendWithoutAnswers(.command(.importFiles))
    _ = session.sendWithoutAnswers(.promptEdited(.insert("/photos")))
    _ = session.sendWithoutAnswers(.promptSubmitted)
    _ = session.sendWithoutAnswers(.answered(.yes))
    let refused = [ImportSummary.RefusedFile(path: "/photos/x.jpg", reason: "cut off")]
    let other = [ImportSummary.RefusedFile(path: "/photos/note.txt", reason: "no picture")]
    let summary = ImportSummary(
      importedCount: 3, duplicateCount: 1, refused: refused, passedOver: other)
    let id = JobID(session.state.lastTicket - 1)
    session.send(.importEnded(id, .completed(summary)))
    // Keys that are typed meanwhile are meant for what is there.
    #expect(session.state.overlay == nil)
    #expect(session.state.notice == .imported(summary))
    #expect(session.state.importing == nil)
    session.run(.showRefusedFiles)
    #expect(session.state.overlay == .refusedFiles(refused + other, cursor: 0))
    session.run(.back)
    #expect(session.state.overlay == nil)
  }

  @Test func quittingAsksOnlyWhenAJobWouldBeLost() {
    var idle = WorkbenchSession.flowers().state
    claim(&idle, .command(.quit), gives: [.quit])

    var (state, id) = training()
    claim(&state, .command(.quit)) { $0.overlay = .question(.quit) }
    var answered = state
    claim(&answered, .answered(.yes), gives: [.quit]) { $0.overlay = nil }
    claim(&state, .trainingEnded(id, .cancelled)) {
      $0.overlay = nil
      $0.training.job = nil
      $0.notice = .trainingCancelled
    }
  }

  @Test func lookingAtImagesNeitherDisturbsNorKeepsAnybody() {
    var state = WorkbenchSession.flowers().state
    let id = JobID(state.lastTicket + 1)
    #expect(state.startEmbedding() == [.startEmbedding(id)])
    #expect(state.startEmbedding() == [])
    let progress = EmbeddingJob.Progress(doneCount: 3, totalCount: 9, pace: nil)
    claim(&state, .embeddingProgressed(id, progress)) { $0.embedding?.progress = progress }
    claim(&state, .embeddingProgressed(JobID(id.number - 1), progress))
    claim(&state, .command(.quit), gives: [.quit])
    var broken = state
    let learning = [Effect.learnLive(takesNewImages: true)]
    claim(&state, .embeddingEnded(id, .cancelled), gives: learning) { $0.embedding = nil }
    claim(&broken, .embeddingEnded(id, .completed(unreadableCount: 2)), gives: learning) {
      $0.embedding = nil
      $0.notice = .imagesUnreadable(count: 2)
    }
  }

  @Test func imagesThatCameMeanwhileAreLookedAt() {
    var state = WorkbenchSession.flowers().state
    let importing: JobID = state.nextTicket()
    state.importing = ImportJob(id: importing)
    let summary = ImportSummary(importedCount: 3, duplicateCount: 0, refused: [])
    let effects = update(&state, .importEnded(importing, .completed(summary)))
    #expect(effects.contains { if case .startEmbedding = $0 { true } else { false } })
  }

  @Test func anotherProjectIsLookedAtInsteadOfTheOneBefore() {
    var state = State(project: SampleProject.project(), viewport: .small)
    /// The answer to the question for the first images, which the state must have asked.
    func images() -> Message {
      .imagesLoaded(
        ImageWindow(
          query: state.images.outstanding?.id ?? QueryID(0), matchCount: 0, start: 0, rows: []))
    }
    _ = update(&state, .opened)
    _ = update(&state, images())
    let before = state.embedding?.id
    #expect(before != nil)
    let opening = update(&state, .projectOpened(SampleProject.project()))
    #expect(opening.first == before.map(Effect.cancel))
    let effects = update(&state, images())
    #expect(state.embedding != nil && state.embedding?.id != before)
    #expect(effects.contains { $0 == state.embedding.map { Effect.startEmbedding($0.id) } })
  }
}
