/// Why a terminal cannot be taken.
public enum TerminalScreenError: Error, Equatable, Sendable {
  /// Standard input or standard output is not connected to a terminal.
  case notATerminal
  /// `TERM` is unset (`nil`) or names a terminal that terminfo does not describe.
  case unknownTerminal(name: String?)
  /// The terminal named by `TERM` cannot place its cursor.
  case terminalTooSimple(name: String?)
  /// The file that was to receive standard error cannot be opened.
  case logNotWritable(path: String, errno: Int32)
  /// Another screen of this process has the terminal.
  case alreadyOpen
}
