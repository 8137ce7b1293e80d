import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

@Suite struct LabelTests {
  private let daisy = SampleProject.tagID(1)
  private let dahlia = SampleProject.tagID(2)

  private func change(_ ticket: Int, _ images: [Int], _ operation: LabelOperation) -> LabelChange {
    LabelChange(
      id: ChangeID(ticket), images: images.map(SampleProject.imageID), operation: operation)
  }

  @Test func taggingShowsAtOnceIsSavedBehindAndMovesOn() {
    var state = WorkbenchSession.flowers().state
    let change = change(state.lastTicket + 1, [0], .add(dahlia))
    claim(
      &state, .command(.giveTag(2)),
      gives: [.changeLabels(change), .loadThumbnail(SampleProject.content(1))]
    ) {
      $0.lastTicket += 1
      $0.lastOperation = .add(dahlia)
      $0.pendingChanges = [change]
      $0.images.cursor = 1
      $0.preview = Preview(content: SampleProject.content(1))
    }
    #expect(state.tags(of: state.images.rows[0]) == [dahlia])
    #expect(state.isPending(SampleProject.imageID(0)))
  }

  @Test func savedChangeBecomesTheRowsOwnAndCountsAreReadAgain() {
    var state = WorkbenchSession.flowers().state
    _ = update(&state, .command(.giveTag(2)))
    let id = state.pendingChanges[0].id
    let query = ImageQuery(
      id: QueryID(state.lastTicket + 1), selection: ImageSelection(),
      place: .around(SampleProject.imageID(1), row: 1, count: 256))
    claim(
      &state, .labelsSaved(id),
      gives: [.loadTags, .loadImages(query), .learnLive(takesNewImages: true)]
    ) {
      $0.lastTicket += 1
      $0.pendingChanges = []
      $0.images.rows[0].tags = [dahlia]
      $0.images.outstanding = query
    }
    #expect(!state.isPending(SampleProject.imageID(0)))
  }

  @Test func rejectedChangeIsTakenBackWithTheReason() {
    var state = WorkbenchSession.flowers().state
    _ = update(&state, .command(.giveTag(2)))
    let id = state.pendingChanges[0].id
    let query = ImageQuery(
      id: QueryID(state.lastTicket + 1), selection: ImageSelection(),
      place: .around(SampleProject.imageID(1), row: 1, count: 256))
    claim(
      &state, .labelsRejected(id, reason: "the disk is full"),
      gives: [.loadTags, .loadImages(query), .learnLive(takesNewImages: true)]
    ) {
      $0.lastTicket += 1
      $0.pendingChanges = []
      $0.notice = .labelsNotSaved(reason: "the disk is full")
      $0.images.outstanding = query
    }
    #expect(state.tags(of: state.images.rows[0]) == [daisy])
  }

