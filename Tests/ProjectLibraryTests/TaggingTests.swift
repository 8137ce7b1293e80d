import Dataset
import ProjectStore
import Testing
import WorkbenchTesting

@testable import ProjectLibrary

@Suite struct TaggingTests {
  private func labelled(
    _ type: ClassificationType, count: Int = 4
  ) async throws -> (TemporaryLibrary, [ImageID], [TagID]) {
    let temporary = try TemporaryLibrary(type: type)
    try temporary.writePictures(["x"], count: count)
    _ = try await temporary.importPhotos(tagging: .none)
    let tags = try ["daisy", "dahlia"].map {
      try temporary.library.createTag($0, in: temporary.project.id).id
    }
    let other = try temporary.library.createTag(
      "other", kind: .negative, in: temporary.project.id)
    return (
      temporary, try temporary.library.images(of: temporary.project.id).map(\.id),
      tags + [other.id]
    )
  }

  @Test func multiclassReplacesAndUndoBringsBack() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[0]], .add(tags[0]), in: project)
    try library.label([images[0], images[1]], .add(tags[1]), in: project)
    #expect(try temporary.labels()["0.png"] == ["dahlia"])
    let outcome = try #require(try library.undo(in: project))
    #expect(outcome.skippedCount == 0)
    #expect(try temporary.labels()["0.png"] == ["daisy"])
    #expect(try temporary.labels()["1.png"] == [])
    #expect(outcome.command == "label add")
    #expect(try library.redo(in: project)?.command == "label add")
    #expect(try temporary.labels()["1.png"] == ["dahlia"])
  }

  @Test func untaggedImagesGetTagsOfTheirOwnAndOneUndoTakesThemBack() async throws {
    let (temporary, images, tags) = try await labelled(.multilabel)
    let (library, project) = (temporary.library, temporary.project.id)
    // Somebody was faster: what they gave stays.
    try library.label([images[3]], .add(tags[0]), in: project)
    let given = [
      images[0]: [tags[0], tags[1]], images[1]: [tags[1]], images[3]: [tags[1]],
    ]
    #expect(try library.tagUntagged(given, in: project) == 2)
    #expect(try temporary.labels()["3.png"] == ["daisy"])
    #expect(try temporary.labels()["0.png"] == ["daisy", "dahlia"])
    _ = try library.undo(in: project)
    #expect(try temporary.labels()["0.png"] == [] && temporary.labels()["1.png"] == [])
    #expect(try temporary.labels()["3.png"] == ["daisy"])
  }

  @Test func nearDuplicateThatIsKeptTakesOverTheTagThatOthersAgreeOn() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[1]], .add(tags[0]), in: project)
    let before = try temporary.labels()
    var kept = try library.keepOne(images[0], removing: images, in: project)
    #expect(kept.removedCount == 3 && kept.takenOver.map(\.name) == ["daisy"])
    #expect(!kept.tagsDiffered)
    #expect(try temporary.labels() == ["0.png": ["daisy"]])
    // One undo takes all of it back.
    _ = try library.undo(in: project)
    #expect(try temporary.labels() == before)
    try library.label([images[2]], .add(tags[1]), in: project)
    kept = try library.keepOne(images[0], removing: Array(images[1...2]), in: project)
    #expect(kept.removedCount == 2 && kept.takenOver.isEmpty && kept.tagsDiffered)
    #expect(try temporary.labels() == ["0.png": [], "3.png": []])
    _ = try library.undo(in: project)
    // What is tagged keeps its own tag, and what is gone already is not counted.
    kept = try library.keepOne(images[1], removing: [images[2]], in: project)
    #expect(kept.takenOver.isEmpty && !kept.tagsDiffered)
    #expect(try library.keepOne(images[1], removing: [images[2]], in: project).removedCount == 0)
    #expect(try temporary.labels()["1.png"] == ["daisy"])
  }

  @Test func undoLeavesAloneWhatSomebodyElseChangedSince() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[0], images[1]], .add(tags[0]), in: project)
    try temporary.seen(by: "bob").label([images[0]], .add(tags[1]), in: project)
    let outcome = try #require(try library.undo(in: project))
    #expect(outcome.revertedCount == 1)
    #expect(outcome.skippedCount == 1)
    #expect(try temporary.labels()["0.png"] == ["dahlia"])
    #expect(try temporary.labels()["1.png"] == [])
  }

  @Test func anUndoThatSkipsEverythingStillMovesOn() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[1]], .add(tags[0]), in: project)
    try library.label([images[0]], .add(tags[0]), in: project)
    try temporary.seen(by: "bob").label([images[0]], .add(tags[1]), in: project)
    #expect(try library.undo(in: project)?.revertedCount == 0)
    #expect(try library.undo(in: project)?.revertedCount == 1)
    #expect(try temporary.labels()["1.png"] == [])
  }

  @Test func mergeDeleteAndRestoreAreOneChangeEach() async throws {
    let (temporary, images, tags) = try await labelled(.multilabel)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label(images, .add(tags[0]), in: project)
    try library.label([images[0]], .add(tags[1]), in: project)
    let before = try temporary.labels()
    #expect(try library.mergeTag("daisy", into: "dahlia", in: project) == 4)
    #expect(try temporary.labels().values.allSatisfy { $0 == ["dahlia"] })
    _ = try library.undo(in: project)
    #expect(try temporary.labels() == before)
    try library.deleteTag("daisy", in: project)
    #expect(try library.tagCounts(of: project).map(\.tag.name) == ["dahlia", "other"])
    let outcome = try library.restoreTag("daisy", in: project)
    #expect(outcome.skippedCount == 0)
    #expect(try temporary.labels() == before)
  }

  @Test func ofTagsOfOneNameThatDeletedLastIsRestored() async throws {
    let (temporary, images, tags) = try await labelled(.multilabel)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label(images, .add(tags[0]), in: project)
    try library.deleteTag("dahlia", in: project)
    try library.renameTag("daisy", to: "dahlia", in: project)
    try library.deleteTag("dahlia", in: project)
    _ = try library.restoreTag("dahlia", in: project)
    #expect(try temporary.labels().values.allSatisfy { $0 == ["dahlia"] })
  }

  @Test func aTagThatSomebodyElseDeletedIsGivenNoMore() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    try library.label([images[0]], .add(tags[1]), in: project)
    try temporary.seen(by: "bob").deleteTag("daisy", in: project)
    #expect(throws: LibraryError.tagNotFound("daisy", known: ["dahlia", "other"])) {
      try library.label(images, .add(tags[0]), in: project)
    }
    #expect(
      try library.tagUntagged([images[1]: [tags[0]], images[2]: [tags[1]]], in: project) == 1)
    #expect(try temporary.labels()["0.png"] == ["dahlia"])
    #expect(try temporary.labels()["1.png"] == [])
    #expect(try temporary.labels()["2.png"] == ["dahlia"])
  }

  @Test func aTagThatImagesBearIsNotUnmadeByUndo() async throws {
    let (temporary, images, _) = try await labelled(.multilabel)
    let (library, project) = (temporary.library, temporary.project.id)
    let tag = try library.createTag("late", in: project)
    try temporary.seen(by: "bob").label([images[0]], .add(tag.id), in: project)
    let outcome = try #require(try library.undo(in: project))
    #expect(outcome.revertedCount == 0 && outcome.skippedCount == 1)
    #expect(try temporary.labels()["0.png"] == ["late"])
  }

  @Test func aTagThatWasUnmadeKeepsItsNameAndKind() async throws {
    let temporary = try TemporaryLibrary(type: .multilabel)
    let (library, project) = (temporary.library, temporary.project.id)
    let tag = try library.createTag("none", kind: .negative, in: project)
    let outcome = try #require(try library.undo(in: project))
    #expect(outcome.revertedCount == 1 && outcome.skippedCount == 0)
    #expect(try library.tagCounts(of: project).isEmpty)
    _ = try library.restoreTag("none", in: project)
    #expect(try library.tagCounts(of: project).map(\.tag) == [tag])
  }

  @Test func undoLeavesNamesAndTypesThatOthersNeed() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project)
    let name = project.name
    try library.rename(project, to: "elsewhere")
    let other = try library.createProject(name)
    #expect(try library.undo(in: project.id)?.skippedCount == 1)
    #expect(try library.projects().map(\.id).contains(other.id))

    try library.setType(.multilabel, of: project.id)
    let change = try #require(try library.history(of: project.id, limit: 1).first?.change)
    for tag in tags.prefix(2) { try library.label([images[0]], .add(tag), in: project.id) }
    #expect(try library.revert(change...change, in: project.id).skippedCount == 1)
    #expect(try library.project(named: "elsewhere").type == .multilabel)
  }

  /// What people have said of a project.
  private struct Everything: Equatable {
    let labels: [String: [String]]
    let confirmed: [ImageID: Set<TagID>]
    let keptBesideDuplicates: Set<ImageID>
  }

  private func everything(_ temporary: TemporaryLibrary) throws -> Everything {
    let labels = try temporary.labels()
    return try temporary.library.store.read { snapshot in
      Everything(
        labels: labels, confirmed: try snapshot.confirmedTags(of: temporary.project.id),
        keptBesideDuplicates: try snapshot.imagesKeptBesideDuplicates(of: temporary.project.id))
    }
  }

  /// Whatever one person does alone, undoing all of it gives back what was, and redoing it what came.
  @Test(arguments: 0..<12)
  func undoingEverythingGivesBackTheBeginning(seed: Int) async throws {
    var generator = SplitMix64(seed: seed)
    let type: ClassificationType = seed % 2 == 0 ? .multiclass : .multilabel
    let (temporary, images, tags) = try await labelled(type)
    let (library, project) = (try temporary.seen(by: "cleo"), temporary.project.id)
    let beginning = try everything(temporary)
    var changeCount = 0
    for step in 0..<25 {
      let image = images[Int.random(in: 0..<images.count, using: &generator)]
      let tag = tags[Int.random(in: 0..<tags.count, using: &generator)]
      let position = try library.history(of: project, limit: 1).first?.position
      switch Int.random(in: 0..<11, using: &generator) {
      case 8: try library.confirmLabels([image], in: project)
      case 10: try library.tagUntagged([image: [tag]], in: project)
      case 9: try library.keepBesideDuplicates([image], in: project)
      case 0: try library.removeImages([image], from: project)
      case 1: try library.restoreImages([image], to: project)
      case 2: try library.label([image], .clear, in: project)
      case 3: try library.renameTag("daisy", to: "daisy", in: project)
      case 4: try library.createTag("tag \(step)", in: project)
      default: try library.label([image], .add(tag), in: project)
      }
      if try library.history(of: project, limit: 1).first?.position != position {
        changeCount += 1
      }
    }
    let end = try everything(temporary)
    var undoneCount = 0
    while let outcome = try library.undo(in: project) {
      #expect(outcome.skippedCount == 0)
      undoneCount += 1
    }
    #expect(undoneCount == changeCount)
    #expect(try everything(temporary) == beginning)
    while let outcome = try library.redo(in: project) { #expect(outcome.skippedCount == 0) }
    #expect(try everything(temporary) == end)
  }

  @Test func namesAreCheckedOnce() async throws {
    let (temporary, _, _) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project.id)
    #expect(throws: LibraryError.nameInvalid("  ")) { try library.createTag("  ", in: project) }
    let unfit: [ClosedRange<UInt32>] = [
      0...0x1F, 0x7F...0x9F, 0x2028...0x2029, 0x202A...0x202E, 0x2066...0x2069,
    ]
    for scalar in unfit.joined().compactMap(Unicode.Scalar.init) {
      let name = "da\(scalar)isy"
      #expect(throws: LibraryError.nameInvalid(name)) { try library.createTag(name, in: project) }
    }
    // Marks of direction and joiners are part of words.
    for name in ["\u{5D0}\u{200F}\u{5D1}", "\u{928}\u{94D}\u{200D}", "👩‍🌾", "e\u{301}"] {
      #expect(try library.createTag(name, in: project).name == name)
    }
    #expect(throws: LibraryError.tagNameTaken("daisy")) {
      try library.createTag(" daisy ", in: project)
    }
    #expect(throws: LibraryError.negativeTagExists("other")) {
      try library.createTag("none", kind: .negative, in: project)
    }
    #expect(throws: LibraryError.negativeTagMerged("other")) {
      try library.mergeTag("daisy", into: "other", in: project)
    }
    #expect(throws: LibraryError.projectNameTaken("flowers")) {
      try library.createProject("flowers")
    }
  }

  @Test func nothingOfADeletedProjectIsChanged() async throws {
    let (temporary, images, tags) = try await labelled(.multiclass)
    let (library, project) = (temporary.library, temporary.project)
    let before = try library.history(of: project.id, limit: 1)
    try temporary.seen(by: "bob").delete(project)
    let gone = LibraryError.projectNotFound(project.name, known: [])
    #expect(throws: gone) { try library.label(images, .add(tags[0]), in: project.id) }
    #expect(throws: gone) { try library.createTag("late", in: project.id) }
    #expect(throws: gone) { try library.undo(in: project.id) }
    #expect(throws: gone) { try library.delete(project) }
    await #expect(throws: gone) { try await temporary.importPhotos() }
    #expect(try library.history(of: project.id, limit: 2).dropFirst() == before[...])
    _ = try library.restoreProject(named: project.name)
    #expect(try library.label(images, .add(tags[0]), in: project.id) == images.count)
  }

  @Test func theProjectThatWasWorkedOnLastIsKnown() throws {
    let temporary = try TemporaryLibrary()
    let (library, first) = (temporary.library, temporary.project)
    #expect(try library.projectChangedLast() == first)
    let second = try library.createProject("second")
    #expect(try library.projectChangedLast() == second)
    try library.createTag("daisy", in: first.id)
    #expect(try library.projectChangedLast() == first)
    try library.delete(first)
    #expect(try library.projectChangedLast() == second)
    try library.delete(second)
    #expect(try library.projectChangedLast() == nil)
  }

  @Test func aDeletedProjectCanBeRestored() async throws {
    let (temporary, _, _) = try await labelled(.multiclass)
    try temporary.library.delete(temporary.project)
    #expect(try temporary.library.projects().isEmpty)
    #expect(throws: LibraryError.noProject) { try temporary.library.project(named: nil) }
    #expect(try temporary.library.restoreProject(named: "flowers") == temporary.project)
    #expect(try temporary.library.project(named: nil) == temporary.project)
  }
}
