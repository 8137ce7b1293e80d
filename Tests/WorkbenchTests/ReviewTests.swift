import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// Lists of images to go through, and the keys that settle them.
@Suite struct ReviewTests {
  private let daisy = SampleProject.tagID(1)
  private let dahlia = SampleProject.tagID(2)

  private func list(
    _ kind: ReviewKind, _ images: [Int], groups: [Int]? = nil, corrections: [LabelOperation] = []
  ) -> ReviewList {
    ReviewList(
      kind: kind,
      lines: images.enumerated().map { place, number in
        ReviewList.Line(
          image: SampleProject.imageID(number), reason: "reason \(number)",
          group: groups?[place], corrections: corrections)
      })
  }

  /// Ten flowers that all are rather dahlias, and lists of some of them.
  private func flowers(
    _ lists: ReviewList..., type: ClassificationType = .multiclass
  ) -> WorkbenchSession {
    var library = SampleProject.library(
      imageCount: 10, tags: ["daisy", "dahlia"], type: type)
    library.live = .live(
      LiveFigures(
        tags: library.tags, taggedCount: 7, unembeddedCount: 0, accuracy: 0.5,
        rowOfImage: Dictionary(
          uniqueKeysWithValues: (0..<10).map { (SampleProject.imageID($0), $0) }),
        isTagged: (0..<10).map { $0 % 3 != 2 },
        probabilities: (0..<10).flatMap { [0.25, 0.5 + Float($0) / 20] },
        labelQualities: [Double?](repeating: nil, count: 10)))
    for list in lists { library.reviews[list.kind] = list }
    return WorkbenchSession(library, viewport: .small)
  }

  private func names(_ session: WorkbenchSession) -> [String] {
    session.state.images.rows.map(\.name)
  }

  @Test func listIsShownInItsOrderAndLeftAgain() {
    var session = flowers(list(.suspects, [6, 0, 3]))
    session.run(.showSuspects)
    #expect(names(session) == ["flower-006.jpg", "flower-000.jpg", "flower-003.jpg"])
    #expect(session.state.review?.list.line(of: SampleProject.imageID(0))?.reason == "reason 0")
    session.run(.changeOrder)
    #expect(session.state.notice == .commandDisabled(.listIsOrdered))
    // Typing narrows the list; Escape first ends that.
    session.run(.filter)
    session.send(.promptEdited(.insert("003")))
    session.send(.promptSubmitted)
    #expect(names(session) == ["flower-003.jpg"])
    session.run(.back)
    #expect(names(session).count == 3 && session.state.review != nil)
    session.run(.back)
    #expect(names(session).count == 10 && session.state.review == nil)
    session.run(.showSuspects, .showSuspects)
    #expect(names(session).count == 10 && session.state.review == nil)
  }

  @Test func wordOfNearDuplicatesCountsMoreThanPrediction() {
    var session = flowers(list(.suspects, [6, 0], corrections: [.add(daisy)]))
    session.run(.showSuspects)
    session.run(.takePrediction)
    #expect(session.state.images.rows[0].tags == [daisy])
    // In another list the prediction counts.
    session.run(.showSuspects, .takePrediction)
    #expect(session.state.images.current?.name == "flower-001.jpg")
    #expect(session.state.images.rows[0].tags == [dahlia])
  }

  @Test func ofSeveralTagsNearDuplicatesSettleTheirs() {
    // Predicted is a dahlia and no daisy.
    var kept = flowers(list(.suspects, [6, 0], corrections: [.add(daisy)]), type: .multilabel)
    kept.run(.showSuspects, .takePrediction)
    #expect(Set(kept.state.images.rows[0].tags) == [daisy, dahlia])
    var bare = flowers(list(.suspects, [6, 0], corrections: [.remove(dahlia)]), type: .multilabel)
    bare.run(.showSuspects, .takePrediction)
    #expect(bare.state.images.rows[0].tags.isEmpty)
  }

