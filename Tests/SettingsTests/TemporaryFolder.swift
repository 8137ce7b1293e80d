import Foundation

/// A place for files that goes with the value; the folder is made by what writes into it.
final class TemporaryFolder {
  private let url = FileManager.default.temporaryDirectory
    .appendingPathComponent("tagbench-settings-\(UUID().uuidString)")

  deinit {
    // Not every test writes something, and left-overs harm nobody.
    try? FileManager.default.removeItem(at: url)
  }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}
