import Dataset
import ProjectLibrary
import TerminalGrid
import TerminalViews
import Thumbnails
import WorkThreads
import Workbench

/// Runs the workbench: the sole owner of the screen's state.
///
/// It sleeps until the mailbox rings, then reads all letters and keys, and draws once. Nothing here
/// waits for the library: questions, changes and jobs run on other threads and come back as
/// letters.
@ScreenActor
final class Controller {
  private(set) var state: State
  let mailbox: Mailbox
  private(set) var desk: LibraryDesk
  /// Counts the projects that were shown, so that answers meant for another one are known.
  private(set) var generation = 0
  let clock: any Clock<Duration>
  private let screen: any Screen
  private var theme = Theme.terminal
  /// What `theme` was made of; `nil` before the first frame.
  private var themeSource: ThemeSource?
  let surroundings: Surroundings

  var lanes: [Question: Lane<@Sendable (LibraryDesk) -> Letter>] = [:]
  var learnerLanes: [LearnerQuestion: Lane<@Sendable (LibraryDesk) async -> Message>] = [:]
  /// Slow questions that wait for the image list.
  var held: [(question: Question, work: @Sendable (LibraryDesk) -> Letter)] = []
  /// A thread for each: a question that reads from the disk holds up none of another kind.
  var questionThreads: [Question: WorkThread] = [:]
  /// Changes are made one after another, in the order in which they were asked for.
  let changeThread = WorkThread("changes")
  /// Changes that were asked for and have not come back.
  var openChangeCount = 0
  var jobs: [JobID: Task<Void, Never>] = [:]
  var paces: [JobID: TrainingPace] = [:]
  /// About 16 MB at most: several thousand pictures of a small pane, a hundred of a large one.
  var pictures = ThumbnailCache<ContentHash>(cellLimit: 500_000)
  /// Pictures of the contact sheet that are still to be made.
  var tiles = TileQueue()
  /// Two are made at once, in turns.
  let tileThreads = [WorkThread("tiles 1"), WorkThread("tiles 2")]
  var tileCount = 0
  /// Waits for the cursor to rest before its picture is asked for.
  var rest: Task<Void, Never>?
  /// The picture that was asked for last.
  var previewKey: ThumbnailCache<ContentHash>.Key?
  private var watch: Task<Void, Never>?
  private var knownMark: LibraryMark?
  /// Whether the library could not be looked at the last time, which is told once.
  private var isBlind = false
  private var hasOpened = false
  private(set) var leaving: Leaving?
  private var isStale = true

  /// What decides how the screen looks.
  private struct ThemeSource: Equatable {
    let name: String
    let usesASCII: Bool
  }

  /// What lies outside of the library: the real terminal, and the files of settings.
  struct Surroundings {
    /// How pictures are to be drawn now.
    let renderer: @ScreenActor (PictureSymbols) -> ThumbnailRenderer
    /// Stops this process as Ctrl-Z does, and returns when it runs again.
    let stopProcess: @ScreenActor () -> Void
    let theme: @Sendable (String) throws -> Theme
    let saveSetting: @Sendable (Setting) throws -> Void
    let saveLayout: @Sendable (PaneLayout) throws -> Void
  }

  /// Why the workbench is about to end.
  enum Leaving: Equatable {
    /// A person asked for it.
    case asked
    /// The terminal is gone, or a signal came.
    case forced(signal: Int32?)
  }

  init(
    project: Project, desk: LibraryDesk, screen: any Screen, preferences: Preferences,
    layout: PaneLayout = PaneLayout(), mailbox: Mailbox, clock: any Clock<Duration>,
    surroundings: Surroundings
  ) {
    state = State(
      project: project, viewport: viewport(of: screen.size), preferences: preferences,
      layout: layout)
    self.desk = desk
    self.screen = screen
    self.mailbox = mailbox
    self.clock = clock
    self.surroundings = surroundings
  }

  /// Runs until a person leaves, the terminal goes away or a signal comes, and everything that was
  /// changed is saved.
  ///
  /// - Returns: The signal that asked for it, if any.
  func run() async -> Int32? {
    open()
    turn()
    while !hasLeft {
      await mailbox.nextRing()
      turn()
    }
    close()
    guard case .forced(let signal) = leaving else { return nil }
    return signal
  }

  /// Looks at the library now and twice a second from then on; the first look fills the screen.
  func open() {
    watch = Task { [clock] in
      var watch = LibraryWatch()
      while !Task.isCancelled {
        if watch.isDue(desk.library.stamp()) {
          ask(.mark) { [knownMark] in $0.mark(after: knownMark) }
        }
        // Cancelled: the loop ends.
        try? await clock.sleep(for: .milliseconds(500))
      }
    }
  }

  func close() {
    watch?.cancel()
    rest?.cancel()
  }

  /// Whether work is on its way that will ring the bell. Counted before the work begins.
  var isBusy: Bool {
    openChangeCount > 0 || !jobs.isEmpty || tiles.isBusy
      || learnerLanes.values.contains(where: \.isBusy) || lanes.values.contains(where: \.isBusy)
  }

  /// Whether everything is done that leaving waits for.
  var hasLeft: Bool { leaving != nil && openChangeCount == 0 && jobs.isEmpty }

