import Dataset
import ProjectLibrary
import Workbench

/// Jobs, from their start to the one way in which they end.
extension LibraryDesk {
  /// Trains; stops soon after its task is cancelled.
  ///
  /// - Parameter progress: Called on another thread.
  func train(
    leavesOutSmallTags: Bool, progress: @escaping @Sendable (TrainingReport) -> Void
  ) async -> TrainingJob.Outcome {
    do {
      let project = try presentProject()
      let iteration = try await library.train(
        project, TrainingRequest(leavesOutSmallTags: leavesOutSmallTags), progress: progress)
      return .completed(try reportWithChange(of: iteration))
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(reason: wording.error(error))
    }
  }

  /// Imports; when its task is cancelled it stops soon after, keeping what is done.
  ///
  /// - Parameter progress: Called on another thread.
  func importFiles(
    _ request: ImportRequest, progress: @escaping @Sendable (ImportProgress) -> Void
  ) async -> ImportJob.Outcome {
    do {
      let report = try await library.importImages(
        request.paths.flatMap(expandedPaths), into: try presentProject(),
        tagging: request.takesTagsFromFolders ? .folderNames : .none, progress: progress)
      return .completed(summary(of: report))
    } catch {
      return .failed(reason: wording.error(error))
    }
  }

  /// The project as it is now, since another process may have made another kind of it.
  ///
  /// - Throws: `LibraryError.projectNotFound` where one has deleted it: a training or the reading of many
  ///   files would be in vain.
  private func presentProject() throws -> Project {
    guard let present = try library.presentProject(project.id) else {
      throw LibraryError.projectNotFound(
        project.name, known: try library.projects().map(\.name))
    }
    return present
  }

  /// Looks at the images that were not yet; when its task is cancelled it stops soon after.
  ///
  /// - Parameter progress: Called on another thread.
  func embedImages(
    progress: @escaping @Sendable (EmbeddingProgress) -> Void
  ) async -> EmbeddingJob.Outcome {
    guard canEmbed else { return .completed(unreadableCount: 0) }
    do {
      let project = try library.project(project.id)
      let report = try await library.embedImages(of: project, progress: progress)
      return .completed(unreadableCount: report.unreadable.count)
    } catch is CancellationError {
      return .cancelled
    } catch {
      return .failed(reason: wording.error(error))
    }
  }

  /// What an import did; files that should have been pictures apart from those that never were.
  private func summary(of report: ImportReport) -> ImportSummary {
    func files(where isMeant: (Refusal) -> Bool) -> [ImportSummary.RefusedFile] {
      report.refused.filter { isMeant($0.reason) }.map {
        ImportSummary.RefusedFile(path: $0.path, reason: wording.refusal($0.reason))
      }
    }
    return ImportSummary(
      importedCount: report.importedCount, duplicateCount: report.duplicateCount,
      refused: files { $0 != .notAnImage }, passedOver: files { $0 == .notAnImage },
      keptTagCount: report.keptTags.count,
      foldersUnfitForTags: report.foldersUnfitForTags.sorted(), wasCancelled: report.wasStopped)
  }
}
