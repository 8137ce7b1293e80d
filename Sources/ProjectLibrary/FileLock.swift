import Glibc

/// A lock on a file, released when the process ends, however it ends.
final class FileLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Waits for the lock.
  static func acquire(_ path: String) throws(LibraryError) -> FileLock {
    let descriptor = try openFile(path)
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let number = errno
        close(descriptor)
        throw .system(operation: "flock", path: path, number: number)
      }
    }
    return FileLock(descriptor: descriptor)
  }

  /// Takes the lock if nobody has it; `nil` when somebody does.
  static func tryAcquire(_ path: String) throws(LibraryError) -> FileLock? {
    let descriptor = try openFile(path)
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { return FileLock(descriptor: descriptor) }
    let number = errno
    close(descriptor)
    if number == EWOULDBLOCK { return nil }
    throw .system(operation: "flock", path: path, number: number)
  }

  func release() { flock(descriptor, LOCK_UN) }

  private static func openFile(_ path: String) throws(LibraryError) -> Int32 {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw .system(operation: "open", path: path, number: errno) }
    return descriptor
  }
}
