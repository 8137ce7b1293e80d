public import Dataset
import Embeddings

extension Library {
  /// Imports files, and every file in folders, into a project.
  ///
  /// Every file is imported, found to be there already, or refused with its reason; none stops the
  /// rest. Images are in the project as soon as their batch is saved; when the task is cancelled, what
  /// was done is kept.
  ///
  /// - Parameters:
  ///   - paths: As the user gave them; images remember theirs. Bytes that are no UTF-8 are fine.
  ///   - embeds: Also makes embeddings, from the pixels at hand. Without it training makes them.
  ///   - progress: Called on another thread after each file.
  /// - Throws: `.nameInvalid`; `LibraryError.system` and `StoreError` when the library itself cannot be
  ///   written.
  public func importImages(
    _ paths: [[UInt8]], into project: Project, tagging: ImportTagging, embeds: Bool,
    progress: @escaping @Sendable (ImportProgress) -> Void
  ) async throws -> ImportReport {
    var tagging = tagging
    if case .tag(let name) = tagging { tagging = .tag(try checkedName(name)) }
    return try await importer.run(
      paths.map(FilePath.init(bytes:)), into: project, of: self, tagging: tagging,
      embedder: embeds ? try embedder(for: project.domain) : nil, progress: progress)
  }
}
