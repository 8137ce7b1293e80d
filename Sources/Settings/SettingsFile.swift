import Foundation

/// The file that a person's settings lie in. It need not exist.
public struct SettingsFile: Hashable, Sendable {
  public let path: String

  public init(path: String) { self.path = path }

  /// Reads what is set for the workbench; of a file that does not exist, the usual settings.
  ///
  /// - Parameter commands: The names that `[keys]` may use.
  /// - Throws: `.unreadable`, `.notTOML`, `.wrongValue`.
  public func read(
    commands: [String]
  ) throws(SettingsError) -> (settings: UserSettings, warnings: [SettingsWarning]) {
    guard let text = try text() else { return (UserSettings(), []) }
    return try UserSettings.read(toml: text, path: path, commands: commands)
  }

  /// Reads what is set for pictures and networks; of a file that does not exist, the usual settings.
  /// Sections that nobody reads are told here.
  ///
  /// - Throws: `.unreadable`, `.notTOML`, `.wrongValue`.
  public func readEngines() throws(SettingsError)
    -> (settings: EngineSettings, warnings: [SettingsWarning])
  {
    guard let text = try text() else { return (EngineSettings(), []) }
    return try EngineSettings.read(
      toml: text, path: path,
      otherSections: UserSettings.sections.union([ServerSettings.section]))
  }

  /// Reads what is set for the server; of a file that does not exist, the usual settings.
  ///
  /// - Throws: `.unreadable`, `.notTOML`, `.wrongValue`.
  public func readServer() throws(SettingsError)
    -> (settings: ServerSettings, warnings: [SettingsWarning])
  {
    guard let text = try text() else { return (ServerSettings(), []) }
    return try ServerSettings.read(toml: text, path: path)
  }

  /// Changes one setting of the workbench, which is there when this returns; comments and order of
  /// the file stay. A file that does not exist is made of the template.
  ///
  /// - Parameter value: As TOML writes it.
  /// - Throws: `.unreadable`, `.notTOML`, `.notWritable`; `.notEditable` rather than write what cannot
  ///   be read, or says something else besides.
  public func set(_ key: UserSettings.WorkbenchKey, to value: String) throws(SettingsError) {
    let section = "workbench"
    let before = try text() ?? Self.template
    let source = try TOMLSource(before, path: path)
    var after = TOMLText(before)
    after.set(key.rawValue, of: section, to: value)
    guard source.isSaid(by: after.text, butFor: key.rawValue, of: section, being: value) else {
      throw .notEditable(path: path, section: section, setting: "\(key.rawValue) = \(value)")
    }
    // Written beside and moved over, so that a full disk leaves the old file.
    try write(after.text, .atomic)
  }

  /// Writes a file in which every setting is commented out, to be edited.
  ///
  /// - Throws: `.alreadyThere` rather than replace a file; `.notWritable`.
  public func writeTemplate() throws(SettingsError) {
    try write(Self.template, .withoutOverwriting)
  }

  /// Text as TOML writes it, in double quotes.
  public static func quoted(_ text: String) -> String {
    "\"" + text.flatMap { "\"\\".contains($0) ? ["\\", $0] : [$0] } + "\""
  }

  private func write(_ text: String, _ options: Data.WritingOptions) throws(SettingsError) {
    // A link stays one: the file may lie among a person's other settings.
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url, options: options)
    } catch CocoaError.fileWriteFileExists where options.contains(.withoutOverwriting) {
      throw .alreadyThere(path: path)
    } catch {
      throw .notWritable(path: path, reason: error.localizedDescription)
    }
  }

  /// `nil` where there is no file.
  private func text() throws(SettingsError) -> String? {
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    do {
      return try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(path: path)
    }
  }

  /// Every setting as it is anyway, with what it means.
  static let template = """
    # Settings of tagbench. A setting that is left out is as the line here says.

    [images]
    # The largest picture file, in millions of bytes.
    # max-megabytes = 64
    # The largest picture, in millions of pixels; judged before memory is taken.
    # max-megapixels = 100

    [networks]
    # How networks compute: "f32", or "bf16" or "f16" where `tagbench doctor` says that the
    # processor does. Embeddings of one precision are not used with another.
    # precision = "f32"

    [server]
    # For how many days `tagbench serve` keeps what programs asked, for review; 0 forgets at once.
    # keep-days = 30
    # Whether pictures that programs name by a URL are fetched from private and local addresses, too,
    # and for how many seconds one may take.
    # allow-private-addresses = false
    # fetch-seconds = 20

    [workbench]
    # A theme of `themes/` beside this file, or one that comes with the program:
    # terminal, dark, light, high-contrast, colour-blind-safe, monochrome.
    # theme = "terminal"
    # What pictures are drawn with: blocks, half-blocks, braille or ascii.
    # symbols = "blocks"
    # Whether the cursor goes on to the next image after tagging.
    # move-on = true
    # Whether the mouse clicks, scrolls and marks; the terminal then selects text with Shift held.
    # mouse = true
    # Whether lines and signs are drawn with ASCII alone.
    # ascii = false
    # Whether every change of tags is learned from at once, which gives suggestions before a
    # training, and with how many tagged images this rests.
    # live = true
    # live-limit = 20000

    [keys]
    # Other keys for commands, by the names that the palette (:) shows; what is given here replaces
    # the usual keys. Such as: mark = ["f", "Space"]

    """
}
