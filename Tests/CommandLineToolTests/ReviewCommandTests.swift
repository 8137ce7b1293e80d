import Foundation
import Testing

/// Lists of pictures to go through, key by key as the command-line contract says.
@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct ReviewCommandTests {
  private static let keys: Set = [
    "path", "id", "tags", "score", "reason", "suggestion", "agreeing", "disagreeing",
  ]

  @Test func listsHaveTheKeysOfTheContract() throws {
    let library = try TestLibrary.trained()
    for command in ["misclassified", "suspects"] {
      let answer = try library.done(command, "--limit", "3")
      #expect(answer.items.count == 3, "\(command)")
      let scores = answer.items.compactMap { $0["score"]?.number }
      #expect(scores.count == 3 && scores == scores.sorted(by: >), "\(command)")
      for item in answer.items {
        #expect(item.keys == Self.keys, "\(command)")
        #expect(item["tags"]?.items.count == 1)
      }
    }
    #expect(try library.done("suspects", "--limit", "1000").items.count == 118)
    #expect(try library.done("queue").items.isEmpty)
    #expect(try library.done("suggest").items.isEmpty)
    let first = try library.done("suspects", "--limit", "1").items[0]["path"]?.string ?? ""
    #expect(try library.done("neighbours", first, "--limit", "7").items.count == 7)
    _ = try library.done("near-duplicates")
  }
}
