import Dataset
import ProjectLibrary
import TerminalGrid
import Testing
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// Tagging by keys, with a real library behind the screen.
@ScreenActor
@Suite(.timeLimit(.minutes(30)))
struct TaggingTests {
  @Test func digitsTagAndTheLibraryHasItAfterwards() async throws {
    let workshop = try await Workshop(tags: ["daisy", "dahlia"], pictures: 4)
    await workshop.run("112")
    let rows = workshop.state.images.rows
    let tags = workshop.state.tags.counts.map(\.tag.id)
    #expect(rows.map(\.tags) == [[tags[0]], [tags[0]], [tags[1]], []])
    #expect(try workshop.labels() == workshop.shownLabels)
    #expect(workshop.state.pendingChanges.isEmpty)
    #expect(workshop.state.tags.counts.map(\.imageCount) == [2, 1])
  }

  @Test func undoAndRedoGoBackAndForth() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 3)
    let before = try workshop.labels()
    await workshop.run("11")
    let after = try workshop.labels()
    await workshop.run("uu")
    #expect(try workshop.labels() == before)
    #expect(workshop.text.contains("Took back: a tag given to 1 image"))
    await workshop.run("u")
    #expect(workshop.state.notice == .nothingToUndo)
    workshop.press(KeyPress("r", .control))
    workshop.press(KeyPress("r", .control))
    await workshop.settle()
    #expect(try workshop.labels() == after)
    #expect(workshop.shownLabels == after)
  }

  @Test func newTagsAreMadeByName() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 1)
    await workshop.run("ntulip⏎")
    #expect(try workshop.library.tagCounts(of: workshop.project.id).map(\.tag.name).last == "tulip")
    #expect(workshop.text.contains("Added the tag tulip, key 2"))
    await workshop.run("ntulip⏎")
    #expect(workshop.text.contains("There is a tag tulip already."))
  }

  /// Keys come faster than the disk: what is asked for later is done later.
  @Test func changesAreMadeInTheOrderOfTheKeys() async throws {
    let workshop = try await Workshop(tags: ["daisy", "dahlia"], pictures: 1)
    let keys = String(repeating: "12", count: 60)
    workshop.type(keys + "uu1")
    #expect(workshop.state.pendingChanges.count == 121)
    await workshop.settle()
    let tags = workshop.state.tags.counts.map(\.tag.id)
    let given = try workshop.library.history(of: workshop.project.id).reversed().compactMap {
      if case .label(_, let tag, true) = $0.after, $0.command == "label add" {
        return tags.firstIndex(of: tag)
      }
      return nil
    }
    #expect(given == (0..<121).map { $0 % 2 })
    #expect(try workshop.labels() == workshop.shownLabels)
    #expect(try workshop.labels().values.map { $0 } == [[tags[0]]])
  }

  @Test func aChangeThatCannotBeSavedIsTakenBackAndSaid() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 2)
    try workshop.breakWriting()
    await workshop.run("1")
    #expect(workshop.state.images.rows.allSatisfy { workshop.state.tags(of: $0).isEmpty })
    #expect(workshop.text.contains("Not saved, taken back: error"))
    try workshop.mendWriting()
    await workshop.run("g1")
    #expect(try workshop.labels().values.count { !$0.isEmpty } == 1)
  }

  @Test func whatOthersChangeIsSeenWithinASecond() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 3)
    let other = try Workshop.open(workshop.folder, actor: "bob")
    let image = workshop.state.images.rows[2]
    let tag = workshop.state.tags.counts[0].tag
    try other.label([image.id], .add(tag.id), in: workshop.project.id)
    try other.rename(workshop.project, to: "garden")
    await workshop.settle()
    #expect(workshop.state.images.rows[2].tags.isEmpty)
    await workshop.passSecond()
    #expect(workshop.state.images.rows[2].tags == [tag.id])
    #expect(workshop.text.contains("garden"))
  }

  @Test func ourOwnChangesAreNotReadTwice() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 3)
    await workshop.run("11u")
    await workshop.rest()
    let drawn = workshop.screen.drawCount
    await workshop.passSecond()
    #expect(workshop.screen.drawCount == drawn)
  }

  @Test(arguments: [ClassificationType.multiclass, .multilabel])
  func randomKeysLeaveInTheLibraryWhatTheScreenShows(type: ClassificationType) async throws {
    let workshop = try await Workshop(tags: ["daisy", "dahlia", "tulip"], pictures: 9, type: type)
    let other = try Workshop.open(workshop.folder, actor: "bob")
    let keys: [KeyPress] =
      Array("1112223344xuujjkk gG0").map { KeyPress($0) } + [
        KeyPress("r", .control), KeyPress(.tab), KeyPress(.escape), KeyPress(.down),
        KeyPress(.pageUp),
      ]
    for seed in 0..<50 {
      var generator = SplitMix64(seed: seed)
      for _ in 0..<40 {
        workshop.press(keys.randomElement(using: &generator) ?? KeyPress("1"))
        if Int.random(in: 0..<20, using: &generator) == 0 {
          let image = workshop.state.images.rows.randomElement(using: &generator)
          let tag = workshop.state.tags.counts.randomElement(using: &generator)?.tag
          if let image, let tag {
            try other.label([image.id], .add(tag.id), in: workshop.project.id)
          }
        }
        // Answers come in between the keys, at times.
        if Int.random(in: 0..<4, using: &generator) == 0 { await Task.yield() }
      }
      workshop.press(KeyPress(.escape))
      workshop.press(KeyPress(.escape))
      await workshop.settle()
      await workshop.passSecond()
      #expect(workshop.state.pendingChanges.isEmpty, "seed \(seed)")
      #expect(workshop.state.brokenInvariants() == [], "seed \(seed)")
      let labels = try workshop.labels()
      let shown = workshop.shownLabels
      #expect(shown == labels.filter { shown.keys.contains($0.key) }, "seed \(seed)")
      #expect(shown.count == workshop.state.images.matchCount, "seed \(seed)")
    }
  }
}
