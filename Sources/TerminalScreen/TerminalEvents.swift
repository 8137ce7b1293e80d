import Dispatch
import Glibc
import Synchronization
import TerminalGrid

/// Hears what the terminal and the system have to say, off the screen's thread, and rings a bell.
///
/// Bytes are read as soon as they come: a source that left them waiting would fire again and again.
final class TerminalEvents: Sendable {
  /// What has come since it was last taken.
  struct Arrivals {
    var bytes: [UInt8] = []
    /// When the last byte came.
    var lastByte: ContinuousClock.Instant?
    var isResized = false
    /// Another process asked us to stop, as Ctrl-Z does.
    var isAskedToStop = false
    /// We were stopped and run again; the terminal may be in any state.
    var isContinued = false
    var isHungUp = false
  }

  private let arrivals = Mutex(Arrivals())
  private let wake: @Sendable () -> Void

  /// - Parameter wake: Called on any thread whenever something came.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  /// Returns what has come since the last call. A hang-up stays.
  func take() -> Arrivals {
    arrivals.withLock { arrivals in
      let taken = arrivals
      arrivals = Arrivals(lastByte: taken.lastByte, isHungUp: taken.isHungUp)
      return taken
    }
  }

  func note(_ change: (inout Arrivals) -> Void) {
    arrivals.withLock { change(&$0) }
    wake()
  }

  /// Reads what standard input holds, without waiting.
  func readInput() {
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    // Another process of the job may have taken the bytes that woke us.
    guard poll(&descriptor, 1, 0) > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = read(STDIN_FILENO, &buffer, buffer.count)
    if count > 0 {
      note { arrivals in
        arrivals.bytes.append(contentsOf: buffer[..<count])
        arrivals.lastByte = .now
      }
    } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
      note { $0.isHungUp = true }
    }
  }

  /// Rings after a delay, for a decision that only a pause can make.
  func wake(after delay: Duration, on queue: DispatchQueue) {
    // Rounded up, so that the delay has passed by the clock that it is compared with.
    let milliseconds = Int(delay / .milliseconds(1)) + 1
    queue.asyncAfter(deadline: .now() + .milliseconds(milliseconds)) { [wake] in wake() }
  }
}

/// The dispatch sources that feed `TerminalEvents`.
@ScreenActor
final class TerminalEventSources {
  private let queue = DispatchQueue(label: "terminal-input")
  private let events: TerminalEvents
  private let input: any DispatchSourceRead
  private let signals: [any DispatchSourceSignal]
  private var isPaused = false

  /// Starts listening to standard input and to SIGWINCH, SIGTSTP and SIGCONT, taking them from
  /// whoever had them.
  init(_ events: TerminalEvents) {
    self.events = events
    input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: queue)
    let changes: [(Int32, @Sendable (inout TerminalEvents.Arrivals) -> Void)] = [
      (SIGWINCH, { $0.isResized = true }),
      (SIGTSTP, { $0.isAskedToStop = true }),
      (SIGCONT, { $0.isContinued = true }),
    ]
    signals = changes.map { [queue] number, change in
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { @Sendable in events.note(change) }
      return source
    }
    let input = input
    input.setEventHandler { @Sendable in events.readInput() }
    input.activate()
    for source in signals { source.activate() }
  }

  func wake(after delay: Duration) { events.wake(after: delay, on: queue) }

  /// Stops reading, so that another program can; returns when no read is under way.
  func pauseInput() {
    guard !isPaused else { return }
    isPaused = true
    input.suspend()
    queue.sync {}
  }

  func resumeInput() {
    guard isPaused else { return }
    isPaused = false
    input.resume()
  }

  /// Stops listening to standard input for good, as at a hang-up, where it would report readiness
  /// forever.
  func endInput() { input.cancel() }

  /// Stops listening.
  func end() {
    // A source must not be released while suspended.
    resumeInput()
    input.cancel()
    for source in signals { source.cancel() }
  }
}
