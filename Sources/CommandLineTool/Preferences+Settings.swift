import Settings
import TerminalGrid
import Workbench

extension Preferences {
  /// What the user has set, with the theme of the environment where that names one.
  ///
  /// - Throws: `SettingsError` for a file that cannot be used.
  static func stored() throws -> Preferences {
    let (settings, remarks) = try Locations.userSettingsWithRemarks()
    let keys = settings.keys.compactMap { name, keys in
      commandTable.first { $0.name == name }.map { ($0.command, keys) }
    }
    return Preferences(
      theme: Locations.themeOfEnvironment ?? settings.workbench.theme,
      symbols: PictureSymbols(rawValue: settings.workbench.symbols) ?? .blocks,
      movesOn: settings.workbench.movesOn, usesMouse: settings.workbench.usesMouse,
      usesASCII: settings.workbench.usesASCII, learnsLive: settings.workbench.learnsLive,
      liveLimit: settings.workbench.liveLimit,
      keys: Dictionary(uniqueKeysWithValues: keys), themeNames: Locations.themes.names,
      remarks: remarks)
  }

  /// A theme by name; the terminal's own colours are there also where no theme file is.
  ///
  /// - Throws: `SettingsError`.
  static func theme(named name: String) throws -> Theme {
    do throws(SettingsError) {
      return try Locations.themes.theme(named: name)
    } catch .themeNotFound where name == Theme.terminal.name {
      return .terminal
    }
  }
}

extension Locations {
  /// What the user has set for the workbench; lines that mean nothing are told on standard error.
  ///
  /// - Throws: `SettingsError`.
  static func userSettings() throws -> UserSettings {
    try userSettingsWithRemarks().settings
  }

  /// The same with what was told on standard error, which a screen that is taken soon after hides.
  ///
  /// - Throws: `SettingsError`.
  static func userSettingsWithRemarks() throws -> (settings: UserSettings, remarks: [String]) {
    let (settings, warnings) = try settingsFile.read(commands: commandTable.map(\.name))
    let remarks = warnings.map { ErrorWording.message(for: $0) }
    for remark in remarks { Tagbench.complain(remark) }
    return (settings, remarks)
  }
}

extension Workbench.Setting {
  /// Keeps the setting in the user's file.
  func save(to file: SettingsFile) throws {
    switch self {
    case .theme(let name): try file.set(.theme, to: SettingsFile.quoted(name))
    case .symbols(let symbols): try file.set(.symbols, to: SettingsFile.quoted(symbols.rawValue))
    case .movesOn(let isOn): try file.set(.movesOn, to: "\(isOn)")
    case .usesMouse(let isOn): try file.set(.usesMouse, to: "\(isOn)")
    case .usesASCII(let isOn): try file.set(.usesASCII, to: "\(isOn)")
    case .learnsLive(let isOn): try file.set(.learnsLive, to: "\(isOn)")
    }
  }
}
