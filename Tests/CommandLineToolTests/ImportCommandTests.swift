import Foundation
import Testing

@Suite(.enabled(if: TestProgram.isBuilt, "needs tagbench beside the tests"))
struct ImportCommandTests {
  @Test func everySamplePictureIsImportedOrRefusedWithItsReason() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let outcome = try library.run(
      "import", TestProgram.sampleData, "--tags-from-folders", "--json")
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardError.isEmpty)
    let report = try outcome.document()
    #expect(report["imported"] == .number(118))
    #expect(report["duplicates"] == .number(0))
    let refused = report["refused"]?.items ?? []
    let reasons = refused.reduce(into: [String: String]()) {
      $0[($1["path"]?.string ?? "").split(separator: "/").last.map(String.init) ?? ""] =
        $1["reason"]?.string
    }
    #expect(
      reasons == [
        "README.md": "notAnImage", "daffodil-026.jpg": "truncated", "dahlia-001.png": "damaged",
      ])

    let tags = try library.done("tag", "list")
    #expect(tags.strings("tag") == ["daffodil", "dahlia", "daisy"])
    #expect(tags.items.map { $0["imageCount"]?.integer } == [39, 39, 40])
  }

  @Test func theSecondImportFindsDuplicates() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let files = try library.copySamples(of: "daisy", count: 3, to: "daisy")
    #expect(try library.done("import", library.folder.path + "/daisy")["imported"] == .number(3))
    _ = try library.copySample("dahlia/dahlia-002.jpg", to: "daisy/more.jpg")
    let report = try library.done("import", library.folder.path + "/daisy", "--tag", "daisy")
    #expect(report["imported"] == .number(1))
    #expect(report["duplicates"] == .number(3))
    // A duplicate gets the tag that it lacked.
    let labels = try library.done("label", "list")
    #expect(Set(labels.strings("path")).isSuperset(of: files))
    #expect(labels.strings("tag") == ["daisy", "daisy", "daisy", "daisy"])
  }

  @Test func aDuplicateKeepsTheTagThatAPersonChose() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let file = try library.copySamples(of: "daisy", count: 1, to: "pictures")[0]
    try library.done("import", file, "--tag", "daisy")
    let report = try library.done("import", file, "--tag", "dahlia")
    #expect(
      report["keptTags"]
        == .array([
          .object([
            "path": .string(file), "tag": .string("daisy"), "wanted": .string("dahlia"),
          ])
        ]))
    #expect(try library.done("label", "list").strings("tag") == ["daisy"])
  }

  @Test func aFolderThatCannotBeATagIsTold() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    try library.copySamples(of: "daisy", count: 2, to: "pictures/dai\u{202E}sy")
    let report = try library.done(
      "import", library.folder.path + "/pictures", "--tags-from-folders")
    #expect(report["imported"]?.integer == 2)
    #expect(report["foldersUnfitForTags"] == .array([.string("dai\u{202E}sy")]))
    #expect(try library.done("tag", "list").items == [])
  }

  /// A name on Linux is bytes.
  @Test func filesAreNamedInAnyEncoding() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let files = try library.copySamples(of: "daisy", count: 3, to: "pictures")
    let (output, isDone) = try library.runShell(
      """
      cd '\(library.folder.path)/pictures'
      mv '\(files[0])' $'d\\xE4isy.jpg'; mv '\(files[1])' $'d\\xE5isy.jpg'; mv '\(files[2])' dä.jpg
      "$TAGBENCH" import $'d\\xE4isy.jpg' dä.jpg $'d\\xE5isy.jpg' --json
      """)
    #expect(isDone, "\(output)")
    #expect(try JSONDocument(output)["imported"]?.integer == 3)
  }

  @Test func otherKindsOfFileAreNoFailure() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    try library.copySamples(of: "daisy", count: 1, to: "pictures")
    _ = try library.write("words", to: "pictures/notes.txt")
    let report = try library.done("import", library.folder.path + "/pictures")
    #expect(report["imported"] == .number(1))
    #expect(report["refused"]?.strings("reason") == ["notAnImage"])
  }

  @Test func aPathThatIsNotThereIsRefused() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    let outcome = try library.run("import", library.folder.path + "/nowhere", "--json")
    #expect(outcome.exitCode == 1)
    #expect(try outcome.document()["refused"]?.strings("reason") == ["notFound"])
  }

  @Test func picturesAreImportedBeforeSetUp() throws {
    let library = try TestLibrary(embeds: false)
    try library.done("project", "create", "flowers")
    for tag in ["daisy", "dahlia"] { try library.copySamples(of: tag, count: 5, to: tag) }
    let folders = ["daisy", "dahlia"].map { "\(library.folder.path)/\($0)" }
    let report = try library.done("import", folders[0], folders[1], "--tags-from-folders")
    #expect(report["embedded"] == .number(0))
    let complaint = try library.refused("train", exitCode: 1)
    #expect(complaint.contains("tagbench setup"))
  }
}
