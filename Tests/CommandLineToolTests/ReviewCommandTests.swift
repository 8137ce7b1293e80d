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
    if let twin = try library.done("near-duplicates").items.first?["path"]?.string {
      let kept = try library.done("near-duplicates", "--keep", twin)
      #expect(kept["groups"]?.integer == 1 && (kept["kept"]?.integer ?? 0) > 1)
      #expect(
        try !library.done("near-duplicates").items.contains { $0["path"]?.string == twin })
    }
  }

  @Test func explanationHasTheKeysOfTheContractAndAWordForThePlace() throws {
    let library = try TestLibrary.trained()
    let path = try library.done("suspects", "--limit", "1").items[0]["path"]?.string ?? ""
    let answer = try library.done("explain", path, "--tag", "daisy")
    #expect(
      answer.keys == ["path", "tag", "probability", "region", "rows", "columns", "values"])
    #expect(answer["tag"]?.string == "daisy" && answer["path"]?.string == path)
    let rows = answer["values"]?.items ?? []
    #expect(Double(rows.count) == answer["rows"]?.number)
    #expect(rows.allSatisfy { Double($0.items.count) == answer["columns"]?.number })

    let file = try library.copySample("daisy/daisy-003.jpg", to: "new.jpg")
    let shown = try library.run("explain", file)
    #expect(shown.exitCode == 0 && shown.standardOutput.contains("new.jpg: daisy"))
    #expect(shown.standardOutput.contains("██"))
    #expect(
      try library.refused("explain", "nothing.jpg", exitCode: 2).contains("nothing.jpg"))
    _ = try library.refused("explain", path, "--tag", "rose", exitCode: 2)
  }

  @Test func adviceHasTheKeysOfTheContract() throws {
    let library = try TestLibrary.trained()
    let answer = try library.done("advice")
    #expect(answer.items.count == 3)
    for line in answer.items {
      #expect(
        line.keys
          == ["tag", "images", "suspicious", "morePictures", "cleanerTags", "advice"])
      #expect(line["morePictures"]?.keys == ["gain", "lower", "upper"])
      #expect(
        ["morePictures", "cleanerTags", "neither"].contains(line["advice"]?.string ?? ""))
    }
    let shown = try library.run("advice")
    #expect(shown.exitCode == 0 && shown.standardOutput.contains("would help"))
  }
}