  @Test func answerOfAnUnknownChangeIsIgnored() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .labelsSaved(ChangeID(999)))
  }

  @Test func rowsReadBeforeAChangeWasSavedStillShowIt() {
    var session = WorkbenchSession.flowers()
    let effects = session.sendWithoutAnswers(.libraryChanged)
    _ = session.sendWithoutAnswers(.command(.giveTag(2)))
    for effect in effects {
      for message in session.library.answer(effect) { _ = session.sendWithoutAnswers(message) }
    }
    #expect(session.state.images.rows[0].tags == [daisy])
    #expect(session.state.tags(of: session.state.images.rows[0]) == [dahlia])
  }

  @Test func multiclassReplaces() {
    var session = WorkbenchSession.flowers()
    session.run(.giveTag(2))
    #expect(session.library.images[0].tags == [dahlia])
  }

  @Test func givingTheTagThatIsThereSavesNothingAndMovesOn() {
    var state = WorkbenchSession.flowers().state
    claim(
      &state, .command(.giveTag(1)), gives: [.loadThumbnail(SampleProject.content(1))]
    ) {
      $0.lastOperation = .add(daisy)
      $0.images.cursor = 1
      $0.preview = Preview(content: SampleProject.content(1))
    }
  }

  @Test func multilabelToggles() {
    var session = WorkbenchSession.flowers(type: .multilabel)
    // Who gives a picture several tags stays on it.
    session.run(.giveTag(2))
    #expect(session.library.images[0].tags == [daisy, dahlia])
    session.run(.giveTag(1))
    #expect(session.library.images[0].tags == [dahlia])
    #expect(session.state.images.cursor == 0)
    session.run(.clearTags)
    #expect(session.library.images[0].tags == [] && session.state.images.cursor == 1)
  }

  @Test func whatBearsNoTagKeepsItsMarks() {
    var session = WorkbenchSession.flowers()
    session.run(.previousPane, .moveDown, .nextPane, .toggleMark, .toggleMark, .clearTags)
    #expect(session.state.notice == .commandDisabled(.nothingToUntag(imageCount: 2)))
    #expect(session.state.images.marks.count == 2)
  }

  @Test func fromOtherPanesNoTagIsTakenAndNoImageRemoved() {
    for pane in [Pane.tags, .training] {
      var state = WorkbenchSession.flowers().state
      state.focus = pane
      for command in [
        Command.clearTags, .removeImages, .takePrediction, .confirmTags, .repeatTagging,
      ] {
        claim(&state, .command(command)) { $0.notice = .commandDisabled(.onlyIn(.images)) }
      }
    }
  }

  @Test func multilabelToggleOnSomeThatDifferGivesTheTagToAll() {
    var session = WorkbenchSession.flowers(type: .multilabel)
    // Image 0 is a daisy, image 1 is not.
    session.run(.toggleMark, .toggleMark, .giveTag(1))
    #expect(session.library.images[0].tags == [daisy])
    #expect(session.library.images[1].tags == [daisy, dahlia])
  }

  @Test func negativeExcludesTheRest() {
    var session = WorkbenchSession.flowers(["daisy", "dahlia", "!none"], type: .multilabel)
    session.run(.giveTag(2), .giveNegativeTag)
    #expect(session.library.images[0].tags == [SampleProject.tagID(3)])
    session.run(.giveTag(1))
    #expect(session.library.images[0].tags == [daisy])
  }

  @Test func taggingMarkedImagesKeepsTheCursorAndDropsTheMarks() {
    var state = WorkbenchSession.flowers().state
    for _ in 0..<2 { _ = update(&state, .command(.toggleMark)) }
    let change = change(state.lastTicket + 1, [0, 1], .add(dahlia))
    claim(&state, .command(.giveTag(2)), gives: [.changeLabels(change)]) {
      $0.lastTicket += 1
      $0.lastOperation = .add(dahlia)
      $0.pendingChanges = [change]
      $0.images.marks = []
    }
    #expect(state.images.cursor == 2)
  }

  @Test func clearingTakesAllTagsAway() {
    var session = WorkbenchSession.flowers()
    session.run(.clearTags)
    #expect(session.library.images[0].tags == [])
  }

  @Test func undoAsksTheLibraryAndGoesToTheImageThatChanged() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    session.run(.giveTag(2), .moveToLast)
    #expect(session.state.images.cursor == 899)
    session.run(.undo)
    #expect(session.state.images.cursor == 0)
    #expect(session.state.images.current?.tags == [daisy])
    #expect(
      session.state.notice
        == .undone(ChangeSummary(command: "label add", images: [SampleProject.imageID(0)])))
    session.run(.redo)
    #expect(session.state.images.current?.tags == [dahlia])
    session.run(.redo)
    #expect(session.state.notice == .nothingToRedo)
  }

  @Test func undoGoesToItsImageThoughTheNewsComesTwice() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    session.run(.giveTag(2), .moveToLast)
    _ = session.sendWithoutAnswers(
      .undone(ChangeSummary(command: "label add", images: [SampleProject.imageID(0)])))
    session.send(.libraryChanged)
    #expect(session.state.images.cursor == 0)
  }

  @Test func aDigitWithoutATagSaysSo() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .command(.giveTag(3))) { $0.notice = .commandDisabled(.noTag(number: 3)) }
    claim(&state, .command(.giveNegativeTag)) { $0.notice = .commandDisabled(.noNegativeTag) }
  }

  @Test func taggingNeedsAnImage() {
    var state = WorkbenchSession.flowers(imageCount: 0).state
    claim(&state, .command(.giveTag(1))) { $0.notice = .commandDisabled(.noImages) }
  }

  @Test func untaggedImagesCanBeTaggedOneAfterAnotherWithoutSkippingAny() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.previousPane, .moveDown, .nextPane)
    #expect(session.state.images.filter == .untagged)
    let untagged = session.library.images.filter(\.tags.isEmpty).map(\.id)
    for image in untagged {
      #expect(session.state.images.current?.id == image)
      session.run(.giveTag(1))
    }
    #expect(session.state.images.matchCount == 0)
    #expect(session.library.images.allSatisfy { !$0.tags.isEmpty })
  }
}
