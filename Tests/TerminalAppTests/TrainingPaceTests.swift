import Testing
import Workbench

@testable import ProjectLibrary
@testable import TerminalApp

struct TrainingPaceTests {
  @Test func embeddingsTakeMostOfATraining() {
    let clock = ManualClock()
    var pace = TrainingPace { clock.stopwatch() }
    let half = pace.progress(
      .embedding(EmbeddingProgress(doneCount: 50, imageCount: 100, seconds: 9)))
    #expect(half.stage == .embedding(done: 50, of: 100))
    #expect(half.fraction == 0.45)
    #expect(half.timeLeft == .seconds(11))
    let start = pace.progress(.fitting(.preparing, fraction: 0))
    #expect(start.fraction == 0.9)
    #expect(start.timeLeft == nil)
    clock.advance(by: .seconds(3))
    let third = pace.progress(.fitting(.fitting(finishedHeads: 2, of: 6), fraction: 0.75))
    #expect(third.stage == .fitting(finishedHeads: 2, of: 6))
    #expect(abs(third.fraction - 0.975) < 1e-9)
    #expect(third.timeLeft == .seconds(1))
  }

  @Test func withoutEmbeddingsFittingIsTheWhole() {
    let clock = ManualClock()
    var pace = TrainingPace { clock.stopwatch() }
    #expect(pace.progress(.fitting(.preparing, fraction: 0.1)).fraction == 0.1)
    #expect(pace.progress(.fitting(.saving, fraction: 1)).fraction == 1)
  }

  @Test func aPaceIsNotToldTooEarly() {
    #expect(TrainingPace.timeLeft(after: .milliseconds(900), fraction: 0.5) == nil)
    #expect(TrainingPace.timeLeft(after: .seconds(2), fraction: 0) == nil)
    #expect(TrainingPace.timeLeft(after: .seconds(2), fraction: 1) == .zero)
    let progress = ImportJob.Progress(ImportProgress(doneCount: 10, fileCount: 40, seconds: 5))
    #expect(progress.pace == Pace(rate: 2, timeLeft: .seconds(15)))
    #expect(progress.totalCount == 40)
  }
}
