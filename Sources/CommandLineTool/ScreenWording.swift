import Settings
import TerminalScreen

extension ErrorWording {
  /// The sentence for a theme that cannot be used.
  static func message(for error: SettingsError) -> String {
    switch error {
    case .themeNotFound(let name, let folders):
      "There is no theme “\(name)” in \(folders.joined(separator: " or "))."
    case .unreadable(let path): "\(path) cannot be read as text."
    case .notTOML(let path, let line, let reason): "\(path), line \(line): \(reason)."
    case .meaningless(let path, let line, let problem):
      "\(path), line \(line): \(words(for: problem))."
    }
  }

  private static func words(for problem: ThemeProblem) -> String {
    switch problem {
    case .unknownRole(let name, let known):
      "no part of the screen is called \(name); there are \(known.joined(separator: ", "))"
    case .notText(let role): "\(role) needs text in quotes"
    case .unknownWord(let word, let role): "“\(word)” is neither a colour nor a style (\(role))"
    }
  }

  /// The sentence for a terminal that cannot be taken.
  static func message(for error: TerminalScreenError) -> String {
    switch error {
    case .notATerminal: "The workbench needs a terminal. For scripts, see: tagbench --help"
    case .unknownTerminal(let name):
      "The terminal “\(name ?? "")” is not known here. Set TERM, for example to xterm-256color."
    case .terminalTooSimple(let name):
      "The terminal “\(name ?? "")” cannot place its cursor. Use another, or the commands: tagbench --help"
    case .logNotWritable(let path, let number):
      "The log \(path) cannot be written: \(words(forSystemError: number))."
    case .alreadyOpen: "The terminal is taken already."
    }
  }
}
