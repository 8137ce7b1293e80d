import Foundation
import Testing

@testable import Settings

@Suite struct SettingsFileTests {
  private let folder = TemporaryFolder()
  private let commands = ["mark", "filter"]

  private func settings(_ toml: String) throws -> UserSettings {
    let (settings, warnings) = try UserSettings.read(
      toml: toml, path: "s.toml", commands: commands)
    #expect(warnings.isEmpty)
    return settings
  }

  private func temporaryFile() -> SettingsFile {
    SettingsFile(path: folder.path("\(UUID().uuidString)/settings.toml"))
  }

  @Test func whatIsLeftOutIsAsUsual() throws {
    #expect(try settings("") == UserSettings())
    #expect(try temporaryFile().read(commands: commands).settings == UserSettings())
  }

  @Test func settingsAndKeysAreRead() throws {
    let read = try settings(
      """
      [workbench]
      theme = "dark"  # at night
      move-on = false
      [keys]
      mark = ["m", "Space"]
      filter = "f"
      """)
    #expect(read.workbench.theme == "dark" && !read.workbench.movesOn)
    #expect(read.workbench.symbols == "blocks")
    #expect(read.keys == ["mark": ["m", "Space"], "filter": ["f"]])
    #expect(read.lines == [.theme: 2, .movesOn: 3])
  }