  @Test func whatIsSettledStaysInPlaceAndIsTicked() {
    var session = flowers(list(.suspects, [6, 0, 3]))
    session.run(.showSuspects, .takePrediction)
    #expect(session.state.images.rows[0].tags == [dahlia])
    #expect(session.state.review?.handled == [SampleProject.imageID(6)])
    #expect(session.state.images.cursor == 1)
    session.run(.confirmTags)
    #expect(session.library.confirmed == [SampleProject.imageID(0)])
    #expect(session.state.review?.handled.count == 2 && session.state.images.cursor == 2)
    #expect(names(session).count == 3)
    session.run(.undo)
    #expect(session.state.review?.handled == [SampleProject.imageID(0)])
    #expect(session.state.images.rows[0].tags == [daisy])
    session.run(.moveToFirst, .removeImages)
    #expect(names(session) == ["flower-000.jpg", "flower-003.jpg"])
  }

  @Test func evidenceIsAskedForOncePerImage() {
    var session = flowers(list(.suspects, [6, 0, 3]))
    session.run(.showSuspects)
    #expect(
      session.state.review?.evidence
        == Evidence(
          image: SampleProject.imageID(6), agreeing: nil,
          disagreeing: SampleProject.image(7, tags: [dahlia])))
    let effects = session.sendWithoutAnswers(.command(.moveDown))
    #expect(effects.contains(.loadEvidence(SampleProject.imageID(0))))
    #expect(
      !session.sendWithoutAnswers(.command(.changeSymbols)).contains {
        if case .loadEvidence = $0 { true } else { false }
      })
    // An answer about another image comes too late.
    session.send(.evidenceLoaded(Evidence(image: SampleProject.imageID(6))))
    #expect(session.state.review?.evidence?.image == SampleProject.imageID(0))
  }

  @Test func queueShowsOnePictureAndGoesOn() {
    var session = flowers(list(.queue, [8, 2, 5]))
    session.run(.showQueue)
    #expect(session.state.isPictureOpen && session.state.images.current?.name == "flower-008.jpg")
    session.run(.takePrediction, .takePrediction)
    #expect(session.state.isPictureOpen && session.state.images.current?.name == "flower-005.jpg")
    #expect(
      session.library.images[8].tags == [dahlia] && session.library.images[2].tags == [dahlia])
    session.run(.back)
    #expect(!session.state.isPictureOpen && session.state.review?.list.kind == .queue)
  }

  @Test func oneOfAGroupIsKept() {
    var session = flowers(list(.nearDuplicates, [1, 4, 7, 0, 9], groups: [1, 1, 1, 2, 2]))
    session.run(.keepOne)
    #expect(session.state.notice == .commandDisabled(.onlyInNearDuplicates))
    session.run(.showNearDuplicates, .moveDown, .keepOne)
    #expect(names(session) == ["flower-004.jpg", "flower-000.jpg", "flower-009.jpg"])
    #expect(
      session.state.notice
        == .keptOne(KeptImage(removedCount: 2, takenOver: [], tagsDiffered: false)))
    // On to the next group; of the settled one nothing is left to do.
    #expect(session.state.images.current?.name == "flower-000.jpg")
    session.run(.moveUp, .keepOne)
    #expect(session.state.notice == .commandDisabled(.groupIsSettled))
    session.run(.keepAll)
    #expect(session.state.notice == .commandDisabled(.groupIsSettled))
    session.run(.undo)
    #expect(names(session).count == 5)
    #expect(session.state.review?.handled == [])
    session.run(.moveToFirst, .keepAll)
    #expect(session.state.notice == .kept(count: 3))
  }

  @Test func untaggedPictureThatIsKeptTakesTheOthersTagOver() {
    // Each third is untagged; 0 and 4 are a daisy, 1 and 7 dahlias.
    var session = flowers(list(.nearDuplicates, [2, 1, 7, 5, 0, 3], groups: [1, 1, 1, 2, 2, 2]))
    session.run(.showNearDuplicates, .keepOne)
    #expect(
      session.state.notice
        == .keptOne(KeptImage(removedCount: 2, takenOver: ["dahlia"], tagsDiffered: false)))
    #expect(session.library.images.first { $0.name == "flower-002.jpg" }?.tags == [dahlia])
    session.run(.keepOne)
    #expect(
      session.state.notice
        == .keptOne(KeptImage(removedCount: 2, takenOver: [], tagsDiffered: true)))
    session.run(.undo, .undo)
    #expect(names(session).count == 6)
    #expect(session.library.images[2].tags == [])
  }

  @Test func inAnEmptyProjectListsSayThatThereAreNoImages() {
    var session = WorkbenchSession.flowers(imageCount: 0)
    for command in [Command.showQueue, .showSuggestions, .showSuspects] {
      session.run(command)
      #expect(session.state.notice == .commandDisabled(.noImages))
    }
  }

  @Test func allOfAGroupAreKept() {
    var session = flowers(list(.nearDuplicates, [1, 4, 7, 0, 9], groups: [1, 1, 1, 2, 2]))
    session.run(.showNearDuplicates, .moveDown, .keepAll)
    #expect(session.state.notice == .kept(count: 3))
    #expect(names(session).count == 5)
    #expect(session.state.review?.handled == Set([1, 4, 7].map(SampleProject.imageID)))
  }

  @Test func probableSuggestionsAreTakenAtOnceAndTakenBackByOneUndo() {
    var session = flowers()
    session.run(.acceptSuggestions)
    session.send(.promptEdited(.deleteToStart))
    session.send(.promptEdited(.insert("75 %")))
    session.send(.promptSubmitted)
    // Of the untagged images 2, 5 and 8 the last two are as probable as that.
    #expect(session.state.notice == .accepted(count: 2))
    #expect(session.library.images.count { $0.tags.isEmpty } == 1)
    session.run(.undo)
    #expect(session.library.images.count { $0.tags.isEmpty } == 3)
    session.run(.acceptSuggestions)
    session.send(.promptEdited(.insert("x")))
    session.send(.promptSubmitted)
    #expect(
      session.state.overlay
        == .prompt(
          Prompt(
            .acceptSuggestions, text: "90x",
            problem: .unknown("90x", wanted: "a percentage from 0 to 100"))))
    // It is corrected where it stands.
    session.send(.promptEdited(.deleteToStart))
    session.send(.promptEdited(.insert("80")))
    session.send(.promptSubmitted)
    #expect(session.state.overlay == nil && session.state.notice == .accepted(count: 1))
  }

  @Test func whoeverHasGoneElsewhereStaysThere() {
    var session = flowers(list(.suspects, [6, 0, 3]))
    #expect(
      session.sendWithoutAnswers(.command(.showSuspects)) == [.loadReview(.suspects)])
    #expect(session.state.awaitedReview == .suspects)
    session.run(.showNeighbours)
    session.send(.reviewLoaded(list(.suspects, [6, 0, 3])))
    #expect(session.state.review == nil)
    // An empty list is not shown.
    session.run(.showSuggestions)
    #expect(session.state.notice == .nothingToReview(.suggestions))
    #expect(names(session).count == 10)
  }

  @Test func askedPicturesAreListedAndLookedAt() {
    var session = flowers(list(.asked, [8, 2]))
    let effects = session.sendWithoutAnswers(.command(.takeAsked))
    #expect(effects == [.takeAsked(count: 20)])
    let follow = session.sendWithoutAnswers(.reviewLoaded(list(.asked, [8, 2])))
    #expect(follow.contains(.loadTags))
    #expect(follow.contains { if case .startEmbedding = $0 { true } else { false } })
    #expect(session.state.review?.list.kind == .asked)
  }

  @Test func listThatCannotBeMadeIsToldAndNotAwaited() {
    var session = flowers()
    _ = session.sendWithoutAnswers(.command(.showSuspects))
    session.send(.reviewNotLoaded(.suspects, reason: "damaged"))
    #expect(session.state.awaitedReview == nil)
    #expect(session.state.notice == .failed(reason: "damaged"))
    // Another list that is on its way is still awaited.
    _ = session.sendWithoutAnswers(.command(.showQueue))
    session.send(.reviewNotLoaded(.suspects, reason: "damaged"))
    #expect(session.state.awaitedReview == .queue)
  }

  @Test func withoutLearningThereAreNoLists() {
    var library = SampleProject.library(imageCount: 10, tags: ["daisy", "dahlia"])
    library.live = .resting(.tooManyTagged(count: 30, limit: 20))
    var session = WorkbenchSession(library, viewport: .small)
    session.run(.showSuspects)
    #expect(
      session.state.notice
        == .commandDisabled(.nothingLearned(.tooManyTagged(count: 30, limit: 20))))
    // Near-duplicates are found without learning.
    #expect(
      session.sendWithoutAnswers(.command(.showNearDuplicates)) == [.loadReview(.nearDuplicates)])
  }
}
