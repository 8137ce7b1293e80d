import Foundation
import Testing

/// Exit code 2, one sentence on standard error, nothing on standard output.
@Suite(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
struct WrongUseTests {
  @Test func withTwoProjectsOneHasToBeNamed() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "one")
    try library.done("project", "create", "two")
    let complaint = try library.refused("tag", "list", exitCode: 2)
    #expect(complaint.contains("--project") && complaint.contains("one, two"))
    try library.done("tag", "list", "--project", "two")
  }

  @Test func withoutAProjectTheCommandToMakeOneIsNamed() throws {
    let library = try TestLibrary(embeds: false)
    let complaint = try library.refused("train", exitCode: 2)
    #expect(complaint.contains("tagbench project create"))
  }

  @Test(arguments: [
    ["tag", "rename", "nothing", "something"], ["label", "add", "nothing", "picture"],
    ["image", "show", "picture"], ["performance", "--iteration", "7"], ["iteration", "use", "7"],
    ["tag", "list", "--project", "nothing"], ["project", "create", "flowers"],
    ["project", "create", " "], ["workbench"],
  ])
  func whatIsNotThereIsWrongUse(_ arguments: [String]) throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let outcome = try library.start(arguments).finish()
    #expect(outcome.exitCode == 2, "\(outcome.standardError)")
    #expect(outcome.standardOutput.isEmpty)
    #expect(outcome.standardError.hasPrefix("tagbench: "))
  }

  @Test(arguments: [
    ["import"], ["import", "x", "--tag", "a", "--tags-from-folders"], ["train", "--sed", "1"],
    ["project", "create", "x", "--type", "both"], ["performance", "--threshold", "1.5"],
    ["nonsense"], ["image", "list", "--untagged", "--removed"], ["history", "--limit", "0"],
    ["label", "history", "--limit", "0"], ["tag", "history", "daisy", "--limit=-1"],
    ["image", "history", "1.jpg", "--limit", "0"],
  ])
  func argumentsThatDoNotParseAreWrongUse(_ arguments: [String]) throws {
    let library = try TestLibrary(embeds: false)
    let outcome = try library.start(arguments).finish()
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardOutput.isEmpty)
    #expect(outcome.standardError.hasPrefix("tagbench: "))
    #expect(outcome.standardError.split(separator: "\n").count == 1, "\(outcome.standardError)")
  }

  @Test func aMistypedCommandLeadsToTheListOfCommands() throws {
    let complaint = try TestLibrary(embeds: false).refused("tarin", exitCode: 2)
    #expect(complaint == "tagbench: There is no command tarin. See: tagbench --help\n")
  }

  @Test func whatHoldsAFolderIsSaid() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let folder = library.folder.path
    for arguments in [["import", folder], ["export", folder, "--force"]] {
      let complaint = try library.start(["label"] + arguments).finish()
      #expect(complaint.exitCode == 2)
      #expect(complaint.standardError.hasSuffix(": a folder, not a file.\n"))
    }
  }

  /// What is advised can be copied into a shell.
  @Test(arguments: ["daisy", "d aisy", "it's “$HOME”"])
  func advisedCommandsAreWords(name: String) throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", name)
    for kind in ["tag", "project"] {
      if kind == "tag" { try library.done("tag", "create", name) }
      let outcome = try library.run(kind, "delete", name)
      let words = outcome.standardOutput.split(separator: "with: tagbench ").last ?? ""
      let (output, isDone) = try library.runShell("\"$TAGBENCH\" \(words)")
      #expect(isDone, "\(output)")
    }
  }

  @Test func aMistypedLibraryIsNotMade() throws {
    let library = try TestLibrary(embeds: false)
    let other = library.folder.appending(path: "mistyped").path
    let complaint = try library.refused("status", "--library", other, exitCode: 2)
    #expect(complaint.contains(other) && complaint.contains("tagbench project create"))
    #expect(!FileManager.default.fileExists(atPath: other))
  }

  @Test(arguments: [
    ["project", "list"], ["project", "show"], ["tag", "list"], ["tag", "create", "new"],
    ["image", "list"], ["label", "list"], ["label", "history"], ["iteration", "list"],
    ["iterations"], ["status"], ["undo"], ["redo"], ["project", "rename", "flowers", "blossoms"],
  ])
  func everyCommandTakesTheCommonOptions(_ arguments: [String]) throws {
    let library = try TestLibrary(embeds: false)
    let other = library.folder.appending(path: "other").path
    try library.done("project", "create", "flowers", "--library", other)
    let outcome = try library.start(
      arguments + ["--library", other, "--project", "flowers", "--json"]
    ).finish()
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    _ = try outcome.document()
    #expect(!FileManager.default.fileExists(atPath: library.path))
  }

  @Test func aLibraryThatIsNoneIsRefused() throws {
    let library = try TestLibrary(embeds: false)
    _ = try library.write("this is no database", to: "library/library.sqlite")
    let complaint = try library.refused("status", exitCode: 1)
    #expect(complaint.contains("is damaged (file is not a database)"))
  }
}
