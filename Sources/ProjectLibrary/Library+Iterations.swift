public import Dataset
public import Evaluation
import Foundation
import Learning
import Matrices
import ProjectStore

/// An iteration with its overall figures.
public struct IterationSummary: Hashable, Sendable {
  public let iteration: Iteration
  public let metrics: IterationMetrics
  /// Whether it answers for the project.
  public let isCurrent: Bool
}

/// What an iteration reached, judged by predictions of heads that never saw the picture.
public struct IterationPerformance: Equatable, Sendable {
  public let iteration: Iteration
  /// The tags in the order of the figures, as they were named when it was trained.
  public let tags: [Tag]
  public let performance: Performance
}

extension Library {
  /// Trains a new iteration on the project's labels as they are now, on a thread of its own.
  ///
  /// Makes the embeddings that are missing first. When the task is cancelled, no iteration comes of it.
  ///
  /// - Parameter progress: Called on another thread.
  /// - Throws: `.tooFewImages`, `.tooFewTags`, `.trainingRunning`, `CancellationError`.
  public func train(
    _ project: Project, _ request: TrainingRequest = TrainingRequest(),
    progress: @escaping @Sendable (TrainingReport) -> Void
  ) async throws -> Iteration {
    try await noticing(.training, of: project.id) { notice in
      try await trainer.run(request, of: project, in: self) { report in
        notice?.update(doneCount: report.hundredths, totalCount: 100)
        progress(report)
      }
    }
  }

  /// The project's iterations, newest first.
  public func iterations(of project: ProjectID) throws -> [IterationSummary] {
    try store.read { snapshot in
      let current = try snapshot.currentIterationID(of: project)
      return try snapshot.iterations(of: project).map { iteration in
        let text = try snapshot.training(of: iteration.id).metrics
        return IterationSummary(
          iteration: iteration,
          metrics: try JSONDecoder().decode(IterationMetrics.self, from: Data(text.utf8)),
          isCurrent: iteration.id == current)
      }
    }
  }

  /// The iteration of that number; without a number the current one: that which a person chose, else
  /// the newest.
  ///
  /// - Throws: `.notTrained`, `.iterationNotFound`.
  public func iteration(_ number: Int?, of project: Project) throws -> Iteration {
    try store.read { snapshot in
      guard let number else {
        guard let current = try snapshot.currentIteration(of: project.id) else {
          throw LibraryError.notTrained(project: project.name)
        }
        return current
      }
      let all = try snapshot.iterations(of: project.id)
      guard let iteration = all.first(where: { $0.number == number }) else {
        throw LibraryError.iterationNotFound(number, known: all.map(\.number))
      }
      return iteration
    }
  }

  /// The id of the iteration that answers for a project; `nil` before the first training.
  public func currentIterationID(of project: ProjectID) throws -> IterationID? {
    try store.read { try $0.currentIterationID(of: project) }
  }

  /// Measures an iteration's out-of-fold predictions at a threshold, 0…1.
  public func performance(
    of iteration: Iteration, threshold: Double = 0.5
  ) throws -> IterationPerformance {
    let (tags, predictions, targets) = try outOfFold(of: iteration)
    return IterationPerformance(
      iteration: iteration, tags: tags,
      performance: Performance(
        of: predictions, against: targets, threshold: threshold, evidence: .outOfFold))
  }

  /// An iteration's out-of-fold predictions beside what people had said, and the tags in the order
  /// of the columns.
  public func outOfFold(
    of iteration: Iteration
  ) throws -> (tags: [Tag], predictions: Predictions, targets: Targets) {
    let (tags, rows) = try store.read { snapshot in
      (try snapshot.classes(of: iteration.id), try snapshot.rows(of: iteration.id))
    }
    let (predictions, targets) = try judged(rows, classCount: tags.count, type: iteration.type)
    return (tags, predictions, targets)
  }

