import Dataset
import Testing
import WorkbenchTesting

@testable import Workbench

/// What is learned from tags as they are given, and where it shows.
@Suite struct LiveTests {
  private let daisy = SampleProject.tagID(1)
  private let dahlia = SampleProject.tagID(2)

  /// Says of ten flowers that all are rather dahlias.
  private func figures() -> LiveState {
    .live(
      LiveFigures(
        tags: SampleProject.tags(["daisy", "dahlia"]), taggedCount: 7, unembeddedCount: 0,
        accuracy: 0.5,
        rowOfImage: Dictionary(
          uniqueKeysWithValues: (0..<10).map { (SampleProject.imageID($0), $0) }),
        isTagged: (0..<10).map { $0 % 3 != 2 },
        probabilities: (0..<10).flatMap { _ in [0.25, 0.75] as [Float] },
        labelQualities: [Double?](repeating: nil, count: 10)))
  }

  private func learnedFlowers() -> WorkbenchSession {
    var library = SampleProject.library(imageCount: 10, tags: ["daisy", "dahlia"])
    library.live = figures()
    return WorkbenchSession(library, viewport: .small)
  }

  @Test func everySavedChangeIsLearnedFrom() throws {
    var session = learnedFlowers()
    #expect(session.state.isLearning)
    let effects = session.sendWithoutAnswers(.libraryChanged)
    #expect(effects.contains(.learnLive(takesNewImages: true)))
    // While pictures are read, the new ones are left for the end.
    var state = session.state
    _ = state.startEmbedding()
    #expect(state.learnLive() == [.learnLive(takesNewImages: false)])
    let job = try #require(state.embedding).id
    let ended = update(&state, .embeddingEnded(job, .completed(unreadableCount: 0)))
    #expect(ended == [.learnLive(takesNewImages: true)])
  }

  @Test func liveSuggestionGoesBeforeThatOfTheIteration() {
    var session = learnedFlowers()
    let first = session.state.images.rows[0]
    #expect(session.state.judgement(of: first) == nil)
    let suggestion = session.state.suggestion(for: first)
    #expect(suggestion?.isLive == true && suggestion?.judgement.top?.tag == dahlia)
    // The list of tags begins with the most probable one.
    session.run(.pickTag)
    guard case .picker(let picker) = session.state.overlay else {
      Issue.record("no list of tags")
      return
    }
    #expect(
      session.state.pickerRows(picker).first
        == .tag(SampleProject.tags(["daisy", "dahlia"])[1], probability: 0.75, isBorne: false))
  }

  @Test func listOfTheIterationsMistakesShowsTheIteration() {
    var session = learnedFlowers()
    session.library.judgements[SampleProject.imageID(0)] = Judgement(
      [.init(daisy, 0.1), .init(dahlia, 0.9)], isOutOfFold: true)
    session.library.report = SampleProject.report(
      tags: SampleProject.tags(["daisy", "dahlia"]), imageCounts: [4, 3])
    session.send(.libraryChanged)
    #expect(session.state.suggestion(for: session.state.images.rows[0])?.isLive == true)
    session.run(.showWrong)
    let listed = session.state.images.rows[0]
    #expect(session.state.suggestion(for: listed)?.isLive == false)
    #expect(session.state.suggestion(for: listed)?.judgement.top?.probability == 0.9)
  }

  @Test func predictionIsTakenBeforeAnyTraining() {
    var session = learnedFlowers()
    session.run(.moveDown, .moveDown)
    #expect(session.state.images.current?.tags == [])
    session.run(.takePrediction)
    #expect(session.state.images.rows[2].tags == [dahlia])
  }

  @Test func turnedOffItSaysNothingAndAsksNothing() {
    var session = learnedFlowers()
    session.run(.showSettings)
    let row = session.state.preferences.settings.firstIndex(of: .learnsLive(true)) ?? 0
    for _ in 0..<row { session.run(.moveDown) }
    session.send(.promptSubmitted)
    #expect(session.state.live == nil)
    #expect(session.library.savedSettings == [.learnsLive(false)])
    var off = session
    #expect(
      off.sendWithoutAnswers(.libraryChanged).allSatisfy { $0 != .learnLive(takesNewImages: true) })
    // What was on its way does not turn it on again.
    session.send(.liveLearned(figures()))
    #expect(session.state.live == nil)
    session.send(.promptSubmitted)
    #expect(session.state.isLearning)
  }
}
