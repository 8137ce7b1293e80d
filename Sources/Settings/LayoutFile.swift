import Foundation

/// The file in which the workbench remembers how its screen was divided; nobody edits it by hand.
public struct LayoutFile: Hashable, Sendable {
  /// How a screen is divided.
  public struct Layout: Codable, Equatable, Sendable {
    /// How many steps of room panes were given beyond their usual room, by the panes' names.
    public var steps: [String: Int]
    /// Whether images are shown as a contact sheet.
    public var isSheet: Bool

    public init(steps: [String: Int], isSheet: Bool) {
      self.steps = steps
      self.isSheet = isSheet
    }
  }

  public let path: String

  public init(path: String) { self.path = path }

  /// What was remembered; `nil` where there is nothing that can be read, which is no loss to tell.
  public func read() -> Layout? {
    guard let data = FileManager.default.contents(atPath: path) else { return nil }
    // As the comment above says.
    return try? JSONDecoder().decode(Layout.self, from: data)
  }

  /// Remembers a layout instead of the one before.
  ///
  /// - Throws: `.notWritable`.
  public func write(_ layout: Layout) throws(SettingsError) {
    let url = URL(fileURLWithPath: path)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try encoder.encode(layout).write(to: url, options: .atomic)
    } catch {
      throw .notWritable(path: path, reason: error.localizedDescription)
    }
  }
}
