import Dataset
import ProjectLibrary
import Synchronization

/// A training that a program asked for, until its iteration is there.
struct RequestedTraining: Sendable {
  let id: IterationID
  let number: Int
  let project: Project
  /// Seconds since 1970.
  let begun: Double
  /// Why it failed, in a sentence, and when; `nil` while it runs.
  var failure: (sentence: String, at: Double)?
}

/// Trainings that programs asked for: they run behind, and are polled.
///
/// What failed is remembered until the server stops.
final class TrainingDesk: Sendable {
  private struct State {
    var trainings: [RequestedTraining] = []
    var tasks: [IterationID: Task<Void, Never>] = [:]
  }

  private let state = Mutex(State())
  private let library: Library
  private let now: @Sendable () -> Double
  private let describe: @Sendable (any Error) -> String

  init(
    library: Library, now: @escaping @Sendable () -> Double,
    describe: @escaping @Sendable (any Error) -> String
  ) {
    self.library = library
    self.now = now
    self.describe = describe
  }

  /// Begins a training and tells what will come of it.
  ///
  /// - Parameter check: Looks once more, with the project's place taken: two requests at the same
  ///   moment would stand in each other's way.
  /// - Throws: `LibraryError.trainingRunning` when this server trains the project already; what
  ///   `check` throws.
  func begin(
    _ project: Project, _ request: TrainingRequest, number: Int,
    check: (TrainingRequest) throws -> Void
  ) throws -> RequestedTraining {
    let training = RequestedTraining(
      id: .random(), number: number, project: project, begun: now(), failure: nil)
    try state.withLock { state in
      if state.trainings.contains(where: { $0.project.id == project.id && $0.failure == nil }) {
        throw LibraryError.trainingRunning(project: project.name)
      }
      state.trainings.append(training)
    }
    do {
      try check(request)
    } catch {
      end(training.id, failure: nil)
      throw error
    }
    var promised = request
    promised.iteration = training.id
    let task = Task { [promised] in
      do {
        _ = try await library.train(project, promised) { _ in }
        end(training.id, failure: nil)
      } catch {
        end(training.id, failure: describe(error))
      }
    }
    state.withLock { state in
      // It may have ended already.
      if state.trainings.contains(where: { $0.id == training.id && $0.failure == nil }) {
        state.tasks[training.id] = task
      }
    }
    return training
  }

  /// The project's trainings that run or have failed, newest first.
  func trainings(of project: ProjectID) -> [RequestedTraining] {
    state.withLock { $0.trainings.filter { $0.project.id == project }.reversed() }
  }

  /// Forgets a training that has failed.
  func forget(_ id: IterationID) {
    state.withLock { $0.trainings.removeAll { $0.id == id && $0.failure != nil } }
  }

  /// Stops what runs, and waits for it.
  func stop() async {
    let tasks = state.withLock { Array($0.tasks.values) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  private func end(_ id: IterationID, failure: String?) {
    let time = now()
    state.withLock { state in
      state.tasks[id] = nil
      guard let index = state.trainings.firstIndex(where: { $0.id == id }) else { return }
      if let failure {
        state.trainings[index].failure = (failure, time)
      } else {
        state.trainings.remove(at: index)
      }
    }
  }
}
