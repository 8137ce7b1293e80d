public import Dataset

extension Library {
  /// Imports files, and every file in folders, into a project.
  ///
  /// Every file is imported, found to be there already, or refused with its reason; none stops the
  /// rest. Images are in the project, and of full use, as soon as their batch is saved; when the task
  /// is cancelled, what was done is kept. Embeddings are made by `embedImages`, which may run at the
  /// same time and then need not decode the pictures once more, or by the next training.
  ///
  /// - Parameters:
  ///   - paths: As the user gave them; images remember theirs. Bytes that are no UTF-8 are fine.
  ///   - progress: Called on another thread after each file.
  /// - Throws: `.nameInvalid`; `LibraryError.system` and `StoreError` when the library itself cannot be
  ///   written.
  public func importImages(
    _ paths: [[UInt8]], into project: Project, tagging: ImportTagging,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws -> ImportReport {
    var tagging = tagging
    if case .tag(let name) = tagging { tagging = .tag(try checkedName(name)) }
    return try await noticing(.importing, of: project.id) { [tagging] notice in
      try await importer.run(
        paths.map(FilePath.init(bytes:)), into: project, of: self, tagging: tagging
      ) { report in
        notice?.update(doneCount: report.doneCount, totalCount: report.fileCount)
        progress(report)
      }
    }
  }

  /// Tells that an import into the project is about to begin: until the announcement is gone, an
  /// embedding job waits for its pictures.
  public func announceImport(into project: Project) -> ImportAnnouncement {
    ImportAnnouncement(shelf, project.domain)
  }

  /// Makes the embeddings that images of the project lack, until none is missing and no import of this
  /// process is on its way; what arrives meanwhile is among them.
  ///
  /// Resumes where it was stopped; nothing is made twice, also not by two processes, which take turns.
  /// A training that needs embeddings goes first. A second job of this process waits for the first.
  ///
  /// - Parameters:
  ///   - contents: Those to look for, besides what arrives; `nil` for all images of the project.
  ///   - progress: Called on another thread after each picture.
  /// - Throws: `CancellationError`; what keeps the embedder from running at all. A picture that cannot
  ///   be read costs only itself.
  public func embedImages(
    of project: Project, among contents: [ContentHash]? = nil,
    progress: @escaping @Sendable (EmbeddingProgress) -> Void
  ) async throws -> EmbeddingReport {
    try await noticing(.embedding, of: project.id) { notice in
      try await embeddingRunner.run(project, among: contents, in: self) { report in
        notice?.update(doneCount: report.doneCount, totalCount: report.imageCount)
        progress(report)
      }
    }
  }
}
