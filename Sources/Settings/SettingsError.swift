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
