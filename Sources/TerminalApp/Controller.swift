import Dataset
import Dispatch
import ProjectLibrary
import TerminalGrid
import TerminalViews
import Thumbnails
import Workbench

/// Runs the workbench: the sole owner of the screen's state.
///
/// It sleeps until the mailbox rings, then reads all letters and keys, and draws once. Nothing here
/// waits for the library: questions, changes and jobs run on other threads and come back as
/// letters.
@MainActor
final class Controller {
  private(set) var state: State
  let mailbox: Mailbox
  let desk: LibraryDesk
  let clock: any Clock<Duration>
  private let screen: any Screen
  private let theme: Theme
  private let surroundings: Surroundings

  var lanes: [Question: Lane<@Sendable (LibraryDesk) -> Letter>] = [:]
  let questionQueue = DispatchQueue(label: "questions", attributes: .concurrent)
  /// Changes are made one after another, in the order in which they were asked for.
  let changeQueue = DispatchQueue(label: "changes")
  /// Changes that were asked for and have not come back.
  var openChangeCount = 0
  var jobs: [JobID: Task<Void, Never>] = [:]
  var paces: [JobID: TrainingPace] = [:]
  /// About 16 MB at most: several thousand pictures of a small pane, a hundred of a large one.
  var pictures = ThumbnailCache<ContentHash>(cellLimit: 500_000)
  /// Waits for the cursor to rest before its picture is asked for.
  var rest: Task<Void, Never>?
  private var watch: Task<Void, Never>?
  private var knownMark: LibraryMark?
  /// Whether the library could not be looked at the last time, which is told once.
  private var isBlind = false
  private var hasOpened = false
  private(set) var leaving: Leaving?
  private var isStale = true

  /// What only the real terminal knows.
  struct Surroundings {
    /// How pictures are to be drawn now.
    let renderer: @MainActor () -> ThumbnailRenderer
    /// Stops this process as Ctrl-Z does, and returns when it runs again.
    let stopProcess: @MainActor () -> Void
  }

  /// Why the workbench is about to end.
  enum Leaving: Equatable {
    /// A person asked for it.
    case asked
    /// The terminal is gone, or a signal came.
    case forced(signal: Int32?)
  }

  init(
    project: Project, desk: LibraryDesk, screen: any Screen, theme: Theme, mailbox: Mailbox,
    clock: any Clock<Duration>, surroundings: Surroundings
  ) {
    state = State(project: project, viewport: viewport(of: screen.size))
    self.desk = desk
    self.screen = screen
    self.theme = theme.adapted(to: screen.colorLevel, showsUnicode: screen.showsUnicode)
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
    for await _ in mailbox.bell {
      turn()
      if hasLeft { break }
    }
    close()
    guard case .forced(let signal) = leaving else { return nil }
    return signal
  }

  /// Looks at the library now and once a second from then on; the first look fills the screen.
  func open() {
    watch = Task { [clock] in
      while !Task.isCancelled {
        ask(.mark) { $0.mark() }
        // Cancelled: the loop ends.
        try? await clock.sleep(for: .seconds(1))
      }
    }
  }

  func close() {
    watch?.cancel()
    rest?.cancel()
  }

  /// Whether work is on its way that will ring the bell. Counted before the work begins.
  var isBusy: Bool {
    openChangeCount > 0 || !jobs.isEmpty || lanes.values.contains(where: \.isBusy)
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
    // Also where no key tells it, as after the process was stopped and run again.
    let shown = Size(width: state.viewport.columns, height: state.viewport.rows)
    if screen.size != shown { send(.resized(viewport(of: screen.size))) }
    // Changes first: one that fails keeps the workbench open, and then nothing was stopped.
    if leaving != nil, openChangeCount == 0 {
      for job in jobs.values { job.cancel() }
    }
    if isStale { show() }
  }

  private func show() {
    isStale = false
    let renderer = surroundings.renderer()
    let grid = draw(state, theme: theme) { content, limit in
      pictures.grid(
        for: ThumbnailCache.Key(content: content, limit: limit, renderer: renderer))
    }
    screen.draw(grid)
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
    for effect in update(&state, message) { carryOut(effect) }
  }

  func leave(_ reason: Leaving) {
    if case .forced = leaving { return }
    leaving = reason
  }

  var renderer: ThumbnailRenderer { surroundings.renderer() }
}

// MARK: - Letters

extension Controller {
  private func read(_ letter: Letter) {
    switch letter {
    case .answer(let question, let message):
      startNext(question)
      send(message)
    case .picture(let key, let cells):
      startNext(.picture)
      pictures.insert(cells, for: key)
      send(.thumbnailReady(key.content))
    case .mark(let mark):
      startNext(.mark)
      note(mark)
    case .noMark(let reason):
      startNext(.mark)
      openOnce()
      if !isBlind { send(.effectFailed(reason: reason)) }
      isBlind = true
    case .changed(let message, let move):
      openChangeCount -= 1
      if let move, knownMark?.position == move.before { knownMark?.position = move.after }
      if leaving == .asked, message.tellsFailure { leaving = nil }
      send(message)
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
    let hasMoved = mark != knownMark
    knownMark = mark
    isBlind = false
    // What is read from now on is as new as the first mark, or newer.
    if hasOpened && hasMoved { send(.libraryChanged) }
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
    case .labelsRejected, .effectFailed: true
    default: false
    }
  }
}
