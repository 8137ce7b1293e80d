import Testing

@testable import Settings

@Suite struct ServerSettingsTests {
  private static func read(
    _ toml: String
  ) throws(SettingsError) -> (settings: ServerSettings, warnings: [SettingsWarning]) {
    try ServerSettings.read(toml: toml, path: "s.toml")
  }

  @Test func whatIsSetComesWithItsLine() throws {
    let (settings, warnings) = try Self.read(
      """
      [images]
      max-megabytes = 3
      [server]
      keep-days = 2
      fetch-seconds = 1.5
      allow-private-addresses = true
      """)
    #expect(settings.keepDays == Setting(2, line: 4))
    #expect(settings.fetchSeconds == Setting(1.5, line: 5))
    #expect(settings.allowsPrivateAddresses == Setting(true, line: 6))
    #expect(warnings.isEmpty)
    #expect(try Self.read("[images]\nmax-megabytes = 3").settings == ServerSettings())
  }

  @Test func whatMeansNothingIsAWarning() throws {
    let (settings, warnings) = try Self.read("[server]\nkeep-day = 3\nkeep-days = 4\n")
    #expect(settings.keepDays == Setting(4, line: 3))
    #expect(warnings.map(\.name) == ["server.keep-day"] && warnings.map(\.line) == [2])
    #expect(warnings.first?.known.contains("server.keep-days") == true)
  }

  @Test(arguments: [
    ("[server]\nkeep-days = -1", 2, "keep-days", "-1"),
    ("[server]\nkeep-days = \"7\"", 2, "keep-days", "“7”"),
    ("[server]\n\nfetch-seconds = 0", 3, "fetch-seconds", "0"),
    ("[server]\nallow-private-addresses = 1", 2, "allow-private-addresses", "1"),
    ("server = 3", 1, "server", "3"),
  ])
  func wrongValuesNameLineKeyFoundAndWanted(
    toml: String, line: Int, key: String, found: String
  ) {
    #expect {
      try Self.read(toml)
    } throws: { error in
      guard
        case .wrongValue("s.toml", line, key, found, let wanted) = error as? SettingsError
      else { return false }
      return !wanted.isEmpty
    }
  }
}
