import Dataset
import Evaluation
import Foundation
import ProjectLibrary
import TerminalGrid
import Testing
import Workbench
import WorkbenchTesting

@testable import TerminalApp

/// Imports and trainings started by keys.
@ScreenActor
@Suite(.timeLimit(.minutes(30)))
struct JobTests {
  /// Writes some pictures for each of two tags, one text file and one broken picture.
  private func writeFolder(_ workshop: Workshop, count: Int) throws {
    for (classIndex, tag) in ["daisy", "dahlia"].enumerated() {
      for number in 0..<count {
        try workshop.writePicture("\(tag)/\(number).png", classIndex: classIndex, seed: number)
      }
    }
    try Data("no picture".utf8).write(to: workshop.photos.appendingPathComponent("daisy/note.txt"))
    let whole = try Data(contentsOf: workshop.photos.appendingPathComponent("daisy/0.png"))
    try whole.prefix(whole.count / 2).write(
      to: workshop.photos.appendingPathComponent("dahlia/broken.png"))
  }

  @Test func importsTrainsAndShowsFigures() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎y")
    let summary = try #require(workshop.imported)
    #expect(summary.importedCount == 16)
    #expect(summary.duplicateCount == 0)
    // What should have been a picture is told apart.
    #expect(
      summary.refused == [
        ImportSummary.RefusedFile(
          path: workshop.photos.appendingPathComponent("dahlia/broken.png").path,
          reason: "refused unreadable")
      ])
    #expect(
      summary.passedOver == [
        ImportSummary.RefusedFile(
          path: workshop.photos.appendingPathComponent("daisy/note.txt").path,
          reason: "refused notAnImage")
      ])
    #expect(workshop.state.tags.counts.map(\.imageCount) == [8, 8])
    await workshop.run("F")
    #expect(workshop.text.contains("2 files not imported"))

    workshop.press(KeyPress(.escape))
    await workshop.run("T")
    let report = try #require(workshop.state.training.report)
    #expect(report.iteration.number == 1)
    #expect(report.performance.accuracy == 1)
    #expect(workshop.state.notice == .trained(report))
    #expect(workshop.text.contains("Training · iteration 1"))
    #expect(workshop.text.contains("precision 100.0 % · recall 100.0 % · 16 images"))
    #expect(workshop.text.contains("daisy          8 100.0 58–100 100.0 58–100 100.0"))
    await workshop.passSecond()
    #expect(workshop.state.training.report == report)
  }

  @Test func tagsAreLearnedFromAtOnce() async throws {
    let workshop = try await Workshop(tags: ["daisy", "dahlia"])
    try writeFolder(workshop, count: 4)
    await workshop.run("i\(workshop.photos.path)⏎n")
    workshop.press(KeyPress(.escape))
    await workshop.settle { $0.state.isLearning }
    #expect(!workshop.text.contains("live: accuracy"))
    // Dahlias are imported first: two of them, then two daisies.
    let names = workshop.state.images.rows.map(\.path)
    #expect(names[0].contains("dahlia") && names[4].contains("daisy"))
    await workshop.run("22jj11")
    let rows = workshop.state.images.rows
    for (row, tag) in [(2, "dahlia"), (3, "dahlia"), (6, "daisy"), (7, "daisy")] {
      let top = workshop.state.suggestion(for: rows[row])?.judgement.top
      #expect(top.flatMap { workshop.state.tags.tag($0.tag)?.name } == tag)
    }
    #expect(workshop.text.contains("live: accuracy 100.0 % of 4 tagged"))
    #expect(workshop.text.contains("─ live ─"))
    await workshop.run("y")
    #expect(workshop.state.images.rows[6].tags == workshop.state.images.rows[5].tags)
  }

  @Test func listsKnowTheTagsThatWereGivenJustBefore() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 4)
    await workshop.run("i\(workshop.photos.path)⏎y")
    workshop.press(KeyPress(.escape))
    await workshop.settle { $0.state.isLearning && $0.state.embedding == nil }
    // Typed at once, before anything is saved or learned.
    await workshop.run("xxN")
    #expect(workshop.state.review?.list.lines.count == 2)
    await workshop.run("yy")
    #expect(workshop.state.tags.untaggedCount == 0)
  }

  @Test func askedPicturesComeIn() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎y")
    workshop.press(KeyPress(.escape))
    await workshop.run("I")
    #expect(workshop.state.notice == .nothingToReview(.asked))
    await workshop.run("T")
    let (library, project) = (workshop.library, workshop.project)
    let iteration = try #require(try library.currentIteration(of: project))
    let url = try workshop.writePicture("asked.png", classIndex: 1, seed: 77)
    _ = try library.predictAndKeep(
      Array(try Data(contentsOf: url)), with: library.classifier(iteration), of: project,
      within: PictureBounds(side: 1000, ratio: 100), application: "camera")
    await workshop.run("I")
    #expect(workshop.state.review?.list.kind == .asked)
    #expect(workshop.state.images.matchCount == 1 && workshop.state.tags.untaggedCount == 1)
    await workshop.settle { $0.state.embedding == nil }
    await workshop.run("y")
    #expect(workshop.state.tags.untaggedCount == 0)
    #expect(try library.predictionCount(of: project.id) == 0)
  }

  @Test func historyTellsWhoDidWhat() async throws {
    let workshop = try await Workshop(tags: ["daisy"], pictures: 3)
    await workshop.run("1H")
    guard case .history(let name, let lines, _) = workshop.state.overlay else {
      Issue.record("no history")
      return
    }
    #expect(name == "1.png" && lines.map(\.actor) == ["eve"])
    await workshop.run("HkH")
    guard case .history("0.png", let own, _) = workshop.state.overlay else {
      Issue.record("no history of the first")
      return
    }
    #expect(own.map(\.actor) == ["ann", "eve"] && own.first?.what == "label add")
  }

  @Test func patternsAndTheHomeFolderAreUnderstood() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 3)
    await workshop.run("i'\(workshop.photos.path)/dai*/[12].png'⏎n")
    #expect(workshop.state.images.rows.map(\.name) == ["1.png", "2.png"])
    await workshop.run("i/no/such/*⏎")
    let problem = Prompt.Problem.nothingThere(pathCount: 1)
    #expect(
      workshop.state.overlay
        == .prompt(Prompt(.importPaths, text: "/no/such/*", problem: problem)))
  }

  @Test func foldersThatCannotBeTagsAreTold() async throws {
    let workshop = try await Workshop()
    let folder = "dai\u{202E}sy"
    try workshop.writePicture("\(folder)/0.png", classIndex: 0, seed: 1)
    await workshop.run("i\(workshop.photos.path)⏎y")
    #expect(workshop.imported?.foldersUnfitForTags == [folder])
    #expect(workshop.state.tags.untaggedCount == 1)
  }

  @Test func aCancelledTrainingLeavesNoIteration() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎y")
    workshop.press(KeyPress(.escape))
    await workshop.run("Tc")
    #expect(workshop.state.notice == .trainingCancelled)
    #expect(try workshop.library.iterations(of: workshop.project.id).isEmpty)
    await workshop.run("T")
    #expect(workshop.state.training.report?.iteration.number == 1)
  }

  @Test func aCancelledImportSaysWhatItDid() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎yc")
    let summary = try #require(workshop.imported)
    #expect(summary.wasCancelled)
    #expect(summary.importedCount == workshop.state.tags.imageCount)
  }

  @Test func whyATrainingFailedIsSaid() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎y")
    workshop.press(KeyPress(.escape))
    try workshop.breakWriting()
    await workshop.run("T")
    #expect(workshop.state.training.job == nil)
    #expect(workshop.text.contains("Training failed: error"))
  }

  @Test func iterationsOfOthersAreNoticed() async throws {
    let workshop = try await Workshop()
    try writeFolder(workshop, count: 8)
    await workshop.run("i\(workshop.photos.path)⏎y")
    let other = try Workshop.open(workshop.folder, actor: "bob")
    _ = try await other.train(workshop.project) { _ in }
    #expect(workshop.state.training.report == nil)
    await workshop.passSecond()
    #expect(workshop.state.training.report?.iteration.number == 1)
  }

  /// The state refuses trainings that the library would refuse; both have to mean the same number.
  @Test func screenAndLibraryAgreeOnTheSmallestTag() {
    #expect(TrainingState.leastImagesPerTag == smallestTagToTrain)
  }
}
