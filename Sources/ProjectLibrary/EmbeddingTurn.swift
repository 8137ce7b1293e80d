import Glibc

/// The right to make embeddings, which one job of all processes has at a time.
///
/// Whoever is urgent also holds a second lock, from before waiting until the end; jobs that work ahead
/// ask for that lock before each round, and so come after.
struct EmbeddingTurn {
  fileprivate let locks: [FileLock]

  func end() {
    for lock in locks { lock.release() }
  }
}

extension Library {
  /// Waits for the turn; notices when the task is cancelled.
  ///
  /// - Throws: `CancellationError`; `.system` when there are no lock files to be had.
  func waitForEmbeddingTurn(isUrgent: Bool) throws -> EmbeddingTurn {
    let urgent = try waitForLock("\(path)/locks/embedding-urgent")
    if !isUrgent { urgent.release() }
    let lock = try waitForLock("\(path)/locks/embedding")
    return EmbeddingTurn(locks: isUrgent ? [lock, urgent] : [lock])
  }

  /// Waits for a lock that another process may hold for minutes.
  private func waitForLock(_ path: String) throws -> FileLock {
    while true {
      if let lock = try FileLock.tryAcquire(path) { return lock }
      try Task.checkCancellation()
      usleep(10_000)
    }
  }
}
