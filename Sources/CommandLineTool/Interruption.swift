import Dispatch
import Foundation
import Synchronization

/// Runs work that Ctrl-C (or a polite `kill`) cancels, so that what is done is kept.
func cancellable<Value: Sendable>(
  _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  let task = Task(operation: work)
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number)
    source.setEventHandler { task.cancel() }
    source.resume()
    return source
  }
  defer {
    for source in sources { source.cancel() }
    signal(SIGINT, SIG_DFL)
    signal(SIGTERM, SIG_DFL)
  }
  return try await task.value
}

/// Runs a server, which looks for Ctrl-C and a polite `kill` itself and ends. Where it has not ended after a
/// while it is cancelled; a second signal ends the process at once.
func ending(
  within grace: Duration, _ work: @escaping @Sendable () async throws -> Void
) async throws {
  let task = Task(operation: work)
  let isAsked = Mutex(false)
  // One for all, so that the second comes after the first.
  let queue = DispatchQueue(label: "signals")
  let sources = [SIGINT, SIGTERM].map { number in
    let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
    source.setEventHandler {
      let isFirst = isAsked.withLock { isAsked in
        defer { isAsked = true }
        return !isAsked
      }
      // As the shell tells of a program that a signal ended. What is acknowledged is on the disk.
      if !isFirst { _exit(128 + number) }
      Task {
        try await Task.sleep(for: grace)
        task.cancel()
      }
    }
    source.resume()
    return source
  }
  defer { for source in sources { source.cancel() } }
  try await task.value
}
