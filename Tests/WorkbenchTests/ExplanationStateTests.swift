import Dataset
import Testing
import Workbench
import WorkbenchTesting

/// Which parts of a picture speak for a tag, and what would help.
@Suite struct ExplanationStateTests {
  private func session(_ report: Bool = true) -> WorkbenchSession {
    var library = SampleProject.library(imageCount: 6, tags: ["daisy", "dahlia"])
    if report { library.report = SampleProject.report(tags: library.tags, imageCounts: [3, 3]) }
    library.explanations[SampleProject.imageID(0)] = Explanation(
      tag: library.tags[0], probability: 0.9, rowCount: 1, columnCount: 2, values: [1, -1])
    library.advice = "More pictures of daisy would help most."
    return WorkbenchSession(library, viewport: .small)
  }

  @Test func explanationComesAndGoesWithTheKeyAndTheCursor() {
    var session = session()
    let effects = session.sendWithoutAnswers(.command(.explain))
    #expect(effects == [.loadExplanation(SampleProject.imageID(0))])
    #expect(session.state.explanation == ExplainedPicture(image: SampleProject.imageID(0)))
    session.send(.command(.explain))
    #expect(session.state.explanation == nil)
    session.run(.explain)
    #expect(session.state.explanation?.words == "mostly on the left")
    #expect(session.state.explanation?.explanation?.region == .left)
    session.run(.moveDown)
    #expect(session.state.explanation == nil)
  }

  @Test func lateAnswersAreIgnored() {
    var session = session()
    _ = session.sendWithoutAnswers(.command(.explain))
    let explanation = Explanation(
      tag: session.library.tags[0], probability: 0.9, rowCount: 1, columnCount: 1, values: [1])
    session.send(.explanationLoaded(SampleProject.imageID(3), explanation, words: "other"))
    #expect(session.state.explanation == ExplainedPicture(image: SampleProject.imageID(0)))
    _ = session.sendWithoutAnswers(.command(.explain))
    session.send(.explanationLoaded(SampleProject.imageID(0), explanation, words: "late"))
    #expect(session.state.explanation == nil)
  }

  @Test func whatCannotBeExplainedIsSaid() {
    var session = session()
    session.run(.moveDown, .explain)
    #expect(session.state.explanation == nil)
    #expect(session.state.notice == .failed(reason: "the network is not known"))
    #expect(self.session(false).state.obstacle(to: .explain) == .notTrained)
  }

  @Test func whatWouldHelpIsAskedOncePerIteration() {
    var session = session()
    #expect(session.state.advice == "More pictures of daisy would help most.")
    let same = session.sendWithoutAnswers(.reportLoaded(session.library.report))
    #expect(!same.contains(.loadAdvice))
    let next = SampleProject.report(number: 2, tags: session.library.tags, imageCounts: [3, 3])
    #expect(session.sendWithoutAnswers(.reportLoaded(next)).contains(.loadAdvice))
    #expect(!session.sendWithoutAnswers(.reportLoaded(nil)).contains(.loadAdvice))
  }
}
