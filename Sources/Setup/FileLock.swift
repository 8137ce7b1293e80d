import Foundation

/// A lock between processes on a file; the kernel releases it when the holder dies.
final class FileLock {
  private let descriptor: Int32

  /// Takes the lock, trying again until the holder lets go.
  ///
  /// - Parameter waiting: Called once, if another process holds it.
  /// - Throws: `.fileFailed`; `CancellationError` when the task is cancelled while waiting.
  init(path: String, waiting: () -> Void) throws {
    descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw SetupError.fileFailed(path: path, reason: String(cString: strerror(errno)))
    }
    var hasWaited = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let reason = String(cString: strerror(errno))
        close(descriptor)
        throw SetupError.fileFailed(path: path, reason: reason)
      }
      if !hasWaited { waiting() }
      hasWaited = true
      if Task.isCancelled {
        close(descriptor)
        throw CancellationError()
      }
      Thread.sleep(forTimeInterval: 0.1)
    }
  }

  deinit {
    close(descriptor)
  }
}
