import ArgumentParser
import Dataset
import ProjectLibrary

struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring photos into a project.",
    discussion: """
      Files and folders; JPEG, PNG, GIF, BMP, WebP and HEIC by their content. A picture that is there \
      already is not imported twice; its tags are added. Files that cannot be read are listed with \
      the reason and stop nothing. Ctrl-C keeps what is done.
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
    let report = try await Self.run(
      paths, into: project, of: library, tagging: tagging, isQuiet: common.printsJSON)
    common.answer(report.document, report.text(project: project.name))
    if report.wasStopped || report.failureCount > 0 { throw ExitCode(1) }
  }

  private var tagging: ImportTagging {
    if let tag { return .tag(tag) }
    return takesTagsFromFolders ? .folderNames : .none
  }

  /// Imports with progress; makes embeddings on the way when the backbones are there.
  static func run(
    _ paths: [String], into project: Project, of library: Library, tagging: ImportTagging,
    isQuiet: Bool
  ) async throws -> ImportReport {
    let line = ProgressLine(isQuiet: isQuiet)
    defer { line.clear() }
    let bytes = paths.map { Array($0.utf8) }
    let embeds = Runtime.isReady
    return try await cancellable {
      try await library.importImages(bytes, into: project, tagging: tagging, embeds: embeds) {
        line.show(
          "Importing", $0.doneCount, of: $0.fileCount, unit: "file", seconds: $0.seconds)
      }
    }
  }
}

extension ImportReport {
  var document: JSONValue {
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
      ("embedded", .integer(embeddedCount)), ("stopped", .bool(wasStopped)),
    ])
  }

  func text(project: String) -> String {
    var lines = ["\(Figures.count(importedCount, "image")) imported into \(project)."]
    if duplicateCount > 0 {
      lines.append("\(Figures.count(duplicateCount, "file")) already there.")
    }
    for kept in keptTags {
      lines.append("\(kept.path) is there already as \(kept.tag) and kept that tag.")
    }
    let failed = refused.filter { $0.reason != .notAnImage }
    if !failed.isEmpty {
      lines.append("\(Figures.count(failed.count, "file")) refused:")
      lines += failed.map { "  \($0.path): \(ErrorWording.message(for: $0.reason))" }
    }
    let otherCount = refused.count - failed.count
    if otherCount > 0 {
      lines.append("\(Figures.count(otherCount, "other file")) passed over: no pictures.")
    }
    if wasStopped { lines.append("Stopped; run the same command again for the rest.") }
    return lines.joined(separator: "\n")
  }
}
