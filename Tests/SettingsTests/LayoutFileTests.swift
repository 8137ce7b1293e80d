import Foundation
import Testing

@testable import Settings

@Suite struct LayoutFileTests {
  private let folder = TemporaryFolder()
  private var file: LayoutFile { LayoutFile(path: folder.path("a/layout.json")) }

  @Test func whatIsWrittenIsReadAgain() throws {
    #expect(file.read() == nil)
    let layout = LayoutFile.Layout(steps: ["tags": 2, "images": -1], isSheet: true)
    try file.write(layout)
    #expect(file.read() == layout)
    try file.write(LayoutFile.Layout(steps: [:], isSheet: false))
    #expect(file.read() == LayoutFile.Layout(steps: [:], isSheet: false))
  }

  @Test func aBrokenFileIsAsNone() throws {
    try file.write(LayoutFile.Layout(steps: [:], isSheet: false))
    try Data("{\"steps\": 3".utf8).write(to: URL(fileURLWithPath: file.path))
    #expect(file.read() == nil)
  }
}
