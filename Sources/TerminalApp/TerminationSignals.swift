import Dispatch
import Glibc
import TerminalGrid

/// Hears the signals that ask this process to end, instead of ending it.
@ScreenActor
final class TerminationSignals {
  private static let numbers = [SIGTERM, SIGINT, SIGHUP]
  private let sources: [any DispatchSourceSignal]

  /// Begins to listen; to be made after the screen, whose library has handlers of its own.
  ///
  /// - Parameter hear: Called on another thread with the number of the signal.
  init(hear: @escaping @Sendable (Int32) -> Void) {
    let queue = DispatchQueue(label: "signals")
    sources = Self.numbers.map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { @Sendable in hear(number) }
      source.activate()
      return source
    }
  }

  /// Gives the signals back the meaning that they have in every program.
  func end() {
    for source in sources { source.cancel() }
    for number in Self.numbers { signal(number, SIG_DFL) }
  }
}
