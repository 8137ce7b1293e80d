import Dataset
import Embeddings
import Foundation
import GRDB
import Imaging
import ProjectLibrary
import Synchronization
import WorkbenchTesting

/// A library in a folder of its own, with a project and a folder for pictures; all go with the value.
final class TemporaryLibrary {
  let folder: URL
  let library: Library
  let project: Project

  init(
    type: ClassificationType = .multiclass,
    embedder: @escaping @Sendable (Domain) throws -> any Embedder = { _ in FakeEmbedder() }
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-library-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("photos"), withIntermediateDirectories: true)
    library = try Self.open(folder, embedder: embedder)
    project = try library.createProject("flowers", type: type)
  }

  deinit {
    // Left-overs in the temporary folder harm nobody.
    try? FileManager.default.removeItem(at: folder)
  }

  static func open(
    _ folder: URL, actor: String = "ann",
    warn: @escaping @Sendable (LibraryWarning) -> Void = { _ in },
    embedder: @escaping @Sendable (Domain) throws -> any Embedder = { _ in FakeEmbedder() }
  ) throws -> Library {
    try Library(
      path: folder.appendingPathComponent("library").path, actor: actor, warn: warn,
      embedder: embedder)
  }

  /// Changes the library's cache behind its back.
  func changeCache(_ sql: String) throws {
    let path = folder.appendingPathComponent("library/cache.sqlite").path
    try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
  }

  /// Puts a cache that is none in the place of the library's; returns its path.
  func overwriteCache() throws -> String {
    let file = folder.appendingPathComponent("library/cache.sqlite")
    // What waits in the log beside the file would cover the damage.
    try DatabaseQueue(path: file.path).writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
    }
    try Data(repeating: 7, count: 40_000).write(to: file)
    return file.path
  }

  /// The same library, seen by another person.
  func seen(by actor: String) throws -> Library { try Self.open(folder, actor: actor) }

  /// Writes a small picture whose colour tells its class and whose noise tells it from others.
  @discardableResult
  func writePicture(_ name: String, classIndex: Int, seed: Int) throws -> URL {
    let url = folder.appendingPathComponent("photos/\(name)")
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(Self.picture(classIndex: classIndex, seed: seed).pngData()).write(to: url)
    return url
  }

  /// Writes what `writePicture` would, but for a few pixels: another file, the same picture.
  @discardableResult
  func writeNearCopy(_ name: String, number: Int, classIndex: Int, seed: Int) throws -> URL {
    let url = try writePicture(name, classIndex: classIndex, seed: seed)
    let original = Self.picture(classIndex: classIndex, seed: seed)
    var pixels = original.pixels
    for index in 0...number { pixels[index] = 255 - pixels[index] }
    let copy = PixelImage(width: original.width, height: original.height, pixels: pixels)
    try Data(copy.pngData()).write(to: url)
    return url
  }

  static func picture(classIndex: Int, seed: Int) -> PixelImage {
    var generator = SplitMix64(seed: seed &* 31 &+ classIndex)
    var pixels: [UInt8] = []
    for _ in 0..<24 * 24 {
      for channel in 0..<3 {
        let base = channel == classIndex % 3 ? 170 : 60
        pixels.append(UInt8(base + Int.random(in: 0..<80, using: &generator)))
      }
    }
    return PixelImage(width: 24, height: 24, pixels: pixels)
  }

  /// Writes `count` pictures into a folder for each tag.
  func writePictures(_ tags: [String], count: Int) throws {
    for (classIndex, tag) in tags.enumerated() {
      for number in 0..<count {
        try writePicture("\(tag)/\(number).png", classIndex: classIndex, seed: number)
      }
    }
  }

  func importPhotos(
    _ path: String = "photos", tagging: ImportTagging = .folderNames
  ) async throws -> ImportReport {
    try await library.importImages(
      [Array(folder.appendingPathComponent(path).path.utf8)], into: project, tagging: tagging,
      progress: { _ in })
  }

  /// Runs an embedding job beside what is imported meanwhile; both end together.
  func besideAJob(_ work: () async throws -> Void) async throws -> EmbeddingReport {
    let (library, project) = (library, project)
    let announcement = library.announceImport(into: project)
    let hasBegun = AsyncStream<Void>.makeStream()
    async let embedded = library.embedImages(of: project) { _ in hasBegun.continuation.yield() }
    // The first picture tells that the job takes pixels by now.
    try writePicture("first.png", classIndex: 0, seed: 1000)
    _ = try await importPhotos("photos/first.png", tagging: .none)
    for await _ in hasBegun.stream { break }
    try await work()
    announcement.end()
    return try await embedded
  }

  /// A library with six pictures each of two tags, and what was trained on them.
  static func trained() async throws -> (TemporaryLibrary, Classifier) {
    let temporary = try TemporaryLibrary()
    try temporary.writePictures(["blue", "red"], count: 6)
    _ = try await temporary.importPhotos()
    let iteration = try await temporary.library.train(temporary.project) { _ in }
    return (temporary, try temporary.library.classifier(iteration))
  }

  /// What every image is called and tagged now.
  func labels() throws -> [String: [String]] {
    let names = try library.tagNames(of: project.id)
    return Dictionary(
      try library.images(of: project.id).map { image in
        (image.name, image.tags.map { names[$0] ?? "?" })
      }, uniquingKeysWith: +)
  }
}

/// What a library told of itself.
final class Warnings: Sendable {
  private let list = Mutex<[LibraryWarning]>([])

  var all: [LibraryWarning] { list.withLock { $0 } }

  func add(_ warning: LibraryWarning) { list.withLock { $0.append(warning) } }
}
