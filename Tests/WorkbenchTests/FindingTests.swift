import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// Filters, orders, the contact sheet and the large picture.
@Suite struct FindingTests {
  private func type(_ text: String, into session: inout WorkbenchSession) {
    for character in text { session.send(.promptEdited(.insert(String(character)))) }
  }

  @Test func theFilterFollowsEachKey() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.filter)
    type("tag:dah", into: &session)
    #expect(session.state.images.selection.terms == [.tag(.init("dah"))])
    #expect(session.state.images.matchCount == 10)
    session.send(.promptSubmitted)
    #expect(session.state.overlay == nil)
    #expect(session.state.images.searchText == "tag:dah")
    session.run(.back)
    #expect(session.state.images.matchCount == 30)
    #expect(session.state.images.searchText == "")
  }

  @Test func escapeTakesTheFilterBackToWhatItWas() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.filter)
    type("untagged", into: &session)
    session.send(.promptSubmitted)
    session.run(.filter)
    type(" x", into: &session)
    #expect(session.state.images.matchCount == 0)
    session.run(.back)
    #expect(session.state.images.searchText == "untagged")
    #expect(session.state.images.matchCount == 10)
  }

  @Test func theLayoutIsRememberedAndTakenUp() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.toggleSheet)
    #expect(session.library.savedLayout == PaneLayout(isSheet: true))
    let layout = PaneLayout(steps: [.tags: 3], isSheet: true)
    let state = State(
      project: session.state.project, viewport: session.state.viewport, layout: layout)
    #expect(state.images.isSheet && state.layout == layout)
  }

  @Test func whatWasListedStaysInSightUntilTheAnswerComes() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    let rows = session.state.images.rows
    session.run(.filter)
    let effects = session.sendWithoutAnswers(.promptEdited(.insert("r-01")))
    #expect(session.state.images.matchCount == nil)
    #expect(session.state.images.ghost == rows)
    for effect in effects {
      for message in session.library.answer(effect) { session.send(message) }
    }
    #expect(session.state.images.ghost == [])
    #expect(session.state.images.matchCount == 10)
  }

  @Test func theImageUnderTheCursorIsFoundAgain() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    session.run(.moveToLast)
    let image = session.state.images.current?.id
    session.run(.filter)
    type("flower-8", into: &session)
    #expect(session.state.images.current?.id == image)
  }

  @Test func wrongListsTheMostCertainFirstAndGoesBack() throws {
    var library = SampleProject.library(imageCount: 9, tags: ["daisy", "dahlia"])
    let tags = library.tags
    library.report = SampleProject.report(tags: tags, imageCounts: [5, 5])
    // Images 0 and 4 are daisies taken for dahlias.
    for (image, probability) in [(0, Float(0.7)), (4, 0.9), (6, 0.2)] {
      library.judgements[SampleProject.imageID(image)] = Judgement(
        [.init(tags[0].id, 1 - probability), .init(tags[1].id, probability)], isOutOfFold: true)
    }
    var session = WorkbenchSession(library, viewport: .small)
    session.run(.showWrong)
    #expect(
      session.state.images.rows.map(\.id) == [SampleProject.imageID(4), SampleProject.imageID(0)])
    #expect(session.state.images.rows.allSatisfy(session.state.isWrong))

    session.run(.takePrediction)
    #expect(session.library.images[4].tags == [tags[1].id])
    #expect(session.state.images.rows.map(\.id) == [SampleProject.imageID(0)])
    session.run(.confirmTags)
    #expect(session.library.confirmed == [SampleProject.imageID(0)])
    #expect(session.state.images.matchCount == 0)
    session.run(.showWrong)
    #expect(session.state.images.selection == ImageSelection())
    #expect(session.state.images.matchCount == 9)
  }

  @Test func ordersTakeTurns() {
    var library = SampleProject.library(imageCount: 9, tags: ["daisy", "dahlia"])
    library.report = SampleProject.report(tags: library.tags, imageCounts: [5, 5])
    var session = WorkbenchSession(library, viewport: .small)
    var seen: [ImageOrder] = []
    for _ in ImageOrder.allCases {
      session.run(.changeOrder)
      seen.append(session.state.images.selection.order)
    }
    #expect(seen == [.name, .size, .certainty, .imported])
    session.run(.reverseOrder)
    #expect(session.state.images.rows.first?.id == SampleProject.imageID(8))
  }

  @Test func whatAsksForPredictionsSaysThatThereAreNone() {
    for text in ["wrong", "p<0.6", "predicted:daisy", "-wrong"] {
      var session = WorkbenchSession.flowers(imageCount: 9)
      session.run(.filter)
      type(text, into: &session)
      session.send(.promptSubmitted)
      #expect(session.state.notice == .commandDisabled(.notTrained))
    }
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.changeOrder, .changeOrder, .changeOrder)
    #expect(session.state.notice == .commandDisabled(.notTrained))
    #expect(session.state.images.selection.order == .imported)
  }

  @Test func whatIsNoTermIsNamed() {
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.filter)
    type("size>1xb tag:daisy", into: &session)
    session.send(.promptSubmitted)
    #expect(session.state.notice == .termsUnknown(["size>1xb"]))
  }

  @Test func marksThatTheFilterDropsAreTold() {
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.toggleMark, .toggleMark, .filter)
    type("untagged", into: &session)
    session.send(.promptSubmitted)
    #expect(session.state.notice == .marksDropped(count: 2))
    session.run(.moveDown, .filter)
    session.send(.promptSubmitted)
    #expect(session.state.notice == nil)
  }

  @Test func theContactSheetMovesInTwoDirections() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.toggleSheet, .moveRight, .moveDown, .moveDown)
    #expect(session.state.images.cursor == 9)
    #expect(session.state.images.top == 4)
    session.run(.moveLeft, .moveLeft)
    #expect(session.state.images.cursor == 7)
    session.run(.pageDown, .pageDown)
    #expect(session.state.images.cursor == 15)
    session.run(.toggleSheet, .moveLeft)
    #expect(session.state.focus == .tags)
  }

  @Test func thePictureOpensTakesTagsAndCloses() {
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.open)
    #expect(session.state.isPictureOpen)
    session.run(.moveRight, .giveTag(1))
    #expect(session.library.images[1].tags == [SampleProject.tagID(1)])
    #expect(session.state.isPictureOpen && session.state.images.cursor == 2)
    session.run(.back)
    #expect(!session.state.isPictureOpen)
  }

  @Test func symbolsTakeTurnsAndThePictureIsDrawnAgain() {
    var state = WorkbenchSession.flowers().state
    claim(
      &state, .command(.changeSymbols),
      gives: [.saveSetting(.symbols(.halfBlocks)), .loadThumbnail(SampleProject.content(0))]
    ) {
      $0.preferences.symbols = .halfBlocks
      $0.notice = .symbols(.halfBlocks)
      $0.preview = Preview(content: SampleProject.content(0))
    }
  }
}
