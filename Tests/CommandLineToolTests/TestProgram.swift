import Foundation

/// The program as it was built, beside these tests, and what it works on.
enum TestProgram {
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "tagbench").path

  private static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let sampleData = packageRoot.appending(path: "sample-data").path

  /// Photos that are not part of the repository.
  static let photos =
    environment["TAGBENCH_TEST_DATA"].map { URL(filePath: $0) }
    ?? packageRoot.deletingLastPathComponent().appending(path: "shared/data")

  private static let environment = ProcessInfo.processInfo.environment
  private static let home = environment["HOME"] ?? NSHomeDirectory()

  /// This user's runtime: made by `tagbench setup`, and only read by the tests.
  static let runtime =
    environment["TAGBENCH_RUNTIME"]
    ?? "\(environment["XDG_DATA_HOME"] ?? "\(home)/.local/share")/tagbench/runtime"

  /// Where compiled graphs are kept, so that not every test compiles them again.
  static let cache = environment["XDG_CACHE_HOME"] ?? "\(home)/.cache"

  static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: path) }

  /// Whether the program can embed pictures: set-up writes the manifest last.
  static var canEmbed: Bool {
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: runtime)) ?? []
    return isBuilt
      && versions.contains {
        FileManager.default.fileExists(atPath: "\(runtime)/\($0)/manifest.json")
      }
  }

  /// Whether set-up has all it needs without the network.
  static var canSetUp: Bool {
    let kept = try? FileManager.default.contentsOfDirectory(atPath: "\(cache)/tagbench/downloads")
    return canEmbed && kept?.contains { $0.hasSuffix(".whl") } == true
  }

  static func hasPhotos(_ set: String) -> Bool {
    FileManager.default.fileExists(atPath: photos.appending(path: set).path)
  }
}
