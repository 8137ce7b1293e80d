import Foundation
import Glibc

/// What a run of the program came to.
struct ProgramOutcome {
  /// `nil` when a signal ended it.
  let exitCode: Int32?
  let standardOutput: String
  let standardError: String

  /// What it printed, as JSON.
  func document() throws -> JSONDocument { try JSONDocument(standardOutput) }
}

/// Where a stream of a program leads.
enum StreamEnd: CaseIterable {
  case file
  /// A disk without room.
  case full
  case closed
  /// A pipe whose reader has gone.
  case unread
}

/// A run of the program as a process of its own, with its output in files.
///
/// Files, not pipes: a pipe that another child has inherited never ends.
final class RunningProgram {
  let pid: pid_t
  private let outputPath: String
  private let errorPath: String
  private var status: Int32?

  /// How long a run may take before it is taken for hung and killed.
  private static let patience = Duration.seconds(180)

  /// - Parameter folder: An existing folder for the output, which is removed by whoever made it.
  init(
    _ arguments: [String], environment: [String: String], outputIn folder: URL,
    output: StreamEnd = .file, errors: StreamEnd = .file
  ) throws {
    let name = UUID().uuidString
    outputPath = folder.appending(path: "\(name).out").path
    errorPath = folder.appending(path: "\(name).err").path
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    // Opened for nobody but the program.
    let pipe = "\(outputPath).pipe"
    mkfifo(pipe, 0o600)
    let reader = open(pipe, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    let unread = open(pipe, O_WRONLY | O_CLOEXEC)
    close(reader)
    defer { close(unread) }
    for (stream, end, path) in [
      (STDOUT_FILENO, output, outputPath), (STDERR_FILENO, errors, errorPath),
    ] {
      let flags = O_WRONLY | O_CREAT | O_TRUNC
      switch end {
      case .file: posix_spawn_file_actions_addopen(&actions, stream, path, flags, 0o600)
      case .full: posix_spawn_file_actions_addopen(&actions, stream, "/dev/full", O_WRONLY, 0)
      case .closed: posix_spawn_file_actions_addclose(&actions, stream)
      case .unread: posix_spawn_file_actions_adddup2(&actions, unread, stream)
      }
    }

    // Whatever the tests' own process ignores or blocks is nothing to the program.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    for number in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, number) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    var argv = ([TestProgram.path] + arguments).map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var pid: pid_t = 0
    let number = posix_spawn(&pid, TestProgram.path, &actions, &attributes, &argv, &envp)
    guard number == 0 else { throw POSIXError(POSIXErrorCode(rawValue: number) ?? .EIO) }
    self.pid = pid
  }

  /// A run that nobody waited for does not outlive its test.
  deinit {
    kill(SIGKILL)
    _ = finish()
  }

  /// Sends a signal, unless it has ended already.
  func kill(_ number: Int32) {
    if !hasEnded { Glibc.kill(pid, number) }
  }

  /// Whether it has ended; does not wait.
  var hasEnded: Bool {
    if status != nil { return true }
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return false }
    self.status = status
    return true
  }

  /// What it has printed so far.
  var output: String { text(of: outputPath) }

  /// Waits for its end.
  func finish() -> ProgramOutcome {
    let deadline = ContinuousClock.now + Self.patience
    while !hasEnded {
      if ContinuousClock.now > deadline { Glibc.kill(pid, SIGKILL) }
      usleep(1_000)
    }
    // The exit code is in bits 8 to 15, the signal in bits 0 to 6; the macros do not import.
    let status = status ?? 0
    return ProgramOutcome(
      exitCode: status & 0x7F == 0 ? status >> 8 & 0xFF : nil,
      standardOutput: text(of: outputPath), standardError: text(of: errorPath))
  }

  private func text(of path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }
}
