import Dataset
import Foundation
import GRDB
import ProjectStore
import Testing
import WorkbenchTesting

@Suite struct LogTests {
  @Test func aFactThatHoldsLeavesNoTrace() throws {
    let temporary = try TemporaryStore()
    let tag = try temporary.makeTag("daisy")
    let position = try temporary.store.read { try $0.position(of: temporary.project.id) }
    let isChanged = try temporary.store.change(
      in: temporary.project.id, by: "ann", command: "tag rename"
    ) { try $0.record(.tagName(tag, "daisy")) }
    #expect(!isChanged)
    #expect(try temporary.store.read { try $0.position(of: temporary.project.id) } == position)
  }

  /// The state as of every position of a random log is the state that was seen there.
  @Test(arguments: 0..<20)
  func labelsAsOfAPositionAreThoseOfThatTime(seed: Int) throws {
    var generator = SplitMix64(seed: seed)
    let temporary = try TemporaryStore()
    let tags = try ["daisy", "dahlia", "daffodil"].map(temporary.makeTag)
    let images = try (0..<5).map(temporary.makeImage)
    var seen: [(position: Int64, labels: Set<[String]>)] = []
    for _ in 0..<60 {
      try temporary.store.change(in: temporary.project.id, by: "ann", command: "label") {
        let image = images[Int.random(in: 0..<5, using: &generator)]
        let tag = tags[Int.random(in: 0..<3, using: &generator)]
        let value = Bool.random(using: &generator)
        try $0.record(
          Int.random(in: 0..<5, using: &generator) == 0
            ? .membership(image, value) : .label(image, tag, value))
      }
      try temporary.store.read { snapshot in
        let labels = try snapshot.images(of: temporary.project.id).flatMap { image in
          image.tags.map { [image.id.description, $0.description] }
        }
        seen.append((try snapshot.position(of: temporary.project.id), Set(labels)))
      }
    }
    for (position, labels) in seen {
      let asOf = try temporary.store.read {
        try $0.labels(of: temporary.project.id, asOf: position)
      }
      #expect(Set(asOf.map { [$0.image.description, $0.tag.description] }) == labels)
    }
  }

  @Test func theLogCannotBeRewritten() throws {
    let temporary = try TemporaryStore()
    let database = try DatabaseQueue(path: temporary.store.path)
    for sql in ["UPDATE event SET new = 0", "DELETE FROM event"] {
      #expect(throws: DatabaseError.self) { try database.write { try $0.execute(sql: sql) } }
    }
  }

  @Test func aChangeThatFailsLeavesNothing() throws {
    struct Stop: Error {}
    let temporary = try TemporaryStore()
    #expect(throws: Stop.self) {
      try temporary.store.change(in: temporary.project.id, by: "ann", command: "tag create") {
        try $0.makeTag(Tag(id: .random(), name: "daisy"))
        throw Stop()
      }
    }
    #expect(try temporary.store.read { try $0.tags(of: temporary.project.id) }.isEmpty)
  }

  @Test func everyEventKnowsWhatWasBefore() throws {
    let temporary = try TemporaryStore()
    let tag = try temporary.makeTag("daisy")
    let image = try temporary.makeImage(1)
    try temporary.store.change(in: temporary.project.id, by: "bob", command: "many") {
      try $0.record(.label(image, tag, true))
      try $0.record(.tagName(tag, "marguerite"))
      try $0.record(.tagKind(tag, .negative))
      try $0.record(.projectType(.multiclass))
      try $0.record(.projectDomain(.general))
    }
    let events = try temporary.store.read {
      try $0.history(of: temporary.project.id, limit: 5)
    }
    #expect(
      events.map(\.before) == [
        .projectDomain(.compact), .projectType(.multilabel), .tagKind(tag, .regular),
        .tagName(tag, "daisy"), .label(image, tag, false),
      ])
    #expect(
      events.map(\.after) == [
        .projectDomain(.general), .projectType(.multiclass), .tagKind(tag, .negative),
        .tagName(tag, "marguerite"), .label(image, tag, true),
      ])
    #expect(Set(events.map(\.actor)) == ["bob"])
    #expect(Set(events.map(\.change)).count == 1)
  }

  @Test func undoAndRedoPickTheActorsOwnChanges() throws {
    let temporary = try TemporaryStore()
    let (store, project) = (temporary.store, temporary.project.id)
    let tag = try temporary.makeTag("daisy")
    let images = try (0..<3).map(temporary.makeImage)
    func label(_ image: Int, _ actor: String) throws -> Int64? {
      try store.change(in: project, by: actor, command: "label add") {
        try $0.record(.label(images[image], tag, true))
      }
      return try store.read { try $0.history(of: project, limit: 1).first?.change }
    }
    func next(_ reversal: Reversal, _ actor: String) throws -> Int64? {
      try store.read { try $0.nextChange(to: reversal, in: project, by: actor) }
    }
    func takeBack(_ change: Int64, _ actor: String) throws -> Int64? {
      try store.change(in: project, by: actor, command: "undo", undoes: change) {
        try $0.begin()
        for event in try $0.snapshot.events(of: change) { try $0.record(event.before) }
      }
      return try store.read { try $0.history(of: project, limit: 1).first?.change }
    }
    let first = try #require(try label(0, "bob"))
    let second = try #require(try label(1, "bob"))
    _ = try label(2, "ann")
    #expect(try next(.undo, "bob") == second)
    #expect(try next(.redo, "bob") == nil)
    let undo = try #require(try takeBack(second, "bob"))
    #expect(try next(.undo, "bob") == first)
    #expect(try next(.redo, "bob") == undo)
    _ = try takeBack(undo, "bob")
    #expect(try next(.undo, "bob") == second)
    #expect(try next(.redo, "bob") == nil)
  }
}
