import Foundation
public import TerminalGrid

/// The themes in some folders: files named `<theme>.toml`.
public struct ThemeFolders: Hashable, Sendable {
  /// Where themes are looked for; an earlier folder's theme hides later ones of its name.
  public let paths: [String]

  /// Takes folders, the user's own first; those that do not exist count as empty.
  public init(paths: [String]) { self.paths = paths }

  /// The names of all themes, in alphabetical order.
  public var names: [String] {
    let files = paths.flatMap { path in
      // A folder that cannot be listed has no themes to offer; asking for one by name tells why.
      (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }
    return Set(files.filter { $0.hasSuffix(".toml") }.map { String($0.dropLast(5)) }).sorted()
  }

  /// Reads a theme by name.
  ///
  /// - Throws: `.themeNotFound`, `.unreadable`, `.notTOML`, `.meaningless`.
  public func theme(named name: String) throws(SettingsError) -> Theme {
    let files = paths.map { $0 + "/" + name + ".toml" }
    guard !name.contains("/"), let file = files.first(where: FileManager.default.fileExists) else {
      throw .themeNotFound(name: name, folders: paths)
    }
    return try Self.theme(atPath: file)
  }

  /// Reads a theme from a file; it is called as the file without `.toml`.
  ///
  /// - Throws: `.unreadable`, `.notTOML`, `.meaningless`.
  public static func theme(atPath path: String) throws(SettingsError) -> Theme {
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(path: path)
    }
    let file = URL(filePath: path).deletingPathExtension().lastPathComponent
    return try Theme(toml: text, name: file, path: path)
  }
}
