import Foundation
import Testing

/// Commands are named in their configuration. A name made from a type's own has the runtime look
/// through every conformance of the program, once for each command: half the time of a start.
@Test func everyCommandNamesItself() throws {
  let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/CommandLineTool")
  let files = try #require(
    FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
  var count = 0
  for case let file as URL in files where file.pathExtension == "swift" {
    let text = try String(contentsOf: file, encoding: .utf8)
    for match in text.matches(of: /CommandConfiguration\(\s*(\w*)/) {
      count += 1
      #expect(match.1 == "commandName", "\(file.lastPathComponent)")
    }
  }
  #expect(count > 60)
}
