import Glibc

/// Sends standard error to a file, so that what libraries print does not spoil the screen.
struct StandardErrorLog {
  /// The descriptor that standard error was before.
  let previous: Int32

  /// - Throws: `.logNotWritable`.
  init(path: String) throws(TerminalScreenError) {
    let log = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600)
    guard log >= 0 else { throw .logNotWritable(path: path, errno: errno) }
    previous = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    dup2(log, STDERR_FILENO)
    Glibc.close(log)
  }

  /// Makes standard error what it was.
  func end() {
    dup2(previous, STDERR_FILENO)
    Glibc.close(previous)
  }
}
