import Glibc
import Synchronization
import TerminalGrid

/// What the program prints to, without a buffer: a write that fails is noticed, and ends nothing.
enum StandardStream: Int32 {
  case output = 1
  case error = 2

  private static let firstOutputFailure = Mutex<Int32?>(nil)

  /// Why something that was printed did not arrive, as an `errno`.
  static var outputFailure: Int32? { firstOutputFailure.withLock { $0 } }

  /// To be called before any file is opened.
  static func prepare() {
    // A reader that goes away is an error of the write: a server goes on without its log.
    signal(SIGPIPE, SIG_IGN)
    // Else the next file that is opened would take the place of a stream that is closed, and what is
    // printed would go into it. Opened the wrong way round, so that reading and writing fail as before.
    for (descriptor, access) in [
      (STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY),
    ]
    where fcntl(descriptor, F_GETFD) < 0 { _ = open("/dev/null", access) }
  }

  /// Whether a path is another name of standard output, as `/dev/stdout` is.
  static func isOutput(_ path: String) -> Bool {
    var (named, own) = (stat(), stat())
    return stat(path, &named) == 0 && fstat(output.rawValue, &own) == 0
      && named.st_dev == own.st_dev && named.st_ino == own.st_ino
  }

  /// Writes all of a text, or as much of it as can be written.
  func write(_ text: String) {
    guard let number = failure(writing: text), self == .output else { return }
    Self.firstOutputFailure.withLock { $0 = $0 ?? number }
  }

  private func failure(writing text: String) -> Int32? {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(rawValue, rest.baseAddress, rest.count)
        if count >= 0 {
          rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
          continue
        }
        switch errno {
        case EINTR: break
        case EAGAIN:
          // Another program that shares the terminal has asked not to be kept waiting.
          var request = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
          poll(&request, 1, -1)
        case let number: return number
        }
      }
      return nil
    }
  }

  /// Ends the process as one that prints for a reader who has gone: by SIGPIPE, without a word.
  static func endWithoutReader() -> Never {
    signal(SIGPIPE, SIG_DFL)
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(SIGPIPE)
    quick_exit(1)
  }
}

extension StringProtocol {
  /// The text as a grid shows it: whoever named a file or a tag, nothing in it moves the cursor, colours
  /// the terminal, or turns the line round.
  var shown: String { truncated(to: .max) }
}
