import Foundation

extension EngineSettings {
  /// Reads a settings file; one that does not exist says nothing.
  ///
  /// - Throws: `.unreadable`, `.notTOML`, `.wrongValue`.
  public static func read(
    atPath path: String, otherSections: Set<String> = []
  ) throws(SettingsError) -> (settings: EngineSettings, warnings: [SettingsWarning]) {
    guard FileManager.default.fileExists(atPath: path) else { return (EngineSettings(), []) }
    let text: String
    do {
      text = try String(contentsOfFile: path, encoding: .utf8)
    } catch {
      throw .unreadable(path: path)
    }
    return try read(toml: text, path: path, otherSections: otherSections)
  }

  /// Writes a settings file in which every line is commented out, to be edited.
  ///
  /// - Throws: `.alreadyThere` rather than replace a file; `.notWritable`.
  public static func writeTemplate(toPath path: String) throws(SettingsError) {
    let url = URL(filePath: path)
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(template.utf8).write(to: url, options: .withoutOverwriting)
    } catch CocoaError.fileWriteFileExists {
      throw .alreadyThere(path: path)
    } catch {
      throw .notWritable(path: path, reason: error.localizedDescription)
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

    """
}
