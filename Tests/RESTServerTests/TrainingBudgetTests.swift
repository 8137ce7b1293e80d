import Testing

@testable import RESTServer

@Suite struct TrainingBudgetTests {
  private struct Failure: Error {}

  @Test(arguments: [nil, 0, 1, 5])
  func workThatEndsInTimeEnds(hours: Int?) async throws {
    let budget = TrainingBudget(hours: hours)
    try await budget.keep {}
    await #expect(throws: Failure.self) { try await budget.keep { throw Failure() } }
  }

  @Test func workThatTakesLongerIsStopped() async {
    let budget = TrainingBudget(hours: 2, hour: .milliseconds(5))
    await #expect(throws: TrainingBudget.Spent(hours: 2)) {
      try await budget.keep { try await Task.sleep(for: .seconds(3600)) }
    }
    #expect(
      TrainingBudget.Spent(hours: 1).sentence
        == "The training was stopped: 1 hour was reserved for it, and it took longer.")
  }

  /// Stopped by its own budget is another thing than stopped with the server.
  @Test func workThatIsCancelledFromOutsideIsCancelled() async {
    let budget = TrainingBudget(hours: 1)
    let task = Task { try await budget.keep { try await Task.sleep(for: .seconds(3600)) } }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
