/// For how long a training may go on.
struct TrainingBudget: Sendable {
  /// `nil` and 0 for as long as it takes.
  let hours: Int?
  /// How long an hour is.
  var hour = Duration.seconds(3600)

  struct Spent: Error, Equatable {
    let hours: Int

    var sentence: String {
      let reserved = hours == 1 ? "1 hour was" : "\(hours) hours were"
      return "The training was stopped: \(reserved) reserved for it, and it took longer."
    }
  }

  /// Does work, and cancels it when the time is up.
  ///
  /// - Throws: `Spent` once the work has ended for that; whatever the work throws.
  func keep(_ work: @escaping @Sendable () async throws -> Void) async throws {
    guard let hours, hours > 0 else { return try await work() }
    try await withThrowingTaskGroup { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(for: hour * hours)
        throw Spent(hours: hours)
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }
}
