import ArgumentParser
import Dataset
import ProjectLibrary

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Bring photos into a project.",
    discussion: """
      Files and folders; JPEG, PNG, GIF, BMP, WebP and HEIC by their content. A picture that is there \
      already is not imported twice; its tags are added. Files that cannot be read are listed with \
      the reason and stop nothing. Ctrl-C keeps what is done. The networks read the pictures in the \
      background; what is left of that at the end, the workbench or the next training does.
      """)

  @Argument(
    help: ArgumentHelp("Files and folders.", valueName: "path"), completion: .file())
  var paths: [String]

  @Option(name: .customLong("tag"), help: "Give every picture this tag.")
  var tag: String?

  @Flag(
    name: .customLong("tags-from-folders"),
    help: "Give every picture the name of the folder that it lies in as tag.")
  var takesTagsFromFolders = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if tag != nil && takesTagsFromFolders {
      throw ValidationError("Use either --tag or --tags-from-folders, not both.")
    }
  }

  func run() async throws {
    let (library, project) = try common.open()
    let (report, embedding) = try await Self.run(
      paths, into: project, of: library, tagging: tagging, isQuiet: common.printsJSON)
    // Without embeddings too little could be told.
    var twinCount: Int?
    if case .made = embedding {
      twinCount = try library.nearDuplicateCount(among: report.contents, of: project)
    }
    common.answer(
      report.document(embeddedCount: embedding.madeCount, twinCount: twinCount),
      report.text(project: project.name, twinCount: twinCount))
    if case .failed(let error) = embedding { throw error }
    if report.wasStopped || report.failureCount > 0 { throw ExitCode(1) }
  }

  private var tagging: ImportTagging {
    if let tag { return .tag(tag) }
    return takesTagsFromFolders ? .folderNames : .none
  }

  /// What became of the embeddings behind an import; the images are in the project all the same.
  enum Embedding {
    /// Without the backbones, or stopped: the next training makes them.
    case leftForLater
    case made(count: Int)
    case failed(any Error)

    var madeCount: Int {
      switch self {
      case .made(let count): count
      case .leftForLater, .failed: 0
      }
    }

    static func + (first: Embedding, second: Embedding) -> Embedding {
      switch (first, second) {
      case (.made(let count), .made(let more)): .made(count: count + more)
      case (.made, let end), (let end, _): end
      }
    }
  }

  /// Imports with progress, and makes embeddings behind it when the backbones are there.
  static func run(
    _ paths: [String], into project: Project, of library: Library, tagging: ImportTagging,
    isQuiet: Bool
  ) async throws -> (ImportReport, Embedding) {
    let line = ProgressLine(isQuiet: isQuiet)
    defer { line.clear() }
    let bytes = RawArguments.bytes(of: paths)
    return try await cancellable {
      guard Runtime.isReady else {
        return (try await run(bytes, project, library, tagging, line), .leftForLater)
      }
      let announcement = library.announceImport(into: project)
      // Besides what comes in now, nothing: an import of one file must not take hours.
      async let arrivals = embed([], of: project, in: library, showing: line, once: announcement)
      let report = try await run(bytes, project, library, tagging, line)
      announcement.end()
      let embedding = await arrivals
      guard case .made = embedding else { return (report, embedding) }
      // What came in before the embedding began, or was there without one.
      let rest = await embed(
        report.contents, of: project, in: library, showing: line, once: announcement)
      return (report, embedding + rest)
    }
  }

  private static func run(
    _ paths: [[UInt8]], _ project: Project, _ library: Library, _ tagging: ImportTagging,
    _ line: ProgressLine
  ) async throws -> ImportReport {
    try await library.importImages(paths, into: project, tagging: tagging) {
      line.show("Importing", $0.doneCount, of: $0.fileCount, unit: "file", seconds: $0.seconds)
    }
  }

  /// - Parameter announcement: Until it is over, the line belongs to the import.
  private static func embed(
    _ contents: [ContentHash], of project: Project, in library: Library,
    showing line: ProgressLine, once announcement: ImportAnnouncement
  ) async -> Embedding {
    do {
      let report = try await library.embedImages(of: project, among: contents) { progress in
        guard announcement.isOver else { return }
        line.show(
          "Reading", progress.doneCount, of: progress.imageCount, unit: "picture",
          seconds: progress.seconds)
      }
      return .made(count: report.madeCount)
    } catch is CancellationError {
      return .leftForLater
    } catch {
      return .failed(error)
    }
  }
}

extension ImportReport {
  /// - Parameter twinCount: Pictures that are nearly the same as others; `nil` where it cannot be told.
  func document(embeddedCount: Int, twinCount: Int?) -> JSONValue {
    .object([
      ("imported", .integer(importedCount)), ("duplicates", .integer(duplicateCount)),
      (
        "refused",
        .array(
          refused.map {
            .object([
              ("path", .string($0.path)), ("reason", .string(ErrorWording.word(for: $0.reason))),
              ("message", .string(ErrorWording.message(for: $0.reason))),
            ])
          })
      ),
      (
        "keptTags",
        .array(
          keptTags.map {
            .object([
              ("path", .string($0.path)), ("tag", .string($0.tag)), ("wanted", .string($0.wanted)),
            ])
          })
      ),
      (
        "foldersUnfitForTags",
        .array(foldersUnfitForTags.sorted().map(JSONValue.string))
      ),
      ("embedded", .integer(embeddedCount)), ("stopped", .bool(wasStopped)),
      ("nearDuplicates", twinCount.map(JSONValue.integer) ?? .null),
    ])
  }

  func text(project: String, twinCount: Int? = nil) -> String {
    var lines = ["\(Figures.count(importedCount, "image")) imported into \(project)."]
    if duplicateCount > 0 {
      lines.append("\(Figures.count(duplicateCount, "file")) already there.")
    }
    for kept in keptTags {
      lines.append("\(kept.path.shown) is there already as \(kept.tag) and kept that tag.")
    }
    for folder in foldersUnfitForTags.sorted() {
      lines.append(
        "The folder “\(folder.shown)” cannot be the name of a tag; its pictures got none.")
    }
    let failed = refused.filter { $0.reason != .notAnImage }
    if !failed.isEmpty {
      lines.append("\(Figures.count(failed.count, "file")) refused:")
      lines += failed.map { "  \($0.path.shown): \(ErrorWording.message(for: $0.reason))" }
    }
    let otherCount = refused.count - failed.count
    if otherCount > 0 {
      lines.append("\(Figures.count(otherCount, "other file")) passed over: no pictures.")
    }
    if let twinCount, twinCount > 0 {
      lines.append(
        "\(Figures.count(twinCount, "picture")) nearly the same as others. See: tagbench near-duplicates"
      )
    }
    if wasStopped { lines.append("Stopped; run the same command again for the rest.") }
    return lines.joined(separator: "\n")
  }
}
