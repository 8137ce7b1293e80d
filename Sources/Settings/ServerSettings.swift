import TOMLKit

/// What is set for the server: the section `server` of `settings.toml`. Options of `tagbench serve`
/// come before it.
public struct ServerSettings: Equatable, Sendable {
  /// For how many days what programs asked is kept: `keep-days`; 0 forgets at once.
  public var keepDays = Setting(30.0)
  /// Whether pictures are fetched from private and local addresses, too: `allow-private-addresses`.
  public var allowsPrivateAddresses = Setting(false)
  /// For how many seconds a picture may take that is fetched: `fetch-seconds`.
  public var fetchSeconds = Setting(20.0)

  /// The settings that go without saying.
  public init() {}

  public static let keepDaysRange = 0.0...36_500.0
  public static let fetchSecondsRange = 0.1...90.0

  /// The section that is read here.
  static let section = "server"

  private enum Key: String, CaseIterable {
    case keepDays = "keep-days"
    case allowsPrivateAddresses = "allow-private-addresses"
    case fetchSeconds = "fetch-seconds"
  }

  /// Reads the text of a settings file.
  ///
  /// - Parameter path: Where it came from, for errors.
  /// - Returns: The settings, and what the section says that means nothing, in its order.
  /// - Throws: `.notTOML`, `.wrongValue`.
  public static func read(
    toml: String, path: String
  ) throws(SettingsError) -> (settings: ServerSettings, warnings: [SettingsWarning]) {
    let source = try TOMLSource(toml, path: path)
    var settings = ServerSettings()
    var warnings: [SettingsWarning] = []
    for heading in source.entries where heading.key == section {
      try source.readSection(heading, keys: Key.allCases, warnings: &warnings) {
        (key, entry) throws(SettingsError) in
        try settings.set(key, to: entry, path: path)
      }
    }
    return (settings, warnings)
  }

  private mutating func set(
    _ key: Key, to entry: TOMLSource.Entry, path: String
  ) throws(SettingsError) {
    func number(in range: ClosedRange<Double>) throws(SettingsError) -> Setting<Double> {
      let number = entry.value.double ?? entry.value.int.map { Double($0) }
      guard let number, range.contains(number) else {
        throw entry.wrong("a number from \(range.lowerBound) to \(range.upperBound)", path)
      }
      return Setting(number, line: entry.line)
    }
    switch key {
    case .keepDays: keepDays = try number(in: Self.keepDaysRange)
    case .fetchSeconds: fetchSeconds = try number(in: Self.fetchSecondsRange)
    case .allowsPrivateAddresses:
      guard let flag = entry.value.bool else { throw entry.wrong("true or false", path) }
      allowsPrivateAddresses = Setting(flag, line: entry.line)
    }
  }
}
