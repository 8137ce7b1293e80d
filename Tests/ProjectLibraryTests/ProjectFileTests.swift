import Dataset
import Foundation
import ProjectLibrary
import Testing
import WorkbenchTesting

/// A project in one file, and files that somebody made to do harm.
@Suite struct ProjectFileTests {
  private final class Scene {
    let source: TemporaryLibrary
    let target: TemporaryLibrary
    let path: String

    init() async throws {
      source = try TemporaryLibrary(type: .multilabel)
      target = try TemporaryLibrary()
      path = source.folder.appendingPathComponent("flowers.tagbench").path
      try source.writePictures(["red", "green"], count: 3)
      _ = try await source.importPhotos()
      let (library, project) = (source.library, source.project)
      try library.createTag("none of them", kind: .negative, in: project.id)
      let images = try library.images(of: project.id).map(\.id)
      let red = try library.tag("red", of: project.id)
      try library.label([images[0]], .add(red.id), in: project.id)
      try library.confirmLabels([images[1]], in: project.id)
      try library.keepBesideDuplicates([images[2]], in: project.id)
      try library.describe(project.id, as: "A “project”\nof two lines")
    }

    func written() throws -> [UInt8] {
      _ = try source.library.writeProjectFile(path, of: source.project, replacing: true)
      return Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    @discardableResult
    func read(_ bytes: [UInt8], named name: String? = "copy") throws -> ProjectFileReport {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      return try target.library.readProjectFile(path, named: name)
    }

    /// Reads bytes that must be refused, and looks that nothing of them stays.
    func refused(_ bytes: [UInt8]) throws -> ProjectFileError? {
      let before = try target.library.projects().map(\.name)
      defer { #expect((try? target.library.projects().map(\.name)) == before) }
      do {
        try read(bytes)
        return nil
      } catch let error as ProjectFileError {
        return error
      }
    }
  }

  @Test func anotherLibraryTakesAllOfItOver() async throws {
    let scene = try await Scene()
    try scene.target.library.delete(scene.target.project)
    let report = try scene.read(try scene.written(), named: nil)
    #expect(report.project.name == "flowers" && report.imageCount == 6 && report.refused.isEmpty)
    let (old, new) = (scene.source, scene.target.library)
    let images = try new.images(of: report.project.id)
    let before = try old.library.images(of: old.project.id)
    #expect(images.map(\.content) == before.map(\.content))
    #expect(images.map(\.path) == before.map(\.path))
    let names = try new.tagNames(of: report.project.id)
    let oldNames = try old.library.tagNames(of: old.project.id)
    #expect(
      images.map { $0.tags.map { names[$0] } } == before.map { $0.tags.map { oldNames[$0] } })
    #expect(
      try new.tagCounts(of: report.project.id).map(\.tag.kind)
        == old.library.tagCounts(of: old.project.id).map(\.tag.kind))
    #expect(report.project.type == .multilabel)
    #expect(report.project.description == "A “project”\nof two lines")
    // What was said to be right, or to stay beside its near-duplicates, is so in the file that the
    // copy gives.
    #expect(
      try new.writeProjectFile(scene.path, of: report.project, replacing: true) == 6)
    #expect(Array(try Data(contentsOf: URL(fileURLWithPath: scene.path))) == (try scene.written()))
  }

  @Test func oneProjectGivesTheSameBytesAndAFileThatIsThereIsKept() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    #expect(try scene.written() == bytes)
    #expect(throws: FileExists(path: scene.path)) {
      try scene.source.library.writeProjectFile(scene.path, of: scene.source.project)
    }
    let left = try FileManager.default.contentsOfDirectory(atPath: scene.source.folder.path)
    #expect(!left.contains { $0.hasSuffix(".part") })
  }

  @Test func aStoppedExportLeavesTheFileThatWasThere() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    let (library, project, path) = (scene.source.library, scene.source.project, scene.path)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try library.writeProjectFile(path, of: project, replacing: true)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(Array(try Data(contentsOf: URL(fileURLWithPath: path))) == bytes)
    let left = try FileManager.default.contentsOfDirectory(atPath: scene.source.folder.path)
    #expect(!left.contains { $0.hasSuffix(".part") })
  }

  @Test func aNameThatIsTakenIsRefused() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    _ = try scene.read(bytes)
    #expect(throws: LibraryError.projectNameTaken("copy")) { try scene.read(bytes) }
  }

  /// Whatever byte turns over, the file is refused or says the same: its bytes are under checksums but
  /// for the list, which may then name other things, and for what nobody reads.
  @Test func turnedBytesAreNoticed() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    let listEnd = 512 + (try #require(Self.size(bytes)) + 511) / 512 * 512
    var generator = SplitMix64(seed: 5)
    for _ in 0..<60 {
      var damaged = bytes
      let place = Int.random(in: listEnd..<bytes.count - 1_024, using: &generator)
      damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      do {
        let report = try scene.read(damaged, named: "copy \(place)")
        // Only what nothing depends on: who owned the file, and what fills it up.
        #expect(report.imageCount == 6)
      } catch is ProjectFileError {}
    }
  }

  @Test func aFileThatEndsTooSoonIsRefused() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    for length in stride(from: 0, to: bytes.count - 1_024, by: 389) {
      let error = try scene.refused(Array(bytes[..<length]))
      let isKnown = error == .truncated || error == .notAProjectFile
      #expect(isKnown, "\(length) of \(bytes.count): \(String(describing: error))")
    }
  }

  @Test func otherFilesAreRefused() async throws {
    let scene = try await Scene()
    for bytes in [[], Array("no archive".utf8), [UInt8](repeating: 0, count: 2_048)] {
      #expect(try scene.refused(bytes) == .notAProjectFile)
    }
    let other = TarMaker.entry("readme.txt", Array("hello".utf8)) + TarMaker.end
    #expect(try scene.refused(other) == .notAProjectFile)
  }

  @Test func whatTheListDoesNotNameIsRefused() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    let body = Array(bytes[..<(bytes.count - 1_024)])
    for name in ["../../evil", "/etc/passwd", "originals/../library.sqlite", "originals/x", ""] {
      #expect(
        try scene.refused(body + TarMaker.entry(name, [1, 2, 3]) + TarMaker.end)
          == .entryUnexpected(name))
    }
    // A link, a folder and a device are no files.
    for type in ["1", "2", "3", "5", "L", "x"] {
      let entry = TarMaker.entry("originals/x", [], type: type)
      #expect(
        try scene.refused(body + entry + TarMaker.end) == .headerDamaged(offset: body.count))
    }
  }

  @Test func anEntryIsTakenOnceAndWithItsBytes() async throws {
    let scene = try await Scene()
    let bytes = try scene.written()
    let body = Array(bytes[..<(bytes.count - 1_024)])
    let content = try scene.source.library.images(of: scene.source.project.id)[0].content
    let name = "originals/\(content)"
    #expect(
      try scene.refused(body + TarMaker.entry(name, [1]) + TarMaker.end)
        == .entryUnexpected(name))
    let list = try #require(Self.list(bytes))
    let first = TarMaker.entry("tagbench-project.json", list)
    #expect(
      try scene.refused(first + TarMaker.entry(name, [1, 2]) + TarMaker.end)
        == .entryDamaged(name))
    let error = try scene.refused(first + TarMaker.end)
    guard case .picturesMissing(let names) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(names.count == 6)
  }

  @Test func sizesThatCannotBeAreRefusedWithoutMakingRoom() async throws {
    let scene = try await Scene()
    let huge = TarMaker.header("tagbench-project.json", size: (1 << 33) - 1)
    guard case .tooLarge = try scene.refused(huge + TarMaker.end) else {
      Issue.record("a list of 8 GB was not refused")
      return
    }
    let large = TarMaker.header("tagbench-project.json", size: 1 << 30)
    #expect(try scene.refused(large + TarMaker.end) == .truncated)
  }

  @Test(arguments: [
    (#""version":1"#, #""version":2"#), (#""format":"tagbench-project""#, #""format":"other""#),
    (#""type":"multilabel""#, #""type":"both""#), (#""domain":"general""#, #""domain":"\n""#),
    (#""name":"red""#, #""name":"green""#), (#""name":"red""#, #""name":" ""#),
    (#""kind":"regular""#, #""kind":"negative""#), (#""kind":"regular""#, #""kind":"odd""#),
    (#""tags":[0]"#, #""tags":[7]"#), (#""tags":[0]"#, #""tags":[-1]"#),
    (#""tags":[0]"#, #""tags":[0,0]"#), (#""tags":[0]"#, #""tags":[0,2]"#),
    (#""tags":[0]"#, #""tags":"0""#), (#""content":""#, #""content":"xx"#),
    (#""images":["#, #""images":[{},"#),
  ])
  func aListThatContradictsItselfIsRefused(old: String, new: String) async throws {
    let scene = try await Scene()
    let list = String(decoding: try #require(Self.list(try scene.written())), as: UTF8.self)
    let range = try #require(list.range(of: old), "\(old) in \(list)")
    let changed = list.replacingCharacters(in: range, with: new)
    let file = TarMaker.entry("tagbench-project.json", Array(changed.utf8)) + TarMaker.end
    switch try scene.refused(file) {
    case .manifestInvalid, .versionUnknown(2), .notAProjectFile: break
    case let other: Issue.record("\(new): \(String(describing: other))")
    }
  }

  @Test func aPictureThatIsNoneCostsOnlyItself() async throws {
    let scene = try await Scene()
    let text = Array("no picture".utf8)
    let digits = "2b2ec86bd66f1ea26c9a0d0b9d1a9b9a5ba1bb36ad9b9a5ba1bb36ad9b9a5ba1"
    let list = """
      {"format":"tagbench-project","version":1,"name":"x","description":"","type":"multiclass",
      "domain":"general","tags":[],"images":[{"content":"\(digits)","name":"a.jpg","path":"a.jpg",
      "tags":[],"confirmed":[],"metadata":{}}]}
      """
    let wrong =
      TarMaker.entry("tagbench-project.json", Array(list.utf8))
      + TarMaker.entry("originals/\(digits)", text) + TarMaker.end
    #expect(try scene.refused(wrong) == .entryDamaged("originals/\(digits)"))
    let right = TarMaker.sha256(text)
    let good =
      TarMaker.entry(
        "tagbench-project.json", Array(list.replacingOccurrences(of: digits, with: right).utf8))
      + TarMaker.entry("originals/\(right)", text) + TarMaker.end
    let report = try scene.read(good)
    #expect(report.imageCount == 0 && report.refused.map(\.path) == ["a.jpg"])
  }

  private static func size(_ bytes: [UInt8]) -> Int? {
    Int(String(decoding: bytes[124..<135], as: UTF8.self), radix: 8)
  }

  /// The list of pictures of a file.
  private static func list(_ bytes: [UInt8]) -> [UInt8]? {
    size(bytes).map { Array(bytes[512..<512 + $0]) }
  }
}
