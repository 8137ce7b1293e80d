/// Why a settings file cannot be used.
public enum SettingsError: Error, Equatable, Sendable {
  /// No folder has a theme of this name.
  case themeNotFound(name: String, folders: [String])
  /// The file cannot be read, or is not UTF-8.
  case unreadable(path: String)
  /// The file is not TOML; the reason is that of the TOML reader.
  case notTOML(path: String, line: Int, reason: String)
  /// The file is TOML, but line `line` (from 1) does not mean anything here.
  case meaningless(path: String, line: Int, problem: ThemeProblem)
  /// A key has a value of another kind, or outside of what is possible.
  case wrongValue(path: String, line: Int, key: String, found: String, wanted: String)
  /// A key that means nothing where every key has to.
  case unknownKey(path: String, line: Int, key: String, known: [String])
  /// A key that has to be there.
  case missingKey(path: String, key: String, wanted: String)
  /// A file that is not replaced.
  case alreadyThere(path: String)
  /// A file that says a setting in a way in which it is not changed without changing more.
  case notEditable(path: String, section: String, setting: String)
  /// A file or its folder that cannot be written; the reason is the system's.
  case notWritable(path: String, reason: String)
}

/// What is wrong with one line of a theme.
public enum ThemeProblem: Equatable, Sendable {
  /// No part of the screen has this name; `known` lists those there are.
  case unknownRole(String, known: [String])
  /// The value is not text in quotes.
  case notText(role: String)
  /// The word is no colour, no attribute and not `on` between colours.
  case unknownWord(String, role: String)
}
