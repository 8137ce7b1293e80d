import WorkThreads

/// Where all that belongs to the screen runs: one thread that does nothing else.
///
/// Not the main actor: on Linux that has no thread of its own, but takes turns on those that also
/// carry the questions and jobs that the screen shall not wait for.
@globalActor
public actor ScreenActor {
  public static let shared = ScreenActor()

  private nonisolated let executor = ThreadExecutor("screen", .same)

  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }
}
