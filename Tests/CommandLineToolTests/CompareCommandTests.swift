import Foundation
import Testing

@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct CompareCommandTests {
  private func library() throws -> TestLibrary {
    let library = try TestLibrary.trained()
    try library.done("train", "--seed", "2")
    return library
  }

  @Test func whatChangedIsToldInWords() throws {
    let library = try library()
    let answer = try library.done("compare")
    #expect(answer["first"] == .number(1) && answer["second"] == .number(2))
    #expect(answer["imageCount"] == .number(118))
    let changed = (answer["becameRight"]?.integer ?? 0) + (answer["becameWrong"]?.integer ?? 0)
    #expect(answer["images"]?.items.count == changed)
    let sentence = answer["sentence"]?.string ?? ""
    #expect(sentence.hasPrefix("Of 118 pictures, iteration 2 against 1: "))
    #expect(sentence.contains("McNemar's test") || changed == 0 || sentence.contains("Neither"))
    #expect(try library.done("compare", "1", "2") == answer)
    let reverse = try library.done("compare", "2", "1")
    #expect(reverse["becameRight"] == answer["becameWrong"])
  }

  @Test func thereMustBeTwo() throws {
    let library = try TestLibrary.trained()
    try library.refused("compare", exitCode: 2)
    try library.refused("compare", "1", "1", exitCode: 2)
    try library.refused("compare", "7", exitCode: 2)
  }

  @Test func aRangeOfTheHistoryIsTakenBack() throws {
    let library = try TestLibrary.trained()
    let first = "daisy-001.jpg"
    try library.done("label", "add", "dahlia", first)
    try library.done("label", "add", "daffodil", first)
    let events = try library.done("history", first).items
    #expect(events.prefix(4).map { $0["actor"] } == Array(repeating: .string("tester"), count: 4))
    let numbers = events.prefix(4).compactMap { $0["change"]?.integer }
    #expect(Set(numbers).count == 2)
    let since = try library.done("history", "--since", "1")
    #expect(since.items.count == 4)
    #expect(try library.done("history", "--who", "nobody").items.isEmpty)
    let (from, to) = (numbers.min() ?? 0, numbers.max() ?? 0)
    try library.done("revert", "\(from)", "\(to)")
    #expect(
      try library.done("image", "show", first).items[0]["tags"] == .array([.string("daisy")]))
    try library.refused("revert", "\(to)", "\(from)", exitCode: 2)
  }
}
