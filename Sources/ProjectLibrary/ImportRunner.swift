import Dataset
import Foundation
import ProjectStore
import WorkThreads

/// Imports files on a thread of its own, one import at a time.
actor ImportRunner {
  private nonisolated let executor = ThreadExecutor("import", .behind)
  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// How many files are read at once.
  static let readerCount = max(2, ProcessInfo.processInfo.activeProcessorCount)
  /// Files of one transaction at most: enough that waiting for the disk does not count, few enough
  /// that little is done again after a crash.
  private static let batchSize = 64
  /// What is ready is saved, and seen, after this many seconds.
  private static let batchSeconds = 0.25

  func run(
    _ paths: [FilePath], into project: Project, of library: Library, tagging: ImportTagging,
    progress: @Sendable (ImportProgress) -> Void
  ) throws -> ImportReport {
    let announcement = library.announceImport(into: project)
    defer { announcement.end() }
    library.originals.removeLeftovers()
    let found = FileCollector(paths)
    var report = ImportReport()
    report.refused = found.refused
    var batch = ImportBatch(library: library, project: project, tagging: tagging)
    let start = library.now()
    var saved = start
    var doneCount = 0
    do {
      try inOrder(found.files, concurrency: Self.readerCount) {
        library.prepare($0, for: project)
      } consume: { path, result in
        doneCount += 1
        switch result {
        case .success(let file): batch.files.append(file)
        case .failure(.refused(let reason)):
          report.refused.append(RefusedFile(path: path.text, reason: reason))
        case .failure(.failed(let error)): throw error
        }
        let now = library.now()
        if batch.files.count == Self.batchSize || now - saved >= Self.batchSeconds {
          try batch.save(into: &report)
          saved = now
        }
        progress(
          ImportProgress(
            doneCount: doneCount, fileCount: found.files.count, seconds: now - start))
      }
    } catch is CancellationError {
      report.wasStopped = true
    } catch {
      // What is ready is kept, whatever stopped the rest.
      try batch.save(into: &report)
      throw error
    }
    try batch.save(into: &report)
    return report
  }
}

/// Files that go into the library together.
private struct ImportBatch {
  let library: Library
  let project: Project
  let tagging: ImportTagging
  var files: [PictureFile] = []

  /// Saves the files and forgets them: originals first, then what can be made again, then the rows
  /// that point to both.
  mutating func save(into report: inout ImportReport) throws {
    guard !files.isEmpty else { return }
    try library.originals.synchronise()
    try library.cache.keep(
      thumbnails: files.compactMap { file in file.thumbnail.map { (file.content.hash, $0) } })
    // Counted only once the transaction is through.
    var saved = report
    try library.change(
      in: project.id, command: "import", undoable: false
    ) { recorder in
      for file in files { try save(file, with: &recorder, into: &saved) }
    }
    report = saved
    for file in files {
      guard let (recipe, pixels) = file.pixels else { continue }
      library.shelf.put(
        PixelShelf.Item(content: file.content.hash, pixels: pixels), recipe: recipe)
    }
    files = []
  }

  private func save(
    _ file: PictureFile, with recorder: inout Recorder, into report: inout ImportReport
  ) throws {
    let image: ImageID
    if let known = try recorder.snapshot.image(of: project.id, content: file.content.hash) {
      image = known.id
      // A picture that was removed comes back when it is imported again.
      if try recorder.record(.membership(image, true)) {
        report.importedCount += 1
      } else {
        report.duplicateCount += 1
      }
    } else {
      image = .random()
      try recorder.makeImage(
        image, content: file.content, name: file.path.name.text, path: file.path.text)
      report.importedCount += 1
    }
    report.contents.append(file.content.hash)
    guard let wanted = tagName(for: file.path, &report) else { return }
    try tag(image, wanted, file.path.text, with: &recorder, into: &report)
  }

  private func tagName(for path: FilePath, _ report: inout ImportReport) -> String? {
    switch tagging {
    case .none: return nil
    case .tag(let name): return name
    case .folderNames:
      guard let folder = path.folderName else { return nil }
      if let name = try? checkedName(folder) { return name }
      report.foldersUnfitForTags.insert(folder)
      return nil
    }
  }

  /// Adds the tag, unless it would push out one that the image bears: a person chose that.
  private func tag(
    _ image: ImageID, _ wanted: String, _ path: String, with recorder: inout Recorder,
    into report: inout ImportReport
  ) throws {
    var rules = try recorder.snapshot.rules(of: project.id)
    if !rules.tags.contains(where: { $0.name == wanted }) {
      _ = try recorder.makeTag(named: wanted, in: project.id)
      rules = try recorder.snapshot.rules(of: project.id)
    }
    guard let tag = rules.tags.first(where: { $0.name == wanted }) else { return }
    let borne = try recorder.snapshot.tags(on: image)
    let kept = rules.tags(after: .add(tag.id), from: borne)
    if let pushedOut = rules.tags.first(where: { borne.contains($0.id) && !kept.contains($0.id) }) {
      report.keptTags.append(KeptTag(path: path, tag: pushedOut.name, wanted: wanted))
      return
    }
    _ = try recorder.label(image, .add(tag.id), rules)
  }
}
