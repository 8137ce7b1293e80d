import Dataset

/// Jobs: training and import, started here, run elsewhere.
extension State {
  mutating func train() -> [Effect] {
    let small = smallTags
    guard small.isEmpty else {
      overlay = .question(.leaveOutSmallTags(small))
      return []
    }
    return startTraining(leavesOutSmallTags: false)
  }

  mutating func startTraining(leavesOutSmallTags: Bool) -> [Effect] {
    let id: JobID = nextTicket()
    training.job = TrainingJob(id: id)
    return [.startTraining(id, leavesOutSmallTags: leavesOutSmallTags)]
  }

  mutating func trainingEnded(_ id: JobID, _ outcome: TrainingJob.Outcome) -> [Effect] {
    guard training.job?.id == id else { return [] }
    training.job = nil
    switch outcome {
    case .completed(let report):
      let effects = show(report)
      notice = .trained(report)
      dropNeedlessQuestion()
      // The rows have new predictions; the view goes on to the newest figures.
      return reload() + (performance == nil ? [] : [.loadPerformance(nil, base: nil)]) + effects
    case .cancelled: notice = .trainingCancelled
    case .failed(let reason): notice = .trainingFailed(reason: reason)
    }
    dropNeedlessQuestion()
    return []
  }

  /// Shows an iteration's figures; the cursor stays on its row.
  mutating func show(_ report: IterationReport?) -> [Effect] {
    let isAnother = report?.iteration.id != training.report?.iteration.id
    training.report = report
    training.cursor = clamp(training.cursor, count: report?.tags.count ?? 0)
    guard isAnother else { return [] }
    // Another iteration predicts otherwise, and what would help is told once for each.
    prediction = nil
    explanation = nil
    return report != nil && preferences.learnsLive ? [.loadAdvice] : []
  }

  mutating func startImport(of paths: [String], takesTagsFromFolders: Bool) -> [Effect] {
    let id: JobID = nextTicket()
    importing = ImportJob(id: id)
    return [
      .startImport(
        ImportRequest(job: id, paths: paths, takesTagsFromFolders: takesTagsFromFolders))
    ] + startEmbedding()
  }

  mutating func importEnded(_ id: JobID, _ outcome: ImportJob.Outcome) -> [Effect] {
    guard importing?.id == id else { return [] }
    importing = nil
    dropNeedlessQuestion()
    switch outcome {
    case .completed(let summary):
      notice = .imported(summary)
      refusedFiles = summary.refused + summary.passedOver
    case .failed(let reason): notice = .importFailed(reason: reason)
    }
    return reload() + startEmbedding()
  }

  /// Has the images looked at that were not yet, unless that goes on already.
  mutating func startEmbedding() -> [Effect] {
    guard embedding == nil else { return [] }
    let id: JobID = nextTicket()
    embedding = EmbeddingJob(id: id)
    return [.startEmbedding(id)]
  }

  mutating func embeddingEnded(_ id: JobID, _ outcome: EmbeddingJob.Outcome) -> [Effect] {
    guard embedding?.id == id else { return [] }
    embedding = nil
    // What was not known of the image under the cursor may be by now.
    if prediction?.judgement == nil { prediction = nil }
    switch outcome {
    case .completed(unreadableCount: 0), .cancelled: break
    case .completed(let count): notice = .imagesUnreadable(count: count)
    case .failed(let reason): notice = .failed(reason: reason)
    }
    return learnLive()
  }

  mutating func cancelNewestJob() -> [Effect] {
    guard let job = runningJobs.last else { return [] }
    switch job.kind {
    case .training: training.job?.isCancelling = true
    case .importing: importing?.isCancelling = true
    }
    return [.cancel(job.id)]
  }

  /// Nothing is lost any more by quitting when the last job has ended.
  private mutating func dropNeedlessQuestion() {
    if overlay == .question(.quit), runningJobs.isEmpty { overlay = nil }
  }
}
