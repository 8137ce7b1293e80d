import Settings
import TerminalScreen

extension ErrorWording {
  /// The sentence for a theme, settings or an encoder's description that cannot be used.
  static func message(for error: SettingsError) -> String {
    switch error {
    case .themeNotFound(let name, let folders):
      "There is no theme “\(name)” in \(folders.joined(separator: " or "))."
    case .unreadable(let path): "\(path) cannot be read as text."
    case .notTOML(let path, let line, let reason): "\(path), line \(line): \(reason)."
    case .meaningless(let path, let line, let problem):
      "\(path), line \(line): \(words(for: problem))."
    case .wrongValue(let path, let line, let key, let found, let wanted):
      "\(path), line \(line): \(key) is \(found); it wants \(wanted)."
    case .unknownKey(let path, let line, let key, let known):
      "\(path), line \(line): nothing is called \(key) here; there are \(known.joined(separator: ", "))."
    case .missingKey(let path, let key, let wanted):
      "\(path) lacks \(key): \(wanted)."
    case .alreadyThere(let path): "\(path) is there already and stays as it is."
    case .notEditable(let path, let section, let setting):
      "\(path) is written so that only you can change it. Set under \(section): \(setting)"
    case .notWritable(let path, let reason): "\(path) cannot be written: \(reason)"
    }
  }

  /// The sentence for a line of the settings that means nothing.
  static func message(for warning: SettingsWarning) -> String {
    "\(warning.path), line \(warning.line): there is no setting \(warning.name); "
      + "there are \(warning.known.joined(separator: ", "))."
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
