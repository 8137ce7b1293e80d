import Dataset
import ProjectLibrary
import Synchronization

/// A training that a program asked for, until its iteration is there.
struct RequestedTraining: Sendable {
  let promise: TrainingPromise
  let project: Project

  var id: IterationID { promise.iteration }
  var isRunning: Bool { promise.failure == nil }
}

/// Trainings that programs asked for: they run behind, and are polled.
///
/// Each is a promise of the library's: what runs when the server stops goes on when it starts again,
/// and what failed is remembered until it is deleted.
final class TrainingDesk: Sendable {
  private struct State {
    var trainings: [RequestedTraining] = []
    var tasks: [IterationID: Task<Void, Never>] = [:]
    /// Promises that failed.
    var failed: [IterationID: HeldPromise] = [:]
    /// Projects for which a training is being looked at.
    var claimed: Set<ProjectID> = []
  }

  private let state = Mutex(State())
  private let library: Library
  private let now: @Sendable () -> Double
  private let describe: @Sendable (any Error) -> String
  private let ended: @Sendable (RequestedTraining) -> Void

  /// How long a training that goes on waits for one of another process.
  private static let patience = Duration.milliseconds(500)

  /// - Parameter ended: Told of a training whose iteration is there, or that failed.
  init(
    library: Library, now: @escaping @Sendable () -> Double,
    describe: @escaping @Sendable (any Error) -> String,
    ended: @escaping @Sendable (RequestedTraining) -> Void
  ) {
    self.ended = ended
    self.library = library
    self.now = now
    self.describe = describe
  }

  /// Begins a training and tells what will come of it; it is on the disk that it was promised.
  ///
  /// - Parameter check: Looks once more, with the project's place taken: two requests at the same
  ///   moment would stand in each other's way.
  /// - Throws: `LibraryError.trainingRunning` when this server trains the project already; what
  ///   `check` throws; what keeps the library from being written.
  func begin(
    _ project: Project, _ request: TrainingRequest, number: Int,
    check: (TrainingRequest) throws -> Void
  ) throws -> RequestedTraining {
    try state.withLock { state in
      let isTaken =
        state.claimed.contains(project.id)
        || state.trainings.contains { $0.project.id == project.id && $0.isRunning }
      if isTaken { throw LibraryError.trainingRunning(project: project.name) }
      state.claimed.insert(project.id)
    }
    defer { state.withLock { _ = $0.claimed.remove(project.id) } }
    try check(request)
    return run(
      try library.promise(request, of: project.id, number: number), project, waits: false)
  }

  /// Goes on with the trainings that a server before this one has promised.
  ///
  /// - Throws: What keeps the library from being read.
  func resume() throws {
    let projects = Dictionary(try library.projects().map { ($0.id, $0) }) { first, _ in first }
    for held in try library.abandonedPromises() {
      guard let project = projects[held.promise.project] else { continue }
      if held.promise.failure == nil {
        _ = run(held, project, waits: true)
      } else {
        state.withLock { state in
          state.trainings.append(RequestedTraining(promise: held.promise, project: project))
          state.failed[held.promise.iteration] = held
        }
      }
    }
  }

  /// The project's trainings that run or have failed, newest first.
  func trainings(of project: ProjectID) -> [RequestedTraining] {
    state.withLock { $0.trainings.filter { $0.project.id == project }.reversed() }
  }

  /// Forgets a training that has failed.
  func forget(_ id: IterationID) {
    state.withLock { state in
      guard let held = state.failed.removeValue(forKey: id) else { return }
      state.trainings.removeAll { $0.id == id }
      held.forget()
    }
  }

  /// Stops what runs, and waits for it; the next server goes on with it.
  func stop() async {
    let tasks = state.withLock { Array($0.tasks.values) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  /// - Parameter waits: Whether a training of the project in another process is waited for.
  private func run(_ held: HeldPromise, _ project: Project, waits: Bool) -> RequestedTraining {
    let training = RequestedTraining(promise: held.promise, project: project)
    state.withLock { state in
      state.trainings.append(training)
      state.tasks[training.id] = Task { await train(held, project, waits: waits) }
    }
    return training
  }

  private func train(_ held: HeldPromise, _ project: Project, waits: Bool) async {
    let budget = TrainingBudget(hours: held.promise.request.budgetHours)
    do {
      while true {
        do {
          try await budget.keep {
            _ = try await self.library.train(project, held.promise.request) { _ in }
          }
          break
        } catch LibraryError.trainingRunning where waits {
          try await Task.sleep(for: Self.patience)
        }
      }
      held.forget()
      end(held, failure: nil)
      ended(RequestedTraining(promise: held.promise, project: project))
    } catch  where Task.isCancelled {
      held.leave()
      end(held, failure: nil)
    } catch {
      let sentence = (error as? TrainingBudget.Spent)?.sentence ?? describe(error)
      let failed = held.fail(sentence, at: now())
      end(held, failure: failed)
      ended(RequestedTraining(promise: failed, project: project))
    }
  }

  private func end(_ held: HeldPromise, failure: TrainingPromise?) {
    let id = held.promise.iteration
    state.withLock { state in
      state.tasks[id] = nil
      guard let index = state.trainings.firstIndex(where: { $0.id == id }) else { return }
      if let failure {
        state.trainings[index] = RequestedTraining(
          promise: failure, project: state.trainings[index].project)
        state.failed[id] = held
      } else {
        state.trainings.remove(at: index)
      }
    }
  }
}
