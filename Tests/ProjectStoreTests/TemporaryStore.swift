import Dataset
import Foundation
import ProjectStore
import WorkbenchTesting

/// A store in a folder of its own, with one project in it; the folder goes with the value.
final class TemporaryStore {
  let folder: URL
  let store: ProjectStore
  let project: Project

  init(type: ClassificationType = .multilabel) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    store = try Self.open(folder)
    let project = Project(id: .random(), name: "flowers", type: type, domain: .compact)
    self.project = project
    try store.change(in: project.id, by: "ann", command: "project create") {
      try $0.makeProject(project)
    }
  }

  deinit {
    // Left-overs in the temporary folder harm nobody.
    try? FileManager.default.removeItem(at: folder)
  }

  static func open(_ folder: URL) throws -> ProjectStore {
    try ProjectStore(path: folder.appendingPathComponent("library.sqlite").path) { 1_000 }
  }

  func makeTag(_ name: String) throws -> TagID {
    let tag = Tag(id: .random(), name: name)
    try store.change(in: project.id, by: "ann", command: "tag create") { try $0.makeTag(tag) }
    return tag.id
  }

  func makeImage(_ number: Int) throws -> ImageID {
    let id = ImageID.random()
    try store.change(in: project.id, by: "ann", command: "import") {
      try $0.makeImage(
        id, content: Self.content(number), name: "\(number).png", path: "photos/\(number).png")
    }
    return id
  }

  static func content(_ number: Int) -> ContentFacts {
    ContentFacts(
      hash: hash(number), format: "png", byteCount: 100 + number, width: 4, height: 3,
      perceptualHash: UInt64.max - UInt64(number))
  }

  static func hash(_ number: Int) -> ContentHash {
    var bytes = [UInt8](repeating: 0, count: 32)
    bytes[0] = UInt8(number & 255)
    bytes[1] = UInt8(number >> 8)
    // 32 bytes are all that it asks for.
    return ContentHash(bytes: bytes)!
  }
}
