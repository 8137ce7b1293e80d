import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// Marks, ranges and the mouse.
@Suite struct MarkingTests {
  private func ids(_ numbers: some Sequence<Int>) -> Set<ImageID> {
    Set(numbers.map(SampleProject.imageID))
  }

  @Test func aRangeFollowsTheCursorUntilItIsEnded() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.moveDown, .markRange, .moveDown, .moveDown)
    #expect(session.state.images.marks == ids(1...3))
    session.run(.moveUp)
    #expect(session.state.images.marks == ids(1...2))
    session.run(.markRange, .moveDown, .moveDown)
    #expect(session.state.images.marks == ids(1...2))
  }

  @Test func escapeTakesARangeBack() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.run(.toggleMark, .moveDown, .markRange, .moveDown, .back)
    #expect(session.state.images.marks == ids([0]))
  }

  @Test func aRangeGoesOnWhenNewRowsAreRead() {
    var session = WorkbenchSession.flowers(imageCount: 3000)
    session.run(.markRange)
    for _ in 0..<60 { session.run(.pageDown) }
    #expect(session.state.images.range != nil)
    #expect(session.state.images.marks.count == 601)
    session.run(.toggleSheet, .open, .nextPane)
    #expect(session.state.brokenInvariants() == [])
  }

  @Test func aRangeReachesBeyondTheLoadedRows() {
    var session = WorkbenchSession.flowers(imageCount: 3000)
    session.run(.markRange, .moveToLast)
    #expect(session.state.images.marks.count == 3000)
    session.run(.giveTag(2))
    #expect(session.library.images.allSatisfy { $0.tags == [SampleProject.tagID(2)] })
  }

  @Test func everythingShownIsMarkedAndUnmarked() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    session.run(.markAll)
    #expect(session.state.images.marks.count == 900)
    session.run(.markAll)
    #expect(session.state.images.marks == [])
  }

  @Test func lateRowsToMarkAreIgnored() {
    var session = WorkbenchSession.flowers(imageCount: 900)
    let effects = session.sendWithoutAnswers(.command(.markAll))
    guard case .loadRowsToMark(let id, _, let rows)? = effects.first else {
      Issue.record("asked for \(effects)")
      return
    }
    #expect(rows == 0..<900)
    _ = session.sendWithoutAnswers(.command(.back))
    session.send(.rowsToMark(QueryID(id.number + 1), [SampleProject.imageID(0)]))
    #expect(session.state.images.marks == [])
  }

  @Test func theLastTaggingIsDoneAgain() {
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.repeatTagging)
    #expect(session.state.notice == .commandDisabled(.nothingToRepeat))
    session.run(.giveTag(2), .moveDown, .repeatTagging)
    #expect(session.library.images[2].tags == [SampleProject.tagID(2)])
  }

  @Test func removingManyIsAskedAbout() {
    var session = WorkbenchSession.flowers(imageCount: 9)
    session.run(.removeImages)
    #expect(session.library.images.count == 8)
    session.run(.toggleMark, .toggleMark, .removeImages)
    #expect(session.library.images.count == 8)
    session.send(.answered(.yes))
    #expect(session.library.images.count == 6)
    #expect(session.state.images.marks == [])
    session.run(.undo, .undo)
    #expect(session.library.images.count == 9)
  }

  @Test func theMouseGoesMarksAndFilters() {
    var session = WorkbenchSession.flowers(imageCount: 30)
    session.send(.pointed(.row(.images, 4), .press))
    #expect(session.state.images.cursor == 4)
    session.send(.pointed(.row(.images, 6), .drag))
    session.send(.pointed(.row(.images, 7), .drag))
    session.send(.pointed(.row(.images, 7), .release))
    #expect(session.state.images.marks == ids(4...7))
    #expect(session.state.images.range == nil)
    session.send(.scrolled(.row(.images, 0), by: 3))
    #expect(session.state.images.cursor == 10)
    #expect(session.state.images.marks == ids(4...7))
    session.send(.pointed(.row(.tags, 1), .press))
    #expect(session.state.images.filter == .untagged)
    session.send(.pointed(.row(.tags, 99), .press))
    #expect(session.state.images.filter == .untagged)
  }

  @Test func theMouseReachesNothingUnderAnOverlay() {
    var state = WorkbenchSession.flowers(imageCount: 30).state
    _ = update(&state, .command(.newTag))
    claim(&state, .pointed(.row(.images, 4), .press))
    claim(&state, .scrolled(.row(.images, 4), by: 3))
  }
}
