import Foundation
import Glibc
import Synchronization

/// A thread that does what it is given, one thing after another.
///
/// A dispatch queue has no thread of its own: those that serve it are shared, as many as there are
/// processors, and where all of them compute, a key waits for them. It is also the only way to let
/// work stand behind other work: a thread that was put behind cannot be raised again.
public final class WorkThread: Sendable {
  /// Who goes first where there are more threads than processors.
  public enum Place: Sendable {
    /// Where the thread stands that makes this one.
    case same
    /// Behind whoever answers a person or a program: for jobs of seconds and minutes. Threads that
    /// it starts, as those of libraries for products and networks, stand behind as well.
    case behind
  }

  private let queue = WorkQueue()

  public init(_ name: String, _ place: Place = .same) {
    let thread = Thread { [queue] in
      if place == .behind { Self.stepBehind() }
      while let work = queue.next() { work() }
    }
    thread.name = name
    // As much as a program's first thread has: products of matrices take arrays on it.
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// Whatever was given before is still done.
  deinit { queue.close() }

  /// Has something done, after what was given before, without waiting for it.
  public func async(_ work: @escaping @Sendable () -> Void) { queue.append(work) }

  /// How far behind, as `nice` counts.
  private static let niceness: Int32 = 10

  private static func stepBehind() {
    // On Linux 0 means this thread. It fails only where somebody has put it further behind.
    _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, niceness)
  }
}

/// What a thread is still to do, and the end of it.
private final class WorkQueue: Sendable {
  private struct State {
    var waiting: [@Sendable () -> Void] = []
    var isClosed = false
  }

  private let state = Mutex(State())
  private let news = DispatchSemaphore(value: 0)

  func append(_ work: @escaping @Sendable () -> Void) {
    state.withLock { $0.waiting.append(work) }
    news.signal()
  }

  /// Nothing comes any more.
  func close() {
    state.withLock { $0.isClosed = true }
    news.signal()
  }

  /// Waits for what comes next; `nil` when nothing will.
  func next() -> (@Sendable () -> Void)? {
    while true {
      news.wait()
      let (work, isClosed) = state.withLock { state in
        (state.waiting.isEmpty ? nil : state.waiting.removeFirst(), state.isClosed)
      }
      if work != nil || isClosed { return work }
    }
  }
}
