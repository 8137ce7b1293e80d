import TOMLKit

/// What a person has set, as `settings.toml` in the folder for settings says it.
///
/// Each part of the program has a section of its own; what a file leaves out is as it is here.
public struct UserSettings: Equatable, Sendable {
  /// The section `[workbench]`.
  public var workbench = WorkbenchSection()
  /// The section `[keys]`: the keys of commands by the commands' names, instead of their usual ones.
  public var keys: [String: [String]] = [:]
  /// The lines of the file, from 1, that set something for the workbench.
  public private(set) var lines: [WorkbenchKey: Int] = [:]

  public init() {}

  public struct WorkbenchSection: Equatable, Sendable {
    /// A theme by name.
    public var theme = "terminal"
    /// `blocks`, `half-blocks`, `braille` or `ascii`.
    public var symbols = "blocks"
    /// Whether the cursor goes on to the next image after tagging.
    public var movesOn = true
    /// Whether the mouse means something in the workbench.
    public var usesMouse = true
    /// Whether lines and signs are drawn with ASCII alone.
    public var usesASCII = false
    /// Whether every change of tags is learned from at once.
    public var learnsLive = true
    /// With more tagged images than this nothing is learned at once.
    public var liveLimit = 20_000
  }
}

extension UserSettings {
  /// The names of the settings of the workbench in its section, in the order of the template.
  public enum WorkbenchKey: String, Sendable, CaseIterable {
    case theme
    case symbols
    case movesOn = "move-on"
    case usesMouse = "mouse"
    case usesASCII = "ascii"
    case learnsLive = "live"
    case liveLimit = "live-limit"
  }

  /// The sections that are read here; those of `EngineSettings` and `ServerSettings` are the others.
  public static let sections: Set<String> = Set(Section.allCases.map(\.rawValue))

  private enum Section: String, CaseIterable {
    case workbench, keys
  }

  /// Reads the text of a settings file.
  ///
  /// - Parameters:
  ///   - toml: The file's text.
  ///   - path: Where it came from, for errors.
  ///   - commands: The names that `[keys]` may use.
  /// - Returns: The settings, and what these sections say that means nothing, in its order.
  /// - Throws: `.notTOML`, `.wrongValue`.
  public static func read(
    toml: String, path: String, commands: [String]
  ) throws(SettingsError) -> (settings: UserSettings, warnings: [SettingsWarning]) {
    let source = try TOMLSource(toml, path: path)
    var settings = UserSettings()
    var warnings: [SettingsWarning] = []
    for entry in source.entries {
      guard let section = Section(rawValue: entry.key) else { continue }
      let known = section == .keys ? commands : WorkbenchKey.allCases.map(\.rawValue)
      guard let entries = source.entries(ofSection: entry.key) else {
        throw entry.wrong("a section: [\(entry.key)]", path)
      }
      for entry in entries {
        guard known.contains(entry.key) else {
          warnings.append(
            SettingsWarning(
              path: path, line: entry.line, name: "\(section.rawValue).\(entry.key)",
              known: section == .keys
                ? ["the commands that : shows"] : known.map { "\(section.rawValue).\($0)" }))
          continue
        }
        switch section {
        case .workbench:
          try settings.workbench.set(entry, path)
          if let key = WorkbenchKey(rawValue: entry.key) { settings.lines[key] = entry.line }
        case .keys: settings.keys[entry.key] = try keys(in: entry, path)
        }
      }
    }
    return (settings, warnings)
  }

  private static func keys(
    in entry: TOMLSource.Entry, _ path: String
  ) throws(SettingsError) -> [String] {
    let names = entry.value.array.map { array in array.map { $0.string } } ?? [entry.value.string]
    let keys = names.compactMap { $0 }
    guard keys.count == names.count, !keys.isEmpty else {
      throw entry.wrong("a key, or a list of keys, such as [\"m\", \"Ctrl-T\"]", path)
    }
    return keys
  }
}

extension UserSettings.WorkbenchSection {
  fileprivate static let symbolNames = ["blocks", "half-blocks", "braille", "ascii"]

  fileprivate mutating func set(
    _ entry: TOMLSource.Entry, _ path: String
  ) throws(SettingsError) {
    func flag() throws(SettingsError) -> Bool {
      guard let flag = entry.value.bool else { throw entry.wrong("true or false", path) }
      return flag
    }
    switch UserSettings.WorkbenchKey(rawValue: entry.key) {
    case .theme:
      guard let name = entry.value.string else { throw entry.wrong("the name of a theme", path) }
      theme = name
    case .symbols:
      guard let name = entry.value.string, Self.symbolNames.contains(name) else {
        throw entry.wrong(Self.symbolNames.joined(separator: ", "), path)
      }
      symbols = name
    case .movesOn: movesOn = try flag()
    case .usesMouse: usesMouse = try flag()
    case .usesASCII: usesASCII = try flag()
    case .learnsLive: learnsLive = try flag()
    case .liveLimit:
      guard let limit = entry.value.int, limit >= 0 else {
        throw entry.wrong("a number of images, such as 20000", path)
      }
      liveLimit = limit
    case nil: break
    }
  }
}
