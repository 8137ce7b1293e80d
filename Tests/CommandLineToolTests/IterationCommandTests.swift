import Foundation
import Testing

@Suite(.enabled(if: TestProgram.canEmbed, "needs tagbench beside the tests, and its runtime"))
struct IterationCommandTests {
  /// A trained library with a second iteration.
  private func library() throws -> TestLibrary {
    let library = try TestLibrary.trained()
    try library.done("train", "--seed", "2")
    return library
  }

  private func current(_ library: TestLibrary) throws -> Double? {
    try library.done("performance")["iteration"]?.number
  }

  @Test func theNewestAnswersUnlessAnotherIsUsed() throws {
    let library = try library()
    #expect(try current(library) == 2)
    try library.done("iteration", "use", "1")
    #expect(try current(library) == 1)
    try library.done("train", "--seed", "3")
    #expect(try current(library) == 1)
    try library.done("iteration", "use")
    #expect(try current(library) == 3)
    #expect(try library.done("performance", "--iteration", "2")["iteration"] == .number(2))
  }

  @Test func bothListsAreOne() throws {
    let library = try library()
    let list = try library.done("iterations")
    #expect(list.items.map { $0["iteration"]?.integer } == [2, 1])
    #expect(list.items.map { $0["current"] } == [.bool(true), .bool(false)])
    #expect(try library.done("iteration", "list") == list)
  }

  @Test func aDeletedIterationComesBackAndItsNumberIsNotUsedAgain() throws {
    let library = try library()
    try library.done("iteration", "delete", "2")
    #expect(try current(library) == 1)
    #expect(try library.done("train", "--seed", "3")["iteration"] == .number(3))
    try library.done("iteration", "restore", "2")
    #expect(
      try library.done("iterations").items.map { $0["iteration"]?.integer } == [3, 2, 1])
  }

  @Test func aPublishedIterationIsKept() throws {
    let library = try library()
    try library.done("iteration", "publish", "1", "production")
    #expect(
      try library.done("iterations").items.map { $0["publishName"] } == [
        .null, .string("production"),
      ])
    try library.refused("iteration", "delete", "1", exitCode: 1)
    try library.refused("project", "delete", "flowers", exitCode: 1)
    try library.refused("iteration", "publish", "2", "production", exitCode: 2)
    try library.done("iteration", "unpublish", "1")
    try library.done("iteration", "delete", "1")
  }

  @Test func labelsAreThereAsOfAnIteration() throws {
    let library = try TestLibrary.trained()
    let before = try library.done("label", "list")
    let file = try #require(before.items.first?["path"]?.string)
    try library.done("label", "add", "dahlia", file)
    try library.done("tag", "merge", "daisy", "daffodil")
    #expect(try library.done("label", "list") != before)
    let then = try library.done("label", "list", "--iteration", "1")
    func pairs(_ document: JSONDocument) -> Set<[String?]> {
      Set(document.items.map { [$0["path"]?.string, $0["tag"]?.string] })
    }
    #expect(pairs(then) == pairs(before))
    #expect(then.items.count == before.items.count)
  }

  @Test func anIterationIsRenamed() throws {
    let library = try TestLibrary.trained()
    try library.done("iteration", "rename", "1", "first light")
    #expect(try library.done("iterations").strings("name") == ["first light"])
  }
}