  /// Chooses the iteration that answers for the project; `nil` for always the newest.
  ///
  /// - Throws: `.iterationNotFound` where it has been deleted meanwhile.
  public func use(_ iteration: Iteration?, in project: ProjectID) throws {
    try store.write { writer in
      if let iteration { _ = try writer.snapshot.iterations(of: project, having: iteration) }
      try writer.use(iteration?.id, in: project)
    }
  }

  /// - Throws: `.nameInvalid`.
  public func rename(_ iteration: Iteration, to name: String) throws {
    let name = try checkedName(name)
    try store.write { try $0.rename(iteration.id, to: name) }
  }

  /// Lets the server answer with this iteration under a name.
  ///
  /// - Parameters:
  ///   - replacing: Takes the name away from another iteration that has it.
  ///   - target: The address that a program publishes it for; kept, and told when asked.
  /// - Throws: `.nameInvalid`, `.publishNameTaken`, `.iterationNotFound` where it has been deleted
  ///   meanwhile.
  public func publish(
    _ iteration: Iteration, as name: String, replacing: Bool = false, for target: String? = nil,
    in project: ProjectID
  ) throws {
    let name = try checkedName(name)
    try store.write { writer in
      let others = try writer.snapshot.iterations(of: project, having: iteration)
      if let other = others.first(where: { $0.publishName == name && $0.id != iteration.id }) {
        guard replacing else {
          throw LibraryError.publishNameTaken(name, byIteration: other.number)
        }
        try writer.publish(other.id, as: nil)
      }
      try writer.publish(iteration.id, as: name, for: target)
    }
  }

  /// - Throws: `.iterationNotPublished`.
  public func unpublish(_ iteration: Iteration) throws {
    try store.write { writer in
      guard try writer.snapshot.iteration(iteration.id)?.publishName != nil else {
        throw LibraryError.iterationNotPublished(iteration.number)
      }
      try writer.publish(iteration.id, as: nil)
    }
  }

  /// Takes an iteration out of the list; its number is not used again, and a restore brings it back.
  ///
  /// - Throws: `.iterationPublished`.
  public func delete(_ iteration: Iteration) throws {
    try store.write { writer in
      if let name = try writer.snapshot.iteration(iteration.id)?.publishName {
        throw LibraryError.iterationPublished(iteration.number, as: name)
      }
      try writer.setPresent(iteration.id, false)
    }
  }

  /// - Throws: `.iterationNotFound`.
  public func restoreIteration(_ number: Int, of project: ProjectID) throws -> Iteration {
    try store.write { writer in
      let all = try writer.snapshot.iterations(of: project, includingDeleted: true)
      guard let iteration = all.first(where: { $0.number == number }) else {
        throw LibraryError.iterationNotFound(number, known: all.map(\.number))
      }
      try writer.setPresent(iteration.id, true)
      return iteration
    }
  }

  private func judged(
    _ rows: [IterationRow], classCount: Int, type: ClassificationType
  ) throws -> (Predictions, Targets) {
    let unknown = [Float](repeating: 0, count: classCount)
    let isKnownRow = rows.map { $0.probabilities != nil }
    let probabilities = Matrix(
      rowCount: rows.count, columnCount: classCount,
      elements: rows.flatMap { $0.probabilities ?? unknown })
    let targets = Targets(rows.map(\.given), isMulticlass: type == .multiclass)
    let isKnownClass = judgeableClasses(
      of: targets, classCount: classCount, folds: rows.map(\.fold))
    return (
      Predictions(probabilities, isKnownRow: isKnownRow, isKnownClass: isKnownClass), targets
    )
  }
}

extension Snapshot {
  /// The project's iterations, of which the given one must be.
  fileprivate func iterations(
    of project: ProjectID, having iteration: Iteration
  ) throws -> [Iteration] {
    let all = try iterations(of: project)
    guard all.contains(where: { $0.id == iteration.id }) else {
      throw LibraryError.iterationNotFound(iteration.number, known: all.map(\.number))
    }
    return all
  }
}
