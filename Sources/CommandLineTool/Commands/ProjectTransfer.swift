import ArgumentParser
import Dataset
import ProjectLibrary

extension ProjectCommand {
  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write a project with its pictures into one file.",
      discussion: """
        Pictures, tags, labels and what was said to be right; not the iterations, which `tagbench train` \
        makes again, and not the history. The file is a tar archive.
        """)
    @Argument(help: "The file to write.", completion: .file()) var file: String
    @Flag(help: "Replace the file if it is there.") var force = false
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let (library, project) = try common.open()
      let (file, force) = (file, force)
      let count = try await cancellable {
        try library.writeProjectFile(file, of: project, replacing: force)
      }
      // A sentence behind the archive would be part of it.
      if StandardStream.isOutput(file) { return }
      common.answer(
        .object([("images", .integer(count)), ("file", .string(file))]),
        "\(project.name) with \(Figures.count(count, "picture")) written to \(file).")
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Make a project of a file that `tagbench project export` wrote.",
      discussion: """
        Everything in the file is checked on the way in. The project is there as a whole, or not at all.
        """)
    @Argument(help: "The file to read.", completion: .file()) var file: String
    @Option(help: "What to call the project instead.") var name: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.openLibrary(makesIt: true)
      let report = try library.readProjectFile(file, named: name)
      common.answer(report.document, report.text)
      if !report.refused.isEmpty { throw ExitCode(1) }
    }
  }
}

extension ProjectFileReport {
  var document: JSONValue {
    .object([
      ("project", .string(project.name)), ("images", .integer(imageCount)),
      (
        "refused",
        .array(
          refused.map {
            .object([
              ("path", .string($0.path)),
              ("message", .string(ErrorWording.message(for: $0.reason))),
            ])
          })
      ),
    ])
  }

  var text: String {
    var lines = ["\(project.name) has \(Figures.count(imageCount, "picture")) now."]
    if !refused.isEmpty {
      lines.append("\(Figures.count(refused.count, "picture")) cannot be read here:")
      lines += refused.map { "  \($0.path): \(ErrorWording.message(for: $0.reason))" }
    }
    return lines.joined(separator: "\n")
  }
}

/// What is wrong with project files, in words.
enum ProjectFileWording {
  static func message(for error: ProjectFileError) -> String {
    switch error {
    case .notAProjectFile: "That is no file that `tagbench project export` wrote."
    case .versionUnknown(let version):
      "The file is of version \(version), which this program does not know yet."
    case .truncated: "The file ends too soon: it is not whole."
    case .headerDamaged(let offset): "The file is damaged at byte \(offset)."
    case .tooLarge(let entry, let byteCount, let limit):
      "\(entry) in the file has \(Figures.bytes(byteCount)), more than \(Figures.bytes(limit))."
    case .entryUnexpected(let name):
      "The file holds \(name), which its list of pictures does not name, or has had already."
    case .entryDamaged(let name): "\(name) in the file is damaged."
    case .picturesMissing(let names):
      "The file lacks \(Figures.count(names.count, "picture")) of its list, first \(names[0])."
    case .manifestInvalid(let reason): "The file's list of pictures is wrong: \(reason)."
    }
  }
}
