import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// Random walks: nothing that happens, in whatever order, traps or leaves the state inconsistent.
@Suite struct RandomMessageTests {
  @Test(arguments: 0..<200) func anythingCanHappen(seed: Int) {
    var random = SplitMix64(seed: seed)
    let names = Array(["daisy", "dahlia", "!none", "rose", "雛菊"].prefix(seed % 6))
    var library = SampleProject.library(
      imageCount: [0, 1, 7, 40, 900][seed / 6 % 5], tags: names,
      type: seed % 2 == 0 ? .multiclass : .multilabel)
    addLists(to: &library)
    var session = WorkbenchSession(library, viewport: .small)
    // Answers wait here, so that they come late, in any order, or never.
    var waiting: [Effect] = []
    for step in 0..<300 {
      let message: Message
      if !waiting.isEmpty, Int.random(in: 0..<3, using: &random) > 0 {
        let effect = waiting.remove(at: Int.random(in: 0..<min(3, waiting.count), using: &random))
        guard let answer = session.library.answer(effect).first else { continue }
        message = answer
      } else {
        message = randomMessage(session.state, using: &random)
      }
      waiting += session.sendWithoutAnswers(message)
      let broken = session.state.brokenInvariants()
      guard broken.isEmpty else {
        Issue.record("seed \(seed), step \(step), after \(message): \(broken)")
        return
      }
    }
  }

  /// When all answers have come, the screen shows what is stored.
  @Test(arguments: 0..<50) func whatIsShownInTheEndIsWhatIsStored(seed: Int) {
    var random = SplitMix64(seed: seed)
    var library = SampleProject.library(
      imageCount: 60, tags: ["daisy", "dahlia", "!none"],
      type: seed % 2 == 0 ? .multiclass : .multilabel)
    addLists(to: &library)
    var session = WorkbenchSession(library, viewport: .small)
    for _ in 0..<100 {
      if Int.random(in: 0..<10, using: &random) == 0 { session.library.rejection = "full" }
      let commands = commandTable.map(\.command).filter { $0 != .quit }
      session.send(.command(commands.randomElement(using: &random) ?? .back))
    }
    for _ in 0..<9 { session.run(.back) }
    session.send(.command(.changeOrder))
    while session.state.images.selection.order != .imported { session.run(.changeOrder) }
    #expect(session.state.pendingChanges == [])
    #expect(session.state.images.filter == .all)
    #expect(session.state.images.rows == session.library.images)
  }

  /// Lets the library say that every image is rather of the last tag, and list some to go through.
  private func addLists(to library: inout MemoryLibrary) {
    let (images, tags) = (library.images, library.tags)
    library.live = .live(
      LiveFigures(
        tags: tags, taggedCount: images.count, unembeddedCount: 0, accuracy: nil,
        rowOfImage: Dictionary(uniqueKeysWithValues: zip(images.map(\.id), images.indices)),
        isTagged: images.map { !$0.tags.isEmpty },
        probabilities: images.flatMap { _ in tags.indices.map { Float($0) / 8 } },
        labelQualities: images.map { _ in nil }))
    for kind in [ReviewKind.suspects, .suggestions, .queue, .nearDuplicates] {
      library.reviews[kind] = ReviewList(
        kind: kind,
        lines: images.reversed().prefix(5).enumerated().map { place, image in
          ReviewList.Line(
            image: image.id, reason: image.name, group: kind == .nearDuplicates ? place / 2 : nil)
        })
    }
  }

  private func randomMessage(_ state: State, using random: inout SplitMix64) -> Message {
    let someJob = JobID(Int.random(in: 0...state.lastTicket + 1, using: &random))
    let tags = state.tags.counts.map(\.tag)
    let target: PointerTarget =
      [
        .row(.images, Int.random(in: -3...1000, using: &random)), .row(.tags, 2),
        .row(.training, -1), .border(.tags, steps: 1), .border(.images, steps: -2),
        .overlayRow(Int.random(in: 0...9, using: &random)), .nothing,
      ].randomElement(using: &random) ?? .nothing
    let messages: [Message] = [
      .promptEdited(
        [
          .insert("雛 a\u{301}/"), .deleteBackward, .deleteForward, .deleteWord, .moveLeft,
          .moveRight, .moveToStart, .moveToEnd, .deleteToStart,
        ].randomElement(using: &random) ?? .moveLeft),
      .promptSubmitted,
      .completionWanted,
      .pathsCompleted(of: "/p", text: "/photos", choices: ["a", "b"]),
      .pathsFound(of: ["/photos"], isAnyThere: false),
      .pointed(target, [.press, .drag, .release].randomElement(using: &random) ?? .press),
      .scrolled(target, by: Int.random(in: -5...5, using: &random)),
      .rowsToMark(QueryID(state.lastTicket), state.images.rows.prefix(3).map(\.id)),
      .judgementLoaded(SampleProject.imageID(0), nil),
      .changeSaved(.removed(count: 1)),
      .answered([.yes, .no, .cancel].randomElement(using: &random) ?? .no),
      .pasted(["/tmp/a b", "hello", "file:///x%20y", "~/z '"].randomElement(using: &random) ?? ""),
      .resized(
        Viewport(
          columns: 0, rows: 0, imageRows: Int.random(in: 0...60, using: &random),
          sheetColumns: Int.random(in: 0...7, using: &random),
          sheetLines: Int.random(in: 0...5, using: &random),
          tagRows: Int.random(in: 0...9, using: &random), trainingRows: 0,
          overlayRows: Int.random(in: 0...9, using: &random))),
      .libraryChanged,
      .imagesNotLoaded(QueryID(state.lastTicket), reason: "busy"),
      .labelsRejected(ChangeID(state.lastTicket), reason: "full"),
      .labelsSaved(ChangeID(Int.random(in: 0...state.lastTicket, using: &random))),
      .effectFailed(reason: "failed"),
      .tagsLoaded(TagsState(counts: tags.dropLast().map { TagCount(tag: $0, imageCount: 7) })),
      .reportLoaded(nil),
      .trainingProgressed(
        someJob, TrainingJob.Progress(stage: .preparing, fraction: 2, timeLeft: nil)),
      .trainingEnded(
        someJob,
        tags.count > 1
          ? .completed(SampleProject.report(tags: tags, imageCounts: tags.map { _ in 5 }))
          : .cancelled),
      .importProgressed(
        someJob, ImportJob.Progress(doneCount: 1, totalCount: nil, pace: nil)),
      .importEnded(
        someJob,
        .completed(
          ImportSummary(
            importedCount: 1, duplicateCount: 0,
            refused: [ImportSummary.RefusedFile(path: "x", reason: "y")]))),
      .embeddingProgressed(
        someJob, EmbeddingJob.Progress(doneCount: 1, totalCount: 4, pace: nil)),
      .embeddingEnded(someJob, .failed(reason: "no memory")),
      .thumbnailFailed(SampleProject.content(0), reason: "gone"),
    ]
    let command = commandTable.randomElement(using: &random).map { Message.command($0.command) }
    return Bool.random(using: &random)
      ? command ?? .opened : messages.randomElement(using: &random) ?? .opened
  }
}
