import Dataset
import Evaluation
import Testing
import WorkbenchTesting

@testable import Workbench

/// The performance view.
@Suite struct PerformanceTests {
  private func session() -> WorkbenchSession {
    var library = SampleProject.library(imageCount: 30, tags: ["daisy", "dahlia", "rose"])
    library.report = SampleProject.report(number: 3, tags: library.tags, imageCounts: [9, 9, 9])
    let detail = SampleProject.detail(number: 3, tags: library.tags, imageCounts: [9, 9, 9])
    let base = SampleProject.report(number: 2, tags: library.tags, imageCounts: [4, 9, 1])
    let lines = [detail.report, base].map { report in
      IterationLine(
        iteration: report.iteration, precision: nil, recall: nil, averagePrecision: nil,
        accuracy: nil, isCurrent: report.iteration.number == 3)
    }
    library.performance = PerformanceAnswer(detail: detail, base: base, iterations: lines)
    var session = WorkbenchSession(library, viewport: .small)
    session.run(.showPerformance)
    return session
  }

  @Test func changedPicturesAreThoseOfTheIterationsThatAreCompared() {
    var session = session()
    let answer = session.library.performance
    let kind = ReviewKind.changes(
      from: answer.base?.iteration.id, to: answer.detail?.report.iteration.id)
    session.library.reviews[kind] = ReviewList(
      kind: kind,
      lines: [3, 1].map {
        ReviewList.Line(image: SampleProject.imageID($0), reason: "was daisy, now rose")
      }, summary: "2 became wrong")
    session.run(.showChanges)
    #expect(session.state.performance == nil)
    #expect(session.state.notice == .summary("2 became wrong"))
    #expect(session.state.images.current?.id == SampleProject.imageID(3))
    #expect(session.state.images.matchCount == 2)
  }

  @Test func itNeedsAnIteration() {
    var state = WorkbenchSession.flowers().state
    claim(&state, .command(.showPerformance)) { $0.notice = .commandDisabled(.notTrained) }
    claim(&state, .command(.raiseThreshold)) {
      $0.notice = .commandDisabled(.onlyInPerformance)
    }
  }

  @Test func theThresholdMovesInItsRange() {
    var session = session()
    for _ in 0..<30 { session.run(.raiseThreshold) }
    #expect(session.state.performance?.threshold == 0.95)
    for _ in 0..<30 { session.run(.lowerThreshold) }
    #expect(session.state.performance?.threshold == 0.05)
  }

  @Test func aCellOfTheMatrixListsItsPictures() {
    var session = session()
    session.run(.nextPane, .moveRight, .open)
    #expect(session.state.performance == nil)
    #expect(
      session.state.images.selection.terms == [
        .tag(.init("daisy", isWhole: true)), .predicted(.init("dahlia", isWhole: true)),
      ])
  }

  @Test func aTagListsItsImages() {
    var session = session()
    session.run(.moveDown, .open)
    #expect(session.state.images.filter == .tag(SampleProject.tagID(2)))
  }

  @Test func anIterationIsShownOrComparedWith() {
    var session = session()
    session.run(.nextPane, .nextPane, .moveDown)
    let id = session.state.performance?.answer?.iterations[1].iteration.id
    let shown = session.state.performance?.detail?.report.iteration.id
    #expect(
      session.sendWithoutAnswers(.command(.open)) == [.loadPerformance(id, base: nil)])
    #expect(
      session.sendWithoutAnswers(.command(.toggleMark)) == [.loadPerformance(shown, base: id)])
  }

  @Test func theChangeIsThatOfTheSameTag() throws {
    let session = session()
    let view = try #require(session.state.performance)
    let now = try #require(view.detail?.report.performance.perClass[0].averagePrecision)
    let before = try #require(view.answer?.base?.performance.perClass[0].averagePrecision)
    #expect(view.change(of: SampleProject.tagID(1)) == now - before)
    // The base knew one rose, which tells nothing.
    #expect(view.change(of: SampleProject.tagID(3)) == nil)
  }

  @Test func imagesAreNotTaggedBlindly() {
    var session = session()
    let before = session.library.images
    session.run(.giveTag(1), .clearTags, .removeImages, .pickTag, .takePrediction)
    #expect(session.library.images == before)
    #expect(session.state.notice == .commandDisabled(.notInPerformance))
    session.run(.back)
    #expect(session.state.performance == nil)
  }

  @Test func aTrainingThatEndsBringsTheNewFigures() {
    var session = session()
    session.run(.train)
    // No image bears the third tag.
    session.send(.answered(.yes))
    guard case .startTraining(let id, _)? = session.library.unanswered.last else {
      Issue.record("no training was started")
      return
    }
    let report = SampleProject.report(
      number: 4, tags: session.library.tags, imageCounts: [9, 9, 9])
    let effects = session.sendWithoutAnswers(.trainingEnded(id, .completed(report)))
    #expect(effects.contains(.loadPerformance(nil, base: nil)))
  }
}
