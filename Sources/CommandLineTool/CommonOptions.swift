import ArgumentParser
import Dataset
import Foundation
import Imaging
import ProjectLibrary
import Settings
import TerminalGrid

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
  @Option(
    name: .customLong("library"),
    help: ArgumentHelp(
      "The folder of the library.",
      discussion: "Else $TAGBENCH_LIBRARY, else the user's data folder.",
      valueName: "dir"))
  var libraryPath: String?

  @Option(
    name: .customLong("project"),
    help: ArgumentHelp("The project; may be left out when there is only one.", valueName: "name"))
  var projectName: String?

  @Flag(name: .customLong("json"), help: "Print JSON for programs.")
  var printsJSON = false

  /// Opens the library that is meant.
  ///
  /// - Parameters:
  ///   - makesIt: Makes it when there is none; else a mistyped folder would become a library.
  ///   - actor: Who makes changes; the user if left out.
  func openLibrary(makesIt: Bool = false, actor: String? = nil) throws -> Library {
    let path = Locations.library(libraryPath)
    if path.isEmpty { throw WrongUse("--library needs a folder.") }
    if !makesIt && !FileManager.default.fileExists(atPath: "\(path)/library.sqlite") {
      throw WrongUse(
        "There is no library in \(path) yet. Make one with: tagbench project create NAME")
    }
    let settings = try Locations.engineSettings()
    return try Library(
      path: path, actor: actor ?? Locations.userName, limits: DecodingLimits(settings),
      warn: { Tagbench.complain(ErrorWording.message(for: $0)) },
      embedder: { try Runtime.embedder(for: $0) })
  }

  /// The library that is meant; `nil` where there is none.
  func libraryIfThere() throws -> Library? {
    let path = Locations.library(libraryPath)
    return FileManager.default.fileExists(atPath: "\(path)/library.sqlite")
      ? try openLibrary() : nil
  }

  /// Opens the library and the project that is meant.
  func open() throws -> (Library, Project) {
    let library = try openLibrary()
    return (library, try library.project(named: projectName))
  }

  /// Prints an answer: the document for programs, the text for people.
  func answer(_ document: @autoclosure () -> JSONValue, _ text: @autoclosure () -> String) {
    if printsJSON { Tagbench.say(document().text) } else { answer(text()) }
  }

  /// Prints a text for people.
  func answer(_ text: String) {
    Tagbench.say(
      text.split(separator: "\n", omittingEmptySubsequences: false).map(\.shown)
        .joined(separator: "\n"))
  }
}

/// Where things lie on this computer.
enum Locations {
  private static let environment = ProcessInfo.processInfo.environment

  /// The library's folder: as given, else `$TAGBENCH_LIBRARY`, else in the user's data folder.
  static func library(_ given: String?) -> String {
    given ?? nonEmpty("TAGBENCH_LIBRARY") ?? "\(data)/tagbench/library"
  }

  static var demoLibrary: String { "\(data)/tagbench/demo" }

  /// `$XDG_DATA_HOME`, else `~/.local/share`.
  static var data: String { nonEmpty("XDG_DATA_HOME") ?? "\(home)/.local/share" }
  /// `$XDG_CACHE_HOME`, else `~/.cache`.
  static var cache: String { nonEmpty("XDG_CACHE_HOME") ?? "\(home)/.cache" }
  /// `$XDG_STATE_HOME`, else `~/.local/state`: logs, and how the screen was divided.
  static var state: String { nonEmpty("XDG_STATE_HOME") ?? "\(home)/.local/state" }
  static var home: String { nonEmpty("HOME") ?? NSHomeDirectory() }

  /// `$XDG_CONFIG_HOME`, else `~/.config`: settings and the user's own themes.
  static var settings: String { nonEmpty("XDG_CONFIG_HOME") ?? "\(home)/.config" }

  /// The file of the user's settings.
  static var settingsFile: SettingsFile {
    SettingsFile(path: "\(settings)/tagbench/settings.toml")
  }

  /// What the user has set for pictures and networks.
  ///
  /// - Throws: `SettingsError`.
  static func engineSettings() throws -> EngineSettings { try readEngineSettings.get() }

  /// Read once in a run, so that lines that mean nothing are told once, on standard error.
  private static let readEngineSettings: Result<EngineSettings, any Error> = Result {
    let (settings, warnings) = try settingsFile.readEngines()
    for warning in warnings { Tagbench.complain(ErrorWording.message(for: warning)) }
    return settings
  }

  /// What the user has set for the server; lines that mean nothing are told on standard error.
  ///
  /// - Throws: `SettingsError`.
  static func serverSettings() throws -> ServerSettings {
    let (settings, warnings) = try settingsFile.readServer()
    for warning in warnings { Tagbench.complain(ErrorWording.message(for: warning)) }
    return settings
  }

  /// A file with the certificates of the authorities that are trusted on the web, in PEM, in place of
  /// the system's: `$SSL_CERT_FILE`, as other programs have it.
  static var certificateFile: String? { nonEmpty("SSL_CERT_FILE") }

  /// How the workbench's screen was divided the last time.
  static var layoutFile: LayoutFile { LayoutFile(path: "\(state)/tagbench/layout.json") }

  /// The workbench's log, in a folder that is there.
  static func logFile() throws -> String {
    let folder = "\(state)/tagbench"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    return "\(folder)/log"
  }

  /// Where themes lie; the user's own come before those that are shipped.
  static var themes: ThemeFolders {
    ThemeFolders(
      paths: ["\(settings)/tagbench/themes"] + [shipped("themes")].compactMap { $0 })
  }

  /// `$TAGBENCH_THEME`; `nil` when it is unset.
  static var themeOfEnvironment: String? { nonEmpty("TAGBENCH_THEME") }

  /// Who makes changes, as the history shows it.
  static var userName: String { nonEmpty("TAGBENCH_USER") ?? nonEmpty("USER") ?? NSUserName() }

  /// A file that comes with the program: beside an installed executable in `share/tagbench`, or in the
  /// checkout that it was built in.
  static func shipped(_ name: String) -> String? {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    var folder = executable.deletingLastPathComponent()
    let installed = folder.appendingPathComponent("../share/tagbench/\(name)").standardized.path
    if FileManager.default.fileExists(atPath: installed) { return installed }
    // A build lies a few folders deep in the checkout, whose top holds what is shipped.
    for _ in 0..<6 {
      let candidate = folder.appendingPathComponent(name).path
      if FileManager.default.fileExists(atPath: candidate),
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path)
      {
        return candidate
      }
      folder.deleteLastPathComponent()
    }
    return nil
  }

  private static func nonEmpty(_ name: String) -> String? {
    environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension DecodingLimits {
  fileprivate init(_ settings: EngineSettings) {
    self.init(
      byteCount: settings.maxMegabytes.value * 1_000_000,
      pixelCount: settings.maxMegapixels.value * 1_000_000)
  }
}
