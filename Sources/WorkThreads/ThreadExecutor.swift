import Synchronization

/// A serial executor with a thread of its own, for actors that compute for seconds or that nobody may
/// keep waiting.
///
/// On Swift's shared pool two actors that compute starve everything else on a computer with two
/// cores.
public final class ThreadExecutor: SerialExecutor {
  private let name: String
  private let place: WorkThread.Place
  /// Made when there is something to do first: most libraries are opened for less than all that an
  /// actor is there for.
  private let thread = Mutex<WorkThread?>(nil)

  public init(_ name: String, _ place: WorkThread.Place) {
    self.name = name
    self.place = place
  }

  public func enqueue(_ job: consuming ExecutorJob) {
    let unowned = UnownedJob(job)
    let executor = asUnownedSerialExecutor()
    let thread = thread.withLock { thread in
      let present = thread ?? WorkThread(name, place)
      thread = present
      return present
    }
    thread.async { unowned.runSynchronously(on: executor) }
  }
}
