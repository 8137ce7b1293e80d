import Foundation
import Testing

@testable import TerminalApp

struct ImportPathTests {
  /// A folder with files of these names; removed with the value.
  private final class Folder {
    let path: String

    init(_ names: [String]) throws {
      let url = FileManager.default.temporaryDirectory
        .appendingPathComponent("tagbench-paths-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      path = url.path
      for name in names { try Data().write(to: url.appendingPathComponent(name)) }
    }

    deinit {
      // Left-overs in the temporary folder harm nobody.
      try? FileManager.default.removeItem(atPath: path)
    }
  }

  private func expanded(_ text: String) -> [String] {
    expandedPaths(text).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func patternsMeanTheFilesTheyMatch() throws {
    let folder = try Folder(["b.jpg", "a.jpg", "c.png", ".hidden.jpg"])
    #expect(expanded("\(folder.path)/*.jpg") == ["a.jpg", "b.jpg"].map { "\(folder.path)/\($0)" })
    #expect(expanded("\(folder.path)/[bc].*").count == 2)
    #expect(expanded("\(folder.path)/*.gif") == ["\(folder.path)/*.gif"])
  }

  @Test func namesThatLookLikePatternsAreTakenAsTheyAre() throws {
    let folder = try Folder(["a[1].jpg", "a1.jpg", "what?.png"])
    #expect(expanded("\(folder.path)/a[1].jpg") == ["\(folder.path)/a[1].jpg"])
    #expect(expanded("\(folder.path)/what?.png") == ["\(folder.path)/what?.png"])
  }

  @Test func theTildeIsTheHomeFolder() throws {
    let home = try #require(ProcessInfo.processInfo.environment["HOME"])
    #expect(expanded("~") == [home])
    #expect(expanded("~/no-such-file-here") == ["\(home)/no-such-file-here"])
    #expect(expanded("~nobody/x") == ["~nobody/x"])
  }

  @Test func namesNeedNotBeUTF8() throws {
    let folder = try Folder([])
    let path = Array(folder.path.utf8) + [UInt8(ascii: "/"), 0xE9, 0]
    let descriptor = path.withUnsafeBytes { buffer in
      buffer.baseAddress.map {
        open($0.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600)
      }
    }
    close(try #require(descriptor))
    #expect(expandedPaths("\(folder.path)/*") == [Array(path.dropLast())])
  }
}
