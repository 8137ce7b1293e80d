import Dataset
import Foundation
import GRDB
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

  /// Adds an iteration that judged images out of fold, each of them differently.
  func addIteration(judging images: [ImageID], tags: [TagID]) throws -> IterationID {
    let iteration = Iteration(
      id: .random(), number: 1, name: "Iteration 1", position: 1, trainedAt: 0, seconds: 1,
      type: project.type, domain: project.domain, imageCount: images.count)
    let rows = images.enumerated().map { index, image in
      let certainty = 0.55 + 0.04 * Float(index)
      return IterationRow(
        image: image, given: [0], group: index, fold: 0,
        probabilities: index % 4 < 2 ? [certainty, 1 - certainty] : [1 - certainty, certainty])
    }
    try store.write {
      try $0.insert(
        IterationRecord(
          iteration: iteration, recipe: "compact/1", seed: 1, settings: "{}", metrics: "{}",
          head: [], classes: tags.map { Tag(id: $0, name: "\($0)") }, rows: rows),
        in: project.id)
    }
    return iteration.id
  }

  /// A copy of the library, in a folder of its own, as version 3 of the tables would hold it.
  func copyAsVersion3() throws -> URL {
    try copy(
      rewrittenBy: """
        DROP INDEX image_size;
        ALTER TABLE image DROP COLUMN byteCount;
        DROP INDEX iterationImage_number;
        DROP INDEX iterationImage_judged;
        ALTER TABLE iterationImage DROP COLUMN number;
        CREATE INDEX iterationImage_image ON iterationImage (image, iteration);
        ALTER TABLE label RENAME TO numbered;
        DROP INDEX label_tag;
        CREATE TABLE label (
          image BLOB NOT NULL REFERENCES image (id),
          tag BLOB NOT NULL REFERENCES tag (id),
          PRIMARY KEY (image, tag)
        ) WITHOUT ROWID;
        CREATE INDEX label_tag ON label (tag, image);
        INSERT INTO label SELECT image.id, tag.id FROM numbered
          JOIN image ON image.number = numbered.image JOIN tag ON tag.number = numbered.tag;
        DROP TABLE numbered;
        DELETE FROM grdb_migrations WHERE identifier = '4';
        """)
  }

  /// A copy as version 6 would hold it, with numbers in the log where names look like some.
  func copyAsVersion6() throws -> URL {
    try copy(
      rewrittenBy: """
        CREATE TABLE numeric (
          position INTEGER PRIMARY KEY AUTOINCREMENT,
          change INTEGER NOT NULL REFERENCES change (id),
          project BLOB NOT NULL REFERENCES project (id),
          kind TEXT NOT NULL,
          image BLOB,
          tag BLOB,
          old ANY,
          new ANY
        );
        INSERT INTO numeric SELECT * FROM event;
        DROP TABLE event;
        ALTER TABLE numeric RENAME TO event;
        DELETE FROM grdb_migrations WHERE identifier = '7';
        """)
  }

  private func copy(rewrittenBy sql: String) throws -> URL {
    let copy = FileManager.default.temporaryDirectory
      .appendingPathComponent("tagbench-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: store.path)
    try queue.inDatabase { db in
      try db.execute(
        sql: "VACUUM INTO ?", arguments: [copy.appendingPathComponent("library.sqlite").path])
    }
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    try DatabaseQueue(
      path: copy.appendingPathComponent("library.sqlite").path, configuration: configuration
    ).write { db in
      try db.execute(sql: sql)
    }
    return copy
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
