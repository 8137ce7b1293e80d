import Dataset
import Embeddings
import Evaluation
import Foundation
import Judging
import Learning
import Matrices
import ProjectStore
import WorkThreads

/// Trains on a thread of its own, one training at a time.
actor TrainingRunner {
  private nonisolated let executor = ThreadExecutor("training", .behind)
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  func run(
    _ request: TrainingRequest, of project: Project, in library: Library,
    progress: @Sendable (TrainingReport) -> Void
  ) throws -> Iteration {
    guard let lock = try FileLock.tryAcquire("\(library.path)/locks/training-\(project.id)") else {
      throw LibraryError.trainingRunning(project: project.name)
    }
    defer { lock.release() }
    let start = library.now()
    let labelled = try library.store.read { snapshot in
      try LabelledImages(snapshot, of: project, request)
    }
    let embedder = try library.embedder(for: project.domain)
    let contents = labelled.images.map(\.content)
    let embeddings = try library.embeddings(of: contents, with: embedder) {
      progress(.embedding($0))
    }
    let groups = nearDuplicateGroups(of: labelled.images, embeddings: embeddings)
    let settings = TrainingSettings(
      foldCount: TrainingSettings.foldCount(forRows: contents.count), seed: request.seed)
    let result = try train(
      TrainingExamples(
        embeddings: embeddings, targets: labelled.targets, classCount: labelled.classes.count,
        groups: groups),
      settings: settings
    ) { progress(.fitting(TrainingPhase($0.stage), fraction: $0.fraction)) }
    progress(.fitting(.saving, fraction: 1))
    return try save(
      result, labelled, groups, settings, request, recipe: embedder.recipe, of: project,
      in: library, start: start)
  }

  /// Writes the iteration in one transaction: it is there as a whole, or not at all.
  private func save(
    _ result: TrainingResult, _ labelled: LabelledImages, _ groups: [Int],
    _ settings: TrainingSettings, _ request: TrainingRequest, recipe: EmbeddingRecipe,
    of project: Project, in library: Library, start: Double
  ) throws -> Iteration {
    let metrics = Performance(
      of: result.outOfFold, against: labelled.targets, evidence: .outOfFold)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let settingsText = String(decoding: try encoder.encode(settings), as: UTF8.self)
    let metricsText = String(
      decoding: try encoder.encode(IterationMetrics(metrics)), as: UTF8.self)
    let rows = labelled.images.indices.map { row in
      IterationRow(
        image: labelled.images[row].id, given: labelled.targets.classes(ofRow: row),
        group: groups[row], fold: result.folds[row],
        probabilities: result.outOfFold.isKnownRow[row]
          ? Array(result.outOfFold.probabilities.row(row)) : nil)
    }
    try Task.checkCancellation()
    return try library.store.write { writer in
      let number = try writer.nextNumber(in: project.id)
      let end = library.now()
      let iteration = Iteration(
        id: request.iteration ?? .random(), number: number, name: "Iteration \(number)",
        position: labelled.position, trainedAt: end, seconds: end - start, type: project.type,
        domain: project.domain,
        imageCount: rows.count, budgetHours: request.budgetHours,
        base: request.base)
      try writer.insert(
        IterationRecord(
          iteration: iteration, recipe: recipe.cacheKey, seed: settings.seed,
          settings: settingsText, metrics: metricsText, head: result.head.encoded(),
          classes: labelled.classes, rows: rows), in: project.id)
      return iteration
    }
  }
}

extension TrainingPhase {
  fileprivate init(_ stage: TrainingStage) {
    self =
      switch stage {
      case .preparing: .preparing
      case .fitting(let finished, let count): .fitting(finishedHeads: finished, of: count)
      case .calibrating: .calibrating
      }
  }
}
