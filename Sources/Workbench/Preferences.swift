/// What a person has set about the workbench.
public struct Preferences: Equatable, Sendable {
  /// A theme by name.
  public var theme: String
  public var symbols: PictureSymbols
  /// Whether the cursor goes on to the next image after tagging.
  public var movesOn: Bool
  /// Whether the mouse means something here; a change of it counts from the next start on.
  public var usesMouse: Bool
  /// Whether lines and signs are drawn with ASCII alone.
  public var usesASCII: Bool
  /// Whether every change of tags is learned from at once.
  public var learnsLive: Bool
  /// With more tagged images than this nothing is learned at once.
  public var liveLimit: Int
  /// The keys of commands, instead of those of the table.
  public var keys: [Command: [String]]
  /// The themes that there are, in alphabetical order.
  public var themeNames: [String]
  /// What the file of settings says and what means nothing, in sentences.
  public var remarks: [String]

  public init(
    theme: String = "terminal", symbols: PictureSymbols = .blocks, movesOn: Bool = true,
    usesMouse: Bool = true, usesASCII: Bool = false, learnsLive: Bool = true,
    liveLimit: Int = 20_000, keys: [Command: [String]] = [:],
    themeNames: [String] = [], remarks: [String] = []
  ) {
    self.theme = theme
    self.symbols = symbols
    self.movesOn = movesOn
    self.usesMouse = usesMouse
    self.usesASCII = usesASCII
    self.learnsLive = learnsLive
    self.liveLimit = liveLimit
    self.keys = keys
    self.themeNames = themeNames
    self.remarks = remarks
  }
}

/// One setting with its value, as it is to be kept.
public enum Setting: Hashable, Sendable {
  case theme(String)
  case symbols(PictureSymbols)
  case movesOn(Bool)
  case usesMouse(Bool)
  case usesASCII(Bool)
  case learnsLive(Bool)
}

extension Preferences {
  /// Every setting with the value that it has, in the order of the settings view.
  public var settings: [Setting] {
    [
      .theme(theme), .symbols(symbols), .movesOn(movesOn), .usesMouse(usesMouse),
      .usesASCII(usesASCII), .learnsLive(learnsLive),
    ]
  }

  mutating func set(_ setting: Setting) {
    switch setting {
    case .theme(let name): theme = name
    case .symbols(let symbols): self.symbols = symbols
    case .movesOn(let isOn): movesOn = isOn
    case .usesMouse(let isOn): usesMouse = isOn
    case .usesASCII(let isOn): usesASCII = isOn
    case .learnsLive(let isOn): learnsLive = isOn
    }
  }

  /// The value that comes after a setting's own.
  func next(after setting: Setting) -> Setting {
    switch setting {
    case .theme(let name): .theme(following(name, in: themeNames))
    case .symbols(let symbols): .symbols(following(symbols, in: PictureSymbols.allCases))
    case .movesOn(let isOn): .movesOn(!isOn)
    case .usesMouse(let isOn): .usesMouse(!isOn)
    case .usesASCII(let isOn): .usesASCII(!isOn)
    case .learnsLive(let isOn): .learnsLive(!isOn)
    }
  }

  private func following<Value: Equatable>(_ value: Value, in values: [Value]) -> Value {
    guard let index = values.firstIndex(of: value) else { return values.first ?? value }
    return values[(index + 1) % values.count]
  }
}

extension Setting {
  /// What the settings view calls it.
  public var name: String {
    switch self {
    case .theme: "theme"
    case .symbols: "pictures are drawn with"
    case .movesOn: "go on to the next image after tagging"
    case .usesMouse: "use the mouse (from the next start on)"
    case .usesASCII: "draw lines with ASCII alone"
    case .learnsLive: "learn from every tag at once"
    }
  }
}

extension State {
  /// The keys that run a command: those that a person has set, else those of the table, without those
  /// that were given to another command.
  public func keys(of entry: CommandEntry) -> [String] {
    (preferences.keys[entry.command] ?? entry.keys)
      .filter { command(ofKey: $0, in: entry.keyPane) == entry.command }
  }

  /// The command of a key by its name, in the pane that has the focus; `nil` when it has none.
  public func command(ofKey name: String) -> Command? { command(ofKey: name, in: focus) }

  /// What a person has set comes before the table, and what is meant for a pane before what is meant
  /// for all.
  private func command(ofKey name: String, in pane: Pane?) -> Command? {
    let own = commandTable.filter { preferences.keys[$0.command]?.contains(name) == true }
    let usual = (entriesOfKeys[name] ?? []).filter { preferences.keys[$0.command] == nil }
    for entries in [own, usual] {
      let found =
        entries.first { $0.keyPane == pane && pane != nil } ?? entries.first { $0.keyPane == nil }
      if let found { return found.command }
    }
    return nil
  }
}

/// The lines of the table by the names of their keys.
private let entriesOfKeys: [String: [CommandEntry]] = Dictionary(
  grouping: commandTable.flatMap { entry in entry.keys.map { (key: $0, entry: entry) } },
  by: \.key
).mapValues { $0.map(\.entry) }