  /// Takes in all that has come, and draws once if anything is to be seen of it.
  func turn() {
    for letter in mailbox.drain() { read(letter) }
    while let input = screen.nextInput() {
      take(input)
      // A hang-up stays, however often the screen is asked.
      if input == .hangUp { break }
    }
    // Also where no key tells it, as after the process was stopped and run again, or when panes
    // have got other sizes.
    let measured = viewport(of: screen.size, in: state)
    if measured != state.viewport { send(.resized(measured)) }
    // Changes first: one that fails keeps the workbench open, and then nothing was stopped.
    if leaving != nil, openChangeCount == 0 {
      for job in jobs.values { job.cancel() }
    }
    if isStale {
      followPreviewSize()
      show()
    }
  }

  private func show() {
    isStale = false
    adoptTheme()
    let renderer = renderer
    // The picture under the cursor is asked for once the cursor rests.
    let preview = previewSize(of: state)
    var missing: [ThumbnailCache<ContentHash>.Key] = []
    let grid = draw(state, theme: theme) { content, limit in
      let key = ThumbnailCache.Key(content: content, limit: limit, renderer: renderer)
      if let cells = pictures.grid(for: key) { return cells }
      if limit != preview { missing.append(key) }
      return nil
    }
    screen.draw(grid)
    want(missing)
  }

  /// Sees to it that the screen looks as the state says; a theme that cannot be read is told once.
  private func adoptTheme() {
    let source = ThemeSource(
      name: state.preferences.theme, usesASCII: state.preferences.usesASCII)
    guard source != themeSource else { return }
    themeSource = source
    do {
      theme = try surroundings.theme(source.name).adapted(
        to: screen.colorLevel, showsUnicode: screen.showsUnicode && !source.usesASCII)
    } catch {
      send(.effectFailed(reason: desk.wording.error(error)))
    }
  }

  private func take(_ input: Input) {
    switch input {
    case .hangUp: leave(.forced(signal: nil))
    case .key(KeyPress("z", .control)): surroundings.stopProcess()
    default:
      // Whoever has asked to leave does not mean what is typed behind it.
      guard leaving == nil, let message = message(for: input, in: state) else { return }
      send(message)
    }
  }

  func send(_ message: Message) {
    isStale = true
    switch message {
    case .projectOpened(let project), .projectDeleted(_, let project, _): show(project)
    default: break
    }
    for effect in update(&state, message) { carryOut(effect) }
  }

  /// Lets everything that is asked from now on mean another project.
  private func show(_ project: Project) {
    desk = LibraryDesk(
      library: desk.library, project: project, canEmbed: desk.canEmbed,
      wording: desk.wording, liveLimit: state.preferences.liveLimit)
    generation += 1
    knownMark = nil
  }

  func leave(_ reason: Leaving) {
    if case .forced = leaving { return }
    leaving = reason
  }

  var renderer: ThumbnailRenderer { surroundings.renderer(state.preferences.symbols) }
}

// MARK: - Letters

extension Controller {
  /// - Parameter isCurrent: Whether it is about the project that is shown.
  private func read(_ letter: Letter, isCurrent: Bool = true) {
    switch letter {
    case .dated(let date, let letter): read(letter, isCurrent: date == generation)
    case .answer(let question, let message):
      startNext(question)
      if isCurrent { send(message) }
    case .learned(let question, let message):
      startNext(question)
      if isCurrent { send(message) }
    case .picture(let key, let cells):
      startNext(.picture)
      pictures.insert(cells, for: key)
      send(.thumbnailReady(key.content))
    case .tile(let key, let cells):
      take(cells, for: key)
      isStale = true
    case .mark(let mark, let jobs):
      startNext(.mark)
      guard isCurrent else { return }
      note(mark)
      if jobs != state.jobsElsewhere { send(.jobsElsewhere(jobs)) }
    case .noMark(let reason):
      startNext(.mark)
      openOnce()
      if !isBlind { send(.effectFailed(reason: reason)) }
      isBlind = true
    case .changed(let message, let move):
      openChangeCount -= 1
      if let move, knownMark?.position == move.before { knownMark?.position = move.after }
      if leaving == .asked, message.tellsFailure { leaving = nil }
      if isCurrent { send(message) }
    case .importReport(let job, let report):
      send(.importProgressed(job, ImportJob.Progress(report)))
    case .embeddingReport(let job, let progress):
      send(.embeddingProgressed(job, EmbeddingJob.Progress(progress)))
    case .trainingReport(let job, let report):
      if let progress = paces[job]?.progress(report) { send(.trainingProgressed(job, progress)) }
    case .ended(let job, let message):
      jobs[job] = nil
      paces[job] = nil
      send(message)
    case .terminated(let signal): leave(.forced(signal: signal))
    }
  }

  /// Has the screen read anew when somebody else has changed the library.
  private func note(_ mark: LibraryMark) {
    let hasMoved = knownMark.map { !mark.isSame($0) } ?? true
    knownMark = mark
    isBlind = false
    // What is read from now on is as new as the first mark, or newer.
    if hasOpened && hasMoved { send(.libraryChanged) }
    if mark.isPresent == state.isProjectGone { send(.projectPresence(mark.isPresent)) }
    openOnce()
  }

  private func openOnce() {
    if !hasOpened { send(.opened) }
    hasOpened = true
  }
}

extension Message {
  fileprivate var tellsFailure: Bool {
    switch self {
    case .labelsRejected, .effectFailed, .promptRefused, .reviewNotLoaded: true
    default: false
    }
  }
}
