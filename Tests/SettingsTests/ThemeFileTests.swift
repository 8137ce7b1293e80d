import Foundation
import Settings
import TerminalGrid
import Testing

@Suite struct ThemeFileTests {
  private static let shipped = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "themes").path

  private static func read(_ toml: String) throws(SettingsError) -> Theme {
    try Theme(toml: toml, name: "mine", path: "mine.toml")
  }

  @Test func stylesAreReadAsWritten() throws {
    let theme = try Self.read(
      """
      text = "white on #1c1c1c"
      good = "bright-green bold underline"
      selection = "on 17 reverse"
      bad = "default on red"
      """)
    #expect(theme[.text] == Style(.white, on: .palette(234)))
    #expect(theme[.good] == Style(.palette(10), on: .palette(234), [.bold, .underline]))
    #expect(theme[.selection] == Style(.white, on: .palette(17), .reverse))
    #expect(theme[.bad] == Style(.white, on: .red))
    #expect(theme.name == "mine")
  }

  @Test func brokenSyntaxTellsItsLine() {
    #expect {
      try Self.read("text = \"white\"\n\ngood = green\n")
    } throws: { error in
      guard case .notTOML("mine.toml", 3, let reason) = error as? SettingsError else {
        return false
      }
      return !reason.isEmpty
    }
  }

  @Test(arguments: [
    (
      "# good\ntext = \"white\"\n goood = \"red\"", 3,
      ThemeProblem.unknownRole("goood", known: known)
    ),
    ("text = \"white\"\ngood = 7", 2, .notText(role: "good")),
    ("\n\nbad = \"red on\"", 3, .unknownWord("on", role: "bad")),
    ("bad = \"red blue\"", 1, .unknownWord("blue", role: "bad")),
    ("bad = \"red on #12345\"", 1, .unknownWord("#12345", role: "bad")),
    ("bad = \"256\"", 1, .unknownWord("256", role: "bad")),
    ("text = \"white\"\n[styles]\ngood = \"red\"", 2, .unknownRole("styles", known: known)),
    ("zoo = \"red\"\nabc = \"red\"", 1, .unknownRole("zoo", known: known)),
  ])
  func meaninglessLinesAreNamed(toml: String, line: Int, problem: ThemeProblem) {
    #expect(throws: SettingsError.meaningless(path: "mine.toml", line: line, problem: problem)) {
      try Self.read(toml)
    }
  }

  private static let known = Role.allCases.map(\.rawValue)

  @Test func sixThemesAreShippedAndEachIsItself() throws {
    let folders = ThemeFolders(paths: [Self.shipped])
    #expect(
      folders.names == [
        "colour-blind-safe", "dark", "high-contrast", "light", "monochrome", "terminal",
      ])
    let themes = try folders.names.map { try folders.theme(named: $0) }
    #expect(themes.map(\.name) == folders.names)
    #expect(Set(themes).count == 6)
  }

  @Test func theBuiltInThemeIsTheShippedOne() throws {
    #expect(try ThemeFolders(paths: [Self.shipped]).theme(named: "terminal") == .terminal)
  }

  @Test func monochromeHasNoColourAndSaysGoodAndBadApart() throws {
    let theme = try ThemeFolders(paths: [Self.shipped]).theme(named: "monochrome")
    for role in Role.allCases {
      #expect(theme[role].foreground == .standard && theme[role].background == .standard)
    }
    #expect(Set([theme[.good], theme[.warning], theme[.bad]]).count == 3)
  }

  /// WCAG 2.2, 1.4.3 and 1.4.6: text against its ground.
  @Test(arguments: [
    ("dark", 4.5), ("light", 4.5), ("colour-blind-safe", 4.5), ("high-contrast", 7),
  ])
  func textIsReadable(name: String, contrast: Double) throws {
    let theme = try ThemeFolders(paths: [Self.shipped]).theme(named: name)
    let decoration: Set<Role> = [.border, .barEmpty]
    for role in Role.allCases where !decoration.contains(role) || contrast == 7 {
      #expect(Self.contrast(of: theme[role]) >= contrast, "\(role) in \(name)")
      for ground in [Role.selection, .inactiveSelection] {
        #expect(
          Self.contrast(of: theme[role, on: ground]) >= min(contrast, 3),
          "\(role) on \(ground) in \(name)")
      }
    }
  }

  private static func contrast(of style: Style) -> Double {
    guard let text = luminance(style.foreground), let ground = luminance(style.background) else {
      return 0
    }
    return (max(text, ground) + 0.05) / (min(text, ground) + 0.05)
  }

  /// Relative luminance as WCAG defines it; `nil` for a colour that the theme does not set.
  private static func luminance(_ color: Color) -> Double? {
    guard case .palette(let entry) = color else { return nil }
    let rgb = Palette.color(of: entry)
    let parts = [rgb.red, rgb.green, rgb.blue].map { part in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  @Test func anEarlierFolderHidesALaterOne() throws {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "themes-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }  // Left over, it harms nothing.
    try "text = \"red\"".write(
      to: folder.appending(path: "dark.toml"), atomically: true, encoding: .utf8)
    let folders = ThemeFolders(paths: [folder.path, Self.shipped])
    #expect(try folders.theme(named: "dark")[.text] == Style(.red))
    #expect(folders.names.count == 6)
  }

  @Test func whatIsNotThereIsNamed() {
    let folders = ThemeFolders(paths: ["/nowhere"])
    #expect(folders.names.isEmpty)
    #expect(throws: SettingsError.themeNotFound(name: "x", folders: ["/nowhere"])) {
      try folders.theme(named: "x")
    }
    #expect(throws: SettingsError.themeNotFound(name: "../themes/dark", folders: [Self.shipped])) {
      try ThemeFolders(paths: [Self.shipped]).theme(named: "../themes/dark")
    }
    #expect(throws: SettingsError.unreadable(path: "/nowhere/x.toml")) {
      try ThemeFolders.theme(atPath: "/nowhere/x.toml")
    }
  }
}