  @Test(arguments: [
    ("[workbench]\nmouse = 1", 2, "mouse", "1", "true or false"),
    (
      "[workbench]\ntheme = \"x\"\nsymbols = \"dots\"", 3, "symbols", "“dots”",
      "blocks, half-blocks, braille, ascii"
    ),
    ("[workbench]\n\ntheme = 2", 3, "theme", "2", "the name of a theme"),
    (
      "[keys]\nmark = []", 2, "mark", "a list",
      "a key, or a list of keys, such as [\"m\", \"Ctrl-T\"]"
    ),
    ("keys = 3", 1, "keys", "3", "a section: [keys]"),
  ])
  func wrongValuesAreNamed(
    toml: String, line: Int, key: String, found: String, wanted: String
  ) {
    #expect(
      throws: SettingsError.wrongValue(
        path: "s.toml", line: line, key: key, found: found, wanted: wanted)
    ) { try settings(toml) }
  }

  @Test func whatMeansNothingIsAWarning() throws {
    let (settings, warnings) = try UserSettings.read(
      toml: "[colours]\n[workbench]\nthemes = \"dark\"\nascii = true\n[keys]\nfly = \"f\"",
      path: "s.toml", commands: commands)
    #expect(settings.workbench.usesASCII && settings.keys.isEmpty)
    // The unknown section is told by the reader of the other sections.
    #expect(warnings.map(\.line) == [3, 6])
    #expect(warnings.map(\.name) == ["workbench.themes", "keys.fly"])
  }

  @Test func anEditKeepsCommentsAndOrder() throws {
    let file = temporaryFile()
    let url = URL(fileURLWithPath: file.path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let before = """
      # mine
      [keys]
      mark = "m"   # like mail
      [workbench]
      mouse = true # a # in a comment
      theme = "a # b" # dark at night

      # end
      """
    try Data(before.utf8).write(to: url)
    try file.set(.theme, to: SettingsFile.quoted("li\"ght"))
    try file.set(.usesMouse, to: "false")
    try file.set(.movesOn, to: "false")
    #expect(
      try String(contentsOf: url, encoding: .utf8) == """
        # mine
        [keys]
        mark = "m"   # like mail
        [workbench]
        mouse = false # a # in a comment
        theme = "li\\"ght" # dark at night
        move-on = false

        # end
        """)
  }

  /// Files that say the theme in every way that TOML knows, and others that look as if they did.
  private static let files: [(toml: String, isEditable: Bool)] = [
    ("", true), ("# nothing", true), ("theme = \"other\"", true), ("\u{FEFF}[workbench]", true),
    ("[workbench]", true), ("[workbench]\n", true), ("[ \"workbench\" ]\n'theme' = 'x'", true),
    ("[workbench] # mine\ntheme = \"x#y\" # dark\nmouse = true", true),
    ("workbench.theme = \"dark\"\n[keys]\nmark = \"m\"\n", true),
    ("workbench . \"theme\" = 'dark' # by hand\nworkbench.mouse = false", true),
    ("workbench.mouse = true\n\n[images]\nmax-megabytes = 3\n", true),
    ("[keys]\nmark = [\n  \"]\", # theme = 1\n  \"[workbench]\",\n]\n[workbench]\ntheme='x'", true),
    ("a = \"\"\"\n[workbench]\ntheme = 1\n\\\"\"\"\"\"\n[workbench]\nmouse = true", true),
    ("a = \'\'\'\n[workbench]\n# theme = 1\n\'\'\'", true),
    ("[workbench]\ntheme = \"\"\"\nlong\n\"\"\"\nmouse = true\n", true),
    ("[workbench]\nlist = [\n  1,\n]\n# theme = \"x\"\n# more\n\n[keys]\n", true),
    ("[workbench.deep]\ntheme = 1\n[other]\ntheme = 2", true),
    ("[[list]]\n[list.workbench]\ntheme = 1\n[[list]]\ntheme = 2", true),
    ("[workbench]\nmouse = true\n\n\n\n# end", true), ("x = nan\ny = 1979-05-27 07:32:00", true),
    ("[workbench]\nnote = \"\u{301}[workbench] # \u{2028}\" # \u{2028} theme = 3\n", true),
    ("workbench = { theme = \"x\", mouse = true }", false),
    ("workbench = { mouse = true }\n", false), ("workbench = {}", false), ("workbench = 3", false),
    ("[[workbench]]\nmouse = true", false), ("[workbench]\n\"th\\u0065me\" = 1", false),
  ]

  @Test(arguments: files.indices, ["\n", "\r\n"])
  func anEditChangesOneValueOrNothing(index: Int, newline: String) throws {
    let (toml, isEditable) = Self.files[index]
    let before = toml.replacing("\n", with: newline)
    let file = temporaryFile()
    let url = URL(fileURLWithPath: file.path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(before.utf8).write(to: url)
    let value = SettingsFile.quoted("a \"#\" b")
    do {
      try file.set(.theme, to: value)
      #expect(isEditable, "\(before)")
    } catch {
      let setting = "theme = \(value)"
      #expect(
        error == .notEditable(path: file.path, section: "workbench", setting: setting))
      #expect(!isEditable, "\(before)")
    }
    let after = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    guard isEditable else {
      #expect(after == before)
      return
    }
    let source = try TOMLSource(before, path: "s.toml")
    #expect(source.isSaid(by: after, butFor: "theme", of: "workbench", being: value), "\(after)")
    #expect(!source.isSaid(by: before, butFor: "theme", of: "workbench", being: value))
    // Lines end as they did.
    let ends = after.utf8.count { $0 == UInt8(ascii: "\n") }
    let returns = after.utf8.count { $0 == UInt8(ascii: "\r") }
    if before.contains(newline) { #expect(returns == (newline == "\n" ? 0 : ends), "\(after)") }
    // Twice the same changes nothing.
    try file.set(.theme, to: value)
    #expect(try String(contentsOf: url, encoding: .utf8) == after)
  }

  @Test func aLinkToTheFileStaysOne() throws {
    let file = temporaryFile()
    try file.writeTemplate()
    let link = file.path + ".link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: file.path)
    try SettingsFile(path: link).set(.theme, to: "\"dark\"")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == file.path)
    #expect(try file.read(commands: commands).settings.workbench.theme == "dark")
  }

  @Test func aNewFileExplainsItself() throws {
    let file = temporaryFile()
    try file.set(.symbols, to: SettingsFile.quoted("braille"))
    let text = try String(contentsOfFile: file.path, encoding: .utf8)
    #expect(text.contains("# What pictures are drawn with"))
    // It stands below what explains it.
    #expect(text.contains("# symbols = \"blocks\"\nsymbols = \"braille\"\n"))
    var expected = UserSettings()
    expected.workbench.symbols = "braille"
    #expect(try file.read(commands: commands).settings.workbench == expected.workbench)
  }

  /// The template says what is true when nothing is said.
  @Test func theTemplateIsAsUsual() throws {
    // Uncommented, every line is a setting with its usual value.
    let lines = SettingsFile.template.split(separator: "\n").map { line in
      line.hasPrefix("# ") && line.contains(" = ") && !line.contains(":")
        ? line.dropFirst(2) : line
    }
    let toml = lines.joined(separator: "\n")
    #expect(try settings(toml).workbench == UserSettings().workbench)
    let (engines, warnings) = try EngineSettings.read(
      toml: toml, path: "s.toml",
      otherSections: UserSettings.sections.union([ServerSettings.section]))
    #expect(warnings.isEmpty)
    let (server, serverWarnings) = try ServerSettings.read(toml: toml, path: "s.toml")
    #expect(serverWarnings.isEmpty)
    #expect(server.keepDays.value == 30 && server.keepDays.line != nil)
    #expect(!server.allowsPrivateAddresses.value && server.allowsPrivateAddresses.line != nil)
    #expect(server.fetchSeconds.value == 20 && server.fetchSeconds.line != nil)
    #expect(engines.maxMegabytes.value == 64 && engines.maxMegabytes.line != nil)
    #expect(engines.maxMegapixels.value == 100 && engines.maxMegapixels.line != nil)
    #expect(engines.precision.value == .f32 && engines.precision.line != nil)
    for key in UserSettings.WorkbenchKey.allCases {
      #expect(toml.contains("\n\(key.rawValue) = "))
    }
  }

  @Test func theTemplateReplacesNoFile() throws {
    let file = temporaryFile()
    try file.writeTemplate()
    #expect(try file.read(commands: commands).settings == UserSettings())
    #expect(try file.readEngines().settings == EngineSettings())
    #expect(try file.readServer().settings == ServerSettings())
    #expect(throws: SettingsError.alreadyThere(path: file.path)) { try file.writeTemplate() }
  }

  @Test func aFolderThatCannotBeWrittenIsNamed() {
    let file = SettingsFile(path: "/dev/null/settings.toml")
    #expect {
      try file.set(.theme, to: "\"x\"")
    } throws: { error in
      guard case .notWritable("/dev/null/settings.toml", _) = error as? SettingsError else {
        return false
      }
      return true
    }
  }
}
