import Dispatch
import Synchronization
import WorkThreads

/// Runs `work` for every item on several threads of its own, and hands the results to `consume` on
/// the calling thread, in the order of the items.
///
/// The threads run ahead of `consume` by so many items at most, so that memory stays bounded. When
/// the calling task is cancelled, or `consume` throws, no further item is begun and the call ends once
/// those in work are done.
///
/// - Parameter lead: How many items the threads run ahead; `nil` for four a thread.
/// - Throws: `CancellationError`, or what `consume` throws.
func inOrder<Item: Sendable, Output: Sendable>(
  _ items: [Item], concurrency: Int, lead: Int? = nil, work: @escaping @Sendable (Item) -> Output,
  consume: (Item, Output) throws -> Void
) throws {
  let shared = WorkQueue<Output>(itemCount: items.count, lead: lead ?? 4 * concurrency)
  let group = DispatchGroup()
  let threads = (0..<min(concurrency, items.count)).map { WorkThread("item \($0)") }
  for thread in threads {
    group.enter()
    thread.async {
      while let index = shared.takeNext() { shared.finish(index, work(items[index])) }
      group.leave()
    }
  }
  defer {
    shared.stop()
    group.wait()
  }
  for item in items {
    let output = shared.nextOutput(isCancelled: { Task.isCancelled })
    guard let output else { throw CancellationError() }
    try consume(item, output)
  }
}

/// Which items are taken, and the results that wait for their turn.
private final class WorkQueue<Output: Sendable>: Sendable {
  private struct State {
    var nextItem = 0
    var nextOutput = 0
    var isStopped = false
    var outputs: [Int: Output] = [:]
  }

  private let state = Mutex(State())
  private let itemCount: Int
  private let room: DispatchSemaphore
  private let finished = DispatchSemaphore(value: 0)

  init(itemCount: Int, lead: Int) {
    self.itemCount = itemCount
    // A semaphore that holds less at its end than at its beginning traps: this one begins empty.
    room = DispatchSemaphore(value: 0)
    for _ in 0..<lead { room.signal() }
  }

  func takeNext() -> Int? {
    room.wait()
    return state.withLock { state in
      guard !state.isStopped, state.nextItem < itemCount else {
        // The other threads wait for room too, and have to learn of the end.
        room.signal()
        return nil
      }
      defer { state.nextItem += 1 }
      return state.nextItem
    }
  }

  func finish(_ index: Int, _ output: Output) {
    state.withLock { $0.outputs[index] = output }
    finished.signal()
  }

  /// Waits for the next result in order; `nil` once cancelled.
  func nextOutput(isCancelled: () -> Bool) -> Output? {
    while true {
      if isCancelled() { return nil }
      let output = state.withLock { state -> Output? in
        guard let output = state.outputs.removeValue(forKey: state.nextOutput) else { return nil }
        state.nextOutput += 1
        return output
      }
      if let output {
        room.signal()
        return output
      }
      // Wakes for every finished item; the time limit only bounds how late a cancellation is seen.
      _ = finished.wait(timeout: .now() + .milliseconds(50))
    }
  }

  func stop() {
    state.withLock { $0.isStopped = true }
    room.signal()
  }
}
