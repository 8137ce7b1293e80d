public import Foundation
import Glibc

/// A shell in a real terminal: a tmux server of its own, driven by keys and read as text.
///
/// Nothing here sleeps for a result: `wait` looks again until its deadline, and a test fails with
/// the screen as it was then.
public final class TerminalSession {
  /// tmux cannot be found, or a command of it failed.
  public struct Failure: Error { public let message: String }

  private static let prompt = "ready$"
  private let socket: String
  /// A folder of this session's own; removed when it ends.
  public let folder: URL

  /// The path of tmux; `nil` where it is not installed.
  public static let tmux = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/bin/tmux"]
    .first(where: FileManager.default.isExecutableFile)

  /// Starts bash in a window; `environment` is set for it, over a fixed UTF-8 locale.
  public init(
    width: Int = 80, height: Int = 24, terminal: String = "tmux-256color",
    environment: [String: String] = [:]
  ) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "terminal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    socket = folder.appending(path: "tmux").path
    let values = ["LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    try run(
      ["-f", "/dev/null", "new-session", "-d", "-x", "\(width)", "-y", "\(height)"]
        + values.sorted { $0.key < $1.key }.flatMap { ["-e", "\($0)=\($1)"] }
        + ["env -u NO_COLOR TERM=\(terminal) 'PS1=\(Self.prompt) ' bash --norc --noprofile"])
    try waitForPrompt()
  }

  deinit {
    end()
    try? FileManager.default.removeItem(at: folder)  // Left over, it harms nothing.
  }

  /// Kills the terminal, as when a window is closed.
  public func end() {
    _ = try? run(["kill-server"])  // It may be gone already.
  }

  /// Types keys by tmux's names, such as `Up`, `M-x` or `C-z`.
  public func press(_ keys: String...) throws { try run(["send-keys"] + keys) }

  /// Types text and Enter.
  public func enter(_ text: String) throws {
    try run(["send-keys", "-l", text])
    try press("Enter")
  }

  /// Pastes as a terminal does: between marks, when the program asked for them.
  public func paste(_ text: String) throws {
    try run(["set-buffer", text])
    try run(["paste-buffer", "-p"])
  }

  public func resize(width: Int, height: Int) throws {
    try run(["resize-window", "-x", "\(width)", "-y", "\(height)"])
  }

  /// The visible text, a line a row.
  public func text() throws -> String { try run(["capture-pane", "-p"]) }

  /// The visible text with its escape sequences for colours and attributes.
  public func styledText() throws -> String { try run(["capture-pane", "-e", "-p"]) }

  /// What tmux knows, such as `alternate_on`.
  public func value(of variable: String) throws -> String {
    try run(["display-message", "-p", "#{\(variable)}"]).trimmingCharacters(in: .newlines)
  }

  /// Waits until the screen shows a text.
  ///
  /// - Throws: `Failure` with the screen, when it does not within `limit`.
  @discardableResult
  public func wait(for wanted: String, limit: Duration = .seconds(15)) throws -> String {
    let shown = try wait(limit: limit, until: { $0.contains(wanted) }, what: "\"\(wanted)\"")
    return shown
  }

  /// Waits until the shell asks for a command.
  public func waitForPrompt() throws {
    try wait(
      until: { text in
        text.split(separator: "\n").last?.trimmingCharacters(in: .whitespaces) == Self.prompt
      }, what: "prompt")
  }

  /// Waits until the screen's text meets a condition.
  @discardableResult
  public func wait(
    limit: Duration = .seconds(15), until condition: (String) throws -> Bool,
    what: String = "the condition"
  ) throws -> String {
    let start = ContinuousClock.now
    while true {
      let shown = try text()
      if try condition(shown) { return shown }
      guard start.duration(to: .now) < limit else {
        throw Failure(message: "no \(what) on the screen:\n\(shown)")
      }
      usleep(10_000)
    }
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    guard let tmux = Self.tmux else { throw Failure(message: "tmux is not installed") }
    let output = folder.appending(path: "output").path
    // -u: tmux itself must take the screen for UTF-8, whatever the locale of the tests.
    let status = try Self.spawn(
      [tmux, "-u", "-S", socket] + arguments, output: output)
    let text = try String(contentsOfFile: output, encoding: .utf8)
    guard status == 0 else {
      throw Failure(message: "tmux \(arguments.joined(separator: " ")): \(text)")
    }
    return text
  }

  /// Runs a program to its end, its output in a file; returns its wait status.
  ///
  /// Foundation's `Process` waits until nobody holds the descriptors that it hands down, which the
  /// tmux server that the first command leaves behind would do for good.
  private static func spawn(_ command: [String], output: String) throws -> Int32 {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // Threads of the test runner block all signals, and tmux and its shell would inherit that.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var arguments = command.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var identifier: pid_t = 0
    let failure = posix_spawn(
      &identifier, command[0], &actions, &attributes, &arguments, environ)
    guard failure == 0 else { throw Failure(message: "cannot start \(command[0]): \(failure)") }
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
