import Foundation
import Testing

/// The verbs of projects, tags, labels and images, and undo and redo.
@Suite(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
struct VerbCommandTests {
  /// A library with three daisies and two dahlias, tagged.
  private func library() throws -> TestLibrary {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    for (tag, count) in [("daisy", 3), ("dahlia", 2)] {
      try library.copySamples(of: tag, count: count, to: tag)
      try library.done("import", "\(library.folder.path)/\(tag)", "--tags-from-folders")
    }
    return library
  }

  /// How many images each tag has.
  private func counts(_ library: TestLibrary) throws -> [String: Int] {
    try library.done("tag", "list").items.reduce(into: [:]) {
      $0[$1["tag"]?.string ?? ""] = $1["imageCount"]?.integer
    }
  }

  @Test func whatWasMadeAndTakenBackKeepsItsNameInTheHistory() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "plain")
    try library.done("tag", "create", "tulip")
    try library.done("undo")
    #expect(
      try library.done("history").strings("what").prefix(3) == [
        "tag tulip deleted", "tag tulip made", "tag tulip named tulip",
      ])
  }

  @Test func aProjectIsMulticlassAndGeneralUnlessSaid() throws {
    let library = try TestLibrary(embeds: false)
    let plain = try library.done("project", "create", "plain")
    #expect(plain["type"] == .string("multiclass"))
    #expect(plain["domain"] == .string("general"))
    let other = try library.done(
      "project", "create", "other", "--type", "multilabel", "--domain", "compact")
    #expect(other["type"] == .string("multilabel"))
    #expect(other["domain"] == .string("compact"))
    #expect(try library.done("project", "list").strings("name") == ["other", "plain"])
    #expect(try library.done("project", "show", "plain") == plain)
  }

  @Test func projectsAreRenamedDeletedAndRestored() throws {
    let library = try library()
    try library.done("project", "rename", "flowers", "blossoms")
    #expect(try library.done("project", "list").strings("name") == ["blossoms"])
    try library.done("project", "delete", "blossoms")
    #expect(try library.done("project", "list") == .array([]))
    try library.done("project", "restore", "blossoms")
    #expect(try counts(library) == ["daisy": 3, "dahlia": 2])
  }

  @Test func tagsAreRenamedMergedAndTakenBack() throws {
    let library = try library()
    try library.done("tag", "rename", "daisy", "oxeye")
    #expect(try counts(library) == ["oxeye": 3, "dahlia": 2])
    let merged = try library.done("tag", "merge", "oxeye", "dahlia")
    #expect(merged["images"] == .number(3))
    #expect(try counts(library) == ["dahlia": 5])
    #expect(try library.done("undo")["command"] == .string("tag merge"))
    #expect(try counts(library) == ["oxeye": 3, "dahlia": 2])
    try library.done("redo")
    #expect(try counts(library) == ["dahlia": 5])
  }

  @Test func aDeletedTagComesBackWithItsLabels() throws {
    let library = try library()
    #expect(try library.done("tag", "delete", "daisy")["labels"] == .number(3))
    #expect(try counts(library) == ["dahlia": 2])
    #expect(try library.done("image", "list", "--untagged").items.count == 3)
    try library.done("tag", "restore", "daisy")
    #expect(try counts(library) == ["dahlia": 2, "daisy": 3])
    let history = try library.done("tag", "history", "daisy")
    #expect(history.items.first?["command"] == .string("tag restore"))
    #expect(Set(history.strings("actor")) == ["tester"])
  }

  @Test func aLabelReplacesTheOneBeforeInAMulticlassProject() throws {
    let library = try library()
    let file = "\(library.folder.path)/dahlia/dahlia-002.jpg"
    let added = try library.done("label", "add", "daisy", file)
    #expect(added == .object(["images": .number(1), "changed": .number(1)]))
    #expect(try counts(library) == ["daisy": 4, "dahlia": 1])
    #expect(try library.done("label", "add", "daisy", file)["changed"] == .number(0))
    try library.done("label", "remove", "daisy", file)
    #expect(try counts(library) == ["daisy": 3, "dahlia": 1])
    #expect(try library.done("image", "list", "--untagged").strings("path") == [file])
    let events = try library.done("image", "history", file).items
    #expect(events.prefix(1).map { $0["command"]?.string } == ["label remove"])
  }

  @Test func undoTakesBackOneChangeAtATime() throws {
    let library = try library()
    let file = "\(library.folder.path)/dahlia/dahlia-002.jpg"
    try library.done("label", "remove", "dahlia", file)
    try library.done("label", "add", "daisy", file)
    #expect(try library.done("undo")["command"] == .string("label add"))
    #expect(try library.done("undo")["command"] == .string("label remove"))
    #expect(try counts(library) == ["daisy": 3, "dahlia": 2])
    try library.done("redo")
    try library.done("redo")
    #expect(try counts(library) == ["daisy": 4, "dahlia": 1])
    #expect(try library.done("redo") == .null)
  }

  @Test func picturesAreRemovedAndRestoredWithTheirLabels() throws {
    let library = try library()
    let file = "\(library.folder.path)/daisy/daisy-001.jpg"
    #expect(try library.done("image", "remove", file)["removed"] == .number(1))
    #expect(try counts(library) == ["daisy": 2, "dahlia": 2])
    #expect(try library.done("image", "list", "--removed").strings("path") == [file])
    #expect(try library.done("image", "restore", file)["restored"] == .number(1))
    #expect(try counts(library) == ["daisy": 3, "dahlia": 2])
  }

  @Test func aPictureIsFoundByPathNameAndID() throws {
    let library = try library()
    let file = "\(library.folder.path)/daisy/daisy-001.jpg"
    let shown = try library.done("image", "show", file)
    let image = try #require(shown.items.first)
    #expect(
      image.keys == ["id", "path", "name", "width", "height", "bytes", "content", "tags"])
    #expect(image["tags"] == .array([.string("daisy")]))
    #expect(try library.done("image", "show", "daisy-001.jpg") == shown)
    #expect(try library.done("image", "show", try #require(image["id"]?.string)) == shown)
  }

  @Test func aDamagedPictureIsNamedAndMended() throws {
    let library = try library()
    #expect(try library.done("library", "check")["sound"] == .bool(true))
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(library.path)/originals")
    let file = try #require(files.filter { $0.count == 67 }.sorted().first)
    try Data("gone".utf8).write(to: URL(filePath: "\(library.path)/originals/\(file)"))
    let outcome = try library.run("library", "check")
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardOutput.hasPrefix("1 picture damaged or missing"))
    for tag in ["daisy", "dahlia"] { try library.done("import", "\(library.folder.path)/\(tag)") }
    #expect(try library.done("library", "check")["sound"] == .bool(true))
  }
}
