import Dataset
import Foundation
import GRDB
import ProjectStore
import Synchronization
import Testing

@Suite struct FileTests {
  @Test func aLibraryOpensAgainAsItWas() throws {
    let temporary = try TemporaryStore()
    let tag = try temporary.makeTag("daisy")
    let image = try temporary.makeImage(7)
    try temporary.store.change(in: temporary.project.id, by: "ann", command: "label add") {
      try $0.record(.label(image, tag, true))
    }
    let again = try TemporaryStore.open(temporary.folder)
    try again.read { (snapshot: Snapshot) throws -> Void in
      #expect(try snapshot.projects() == [temporary.project])
      let found = try #require(try snapshot.image(image))
      #expect(found.tags == [tag])
      #expect(found.perceptualHash == UInt64.max - 7)
      #expect(found.path == "photos/7.png")
    }
  }

  @Test func aNewerLibraryIsRefused() throws {
    let temporary = try TemporaryStore()
    try DatabaseQueue(path: temporary.store.path).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99')")
    }
    #expect(throws: StoreError.newerLibrary(path: temporary.store.path, migration: "99")) {
      try TemporaryStore.open(temporary.folder)
    }
  }

  @Test func aFileThatIsNoLibraryIsNamed() throws {
    let temporary = try TemporaryStore()
    let other = temporary.folder.appendingPathComponent("other.sqlite")
    try Data("a letter to a friend, long enough to be taken for a header of SQLite …".utf8)
      .write(to: other)
    #expect(throws: StoreError.self) { try ProjectStore(path: other.path) { 0 } }
  }

  @Test func iterationsComeBackBitForBit() throws {
    let temporary = try TemporaryStore()
    let tag = try temporary.makeTag("daisy")
    let images = try (0..<2).map(temporary.makeImage)
    let iteration = Iteration(
      id: .random(), number: 1, name: "Iteration 1", position: 9, trainedAt: 5, seconds: 0.25,
      type: .multilabel, domain: .compact, imageCount: 2)
    let rows = [
      IterationRow(
        image: images[0], given: [0], group: 0, fold: 3, probabilities: [0.1 + 0.2, .ulpOfOne]),
      IterationRow(image: images[1], given: [], group: 1, fold: nil, probabilities: nil),
    ]
    try temporary.store.write {
      try $0.insert(
        IterationRecord(
          iteration: iteration, recipe: "compact/1", seed: .max, settings: "{}", metrics: "{}",
          head: [1, 2, 255], classes: [Tag(id: tag, name: "daisy")], rows: rows),
        in: temporary.project.id)
    }
    try temporary.store.read { (snapshot: Snapshot) throws -> Void in
      #expect(try snapshot.iterations(of: temporary.project.id) == [iteration])
      #expect(try snapshot.rows(of: iteration.id) == rows)
      #expect(try snapshot.head(of: iteration.id).bytes == [1, 2, 255])
      #expect(try snapshot.training(of: iteration.id).seed == .max)
      #expect(try snapshot.classes(of: iteration.id) == [Tag(id: tag, name: "daisy")])
      #expect(try snapshot.currentIteration(of: temporary.project.id) == iteration)
    }
  }

  @Test func aLibraryOfTheThirdVersionKeepsItsLabelsAndPredictions() throws {
    let temporary = try TemporaryStore(type: .multiclass)
    let project = temporary.project
    let tags = [try temporary.makeTag("daisy"), try temporary.makeTag("rose")]
    let images = try (1...9).map { try temporary.makeImage($0) }
    try temporary.store.change(in: project.id, by: "ann", command: "label add") { recorder in
      for (index, image) in images.enumerated() where index % 3 != 0 {
        try recorder.record(.label(image, tags[index % 2], true))
      }
    }
    let iteration = try temporary.addIteration(judging: images, tags: tags)
    func lists(_ store: ProjectStore) throws -> [[ImageNumber]] {
      try ["untagged", "tag:rose", "wrong", "p<0.7", "size>104", "daisy"].flatMap { text in
        try ImageOrder.allCases.map { order in
          var parts = SearchParts()
          return try store.read {
            try $0.imageNumbers(
              of: project, ImageSelection(terms: SearchTerm.terms(in: text), order: order),
              judgedBy: iteration, keeping: &parts)
          }
        }
      }
    }
    let before = try lists(temporary.store)
    #expect(before.allSatisfy { !$0.isEmpty })
    let folder = try temporary.copyAsVersion3()
    defer { try? FileManager.default.removeItem(at: folder) }
    let old = try TemporaryStore.open(folder)
    #expect(try lists(old) == before)
    #expect(
      try old.read { try $0.tagCounts(of: project.id) }
        == temporary.store.read { try $0.tagCounts(of: project.id) })
    #expect(try old.faults() == [])
  }

  @Test func aLibraryOfTheSixthVersionGetsNamesBackThatHadBecomeNumbers() throws {
    let temporary = try TemporaryStore()
    let project = temporary.project.id
    let names = ["007", "1e3", "2024", "-0.50", "daisy"]
    let tags = try names.map { try temporary.makeTag($0) }
    try temporary.store.change(in: project, by: "ann", command: "tag rename") {
      try $0.record(.tagName(tags[4], "3"))
      try $0.record(.tagDescription(tags[0], "0042"))
      try $0.record(.projectName("2025.0"))
    }
    let log = try temporary.store.read { try $0.history(of: project, limit: 100) }
    let before = try temporary.store.read { try $0.tags(of: project, asOf: .max) }
    #expect(before.map(\.name) == ["007", "1e3", "2024", "-0.50", "3"])

    let folder = try temporary.copyAsVersion6()
    defer { try? FileManager.default.removeItem(at: folder) }
    let again = try TemporaryStore.open(folder)
    #expect(try again.read { try $0.history(of: project, limit: 100) } == log)
    #expect(try again.read { try $0.tags(of: project, asOf: .max) } == before)
    let tag = Tag(id: .random(), name: "1")
    try again.change(in: project, by: "ann", command: "tag create") { try $0.makeTag(tag) }
    #expect(
      try again.read { try $0.history(of: project, limit: 1).first?.change } ?? 0 > log[0].change)
    #expect(try again.faults() == [])
  }

  @Test func aBrokenCacheIsBegunAnew() throws {
    let temporary = try TemporaryStore()
    let file = temporary.folder.appendingPathComponent("cache.sqlite")
    do {
      let cache = CacheStore(path: file.path)
      try cache.keep(thumbnails: [(TemporaryStore.hash(1), [1, 2, 3])])
    }
    try Data(repeating: 7, count: 40_000).write(to: file)
    let again = CacheStore(path: file.path)
    #expect(try again.thumbnail(of: TemporaryStore.hash(1)) == nil)
    try again.keep(thumbnails: [(TemporaryStore.hash(1), [4])])
    #expect(try again.thumbnail(of: TemporaryStore.hash(1)) == [4])
  }

  @Test func theCacheKeepsThumbnailsAndEmbeddings() throws {
    let temporary = try TemporaryStore()
    let cache = CacheStore(
      path: temporary.folder.appendingPathComponent("cache.sqlite").path)
    let (first, second) = (TemporaryStore.hash(1), TemporaryStore.hash(2))
    try cache.keep(
      thumbnails: [(first, [1, 2, 3])], embeddings: [(first, [4, 5])], recipe: "compact/1")
    #expect(try cache.thumbnail(of: first) == [1, 2, 3])
    #expect(try cache.thumbnail(of: second) == nil)
    #expect(try cache.embedding(of: first, recipe: "compact/1") == [4, 5])
    #expect(try cache.embedding(of: first, recipe: "compact/2") == nil)
    #expect(
      try cache.contentsWithoutEmbedding([second, first], recipe: "compact/1") == [second])
  }

  @Test func aChangedEntryIsAsIfItWereNotThere() throws {
    let temporary = try TemporaryStore()
    let file = temporary.folder.appendingPathComponent("cache.sqlite").path
    let cache = CacheStore(path: file)
    let (first, second) = (TemporaryStore.hash(1), TemporaryStore.hash(2))
    for content in [first, second] {
      try cache.keep(
        thumbnails: [(content, [1, 2, 3])], embeddings: [(content, [4, 5])], recipe: "r")
    }
    try DatabaseQueue(path: file).write { db in
      for (table, entry) in [("thumbnail", "jpeg"), ("embedding", "halves")] {
        try db.execute(
          sql: "UPDATE \(table) SET \(entry) = x'0909' WHERE content = ?",
          arguments: [Data(first.bytes)])
      }
    }
    #expect(try cache.thumbnail(of: first) == nil)
    #expect(try cache.embedding(of: first, recipe: "r") == nil)
    #expect(try cache.thumbnail(of: second) == [1, 2, 3])
    #expect(try cache.embedding(of: second, recipe: "r") == [4, 5])
    try cache.forgetEmbeddings(of: [first], recipe: "r")
    #expect(try cache.contentsWithoutEmbedding([first, second], recipe: "r") == [first])
  }

  @Test func aCacheOfTheFirstVersionKeepsItsEntries() throws {
    let temporary = try TemporaryStore()
    let file = temporary.folder.appendingPathComponent("cache.sqlite").path
    let hash = TemporaryStore.hash(1)
    do {
      let cache = CacheStore(path: file)
      try cache.keep(thumbnails: [(hash, [1, 2])], embeddings: [(hash, [3])], recipe: "r")
    }
    try DatabaseQueue(path: file).write { db in
      try db.execute(
        sql: """
          ALTER TABLE thumbnail DROP COLUMN checksum;
          ALTER TABLE embedding DROP COLUMN checksum;
          DELETE FROM grdb_migrations WHERE identifier = '2';
          """)
    }
    let again = CacheStore(path: file)
    #expect(try again.thumbnail(of: hash) == [1, 2])
    #expect(try again.embedding(of: hash, recipe: "r") == [3])
  }

  @Test func aCacheThatBreaksInUseIsBegunAnewOnce() throws {
    let temporary = try TemporaryStore()
    let file = temporary.folder.appendingPathComponent("cache.sqlite")
    let renewals = Mutex(0)
    let cache = CacheStore(path: file.path, wasRenewed: { renewals.withLock { $0 += 1 } })
    let hash = TemporaryStore.hash(1)
    let large = [UInt8](repeating: 1, count: 100_000)
    for number in 0..<20 { try cache.keep(thumbnails: [(TemporaryStore.hash(number), large)]) }
    try DatabaseQueue(path: file.path).writeWithoutTransaction { db in
      _ = try db.checkpoint(.truncate)
    }
    // All but the header, so that the file is still one of SQLite's.
    let handle = try FileHandle(forWritingTo: file)
    try handle.seek(toOffset: 4_096)
    try handle.write(contentsOf: Data(repeating: 0xA5, count: 1_500_000))
    try handle.close()
    // A reader that was open may still hold pages of it.
    for number in 0..<20 { _ = try cache.thumbnail(of: TemporaryStore.hash(number)) }
    try cache.keep(thumbnails: [(hash, [7])])
    #expect(try cache.thumbnail(of: hash) == [7])
    #expect(try cache.faults() == [])
    #expect(renewals.withLock { $0 } == 1)
  }

  /// The worst that may be seen of a deletion is that nothing is kept.
  @Test func theCacheMayBeDeletedAtAnyMoment() throws {
    let temporary = try TemporaryStore()
    let file = temporary.folder.appendingPathComponent("cache.sqlite").path
    for round in 0..<200 {
      let isDeleted = DispatchSemaphore(value: 0)
      Thread.detachNewThread {
        usleep(UInt32.random(in: 0...4_000))
        for suffix in ["", "-wal", "-shm"] {
          unlink(file + suffix)
          usleep(UInt32.random(in: 0...200))
        }
        isDeleted.signal()
      }
      let cache = CacheStore(path: file)
      let hash = TemporaryStore.hash(round)
      #expect(throws: Never.self) {
        try cache.keep(thumbnails: [(hash, [1, 2, 3])])
        let thumbnail = try cache.thumbnail(of: hash)
        #expect(thumbnail == nil || thumbnail == [1, 2, 3])
      }
      isDeleted.wait()
    }
  }
}
