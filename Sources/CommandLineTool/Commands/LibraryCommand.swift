import ArgumentParser
import Dataset
import ProjectLibrary

struct LibraryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library", abstract: "Look after the library's files.",
    subcommands: [Check.self])

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Read every file of the library and name what is damaged.",
      discussion: """
        A damaged picture is mended by importing its file again. Thumbnails and embeddings are made \
        again by themselves.
        """)
    @OptionGroup var common: CommonOptions

    func run() async throws {
      let library = try common.openLibrary()
      let line = ProgressLine(isQuiet: common.printsJSON)
      let check = try await cancellable {
        defer { line.clear() }
        return try await library.check { line.show("Checking", $0, of: $1, unit: "picture") }
      }
      common.answer(check.document, check.text(path: library.path))
      if !check.isSound { throw ExitCode(1) }
    }
  }
}

extension LibraryCheck {
  var document: JSONValue {
    .object([
      ("sound", .bool(isSound)), ("pictureCount", .integer(contentCount)),
      ("libraryFaults", .array(libraryFaults.map { .string($0) })),
      ("cacheFaults", .array(cacheFaults.map { .string($0) })),
      (
        "damaged",
        .array(
          damagedImages.map {
            .object([
              ("project", .string($0.project)), ("path", .string($0.image.path)),
              ("id", .string($0.image.id.description)),
              ("message", .string(ErrorWording.message(for: $0.reason))),
            ])
          })
      ),
    ])
  }

  func text(path: String) -> String {
    var lines: [String] = []
    if !libraryFaults.isEmpty {
      lines.append("\(path)/library.sqlite is damaged. Restore it from a backup:")
      lines += libraryFaults.map { "  \($0)" }
    }
    if !cacheFaults.isEmpty {
      lines.append(
        "The cache was damaged and has been begun anew; thumbnails and embeddings come again.")
    }
    if !damagedImages.isEmpty {
      lines.append(
        "\(Figures.count(damagedImages.count, "picture")) damaged or missing; import their files again:"
      )
      lines += damagedImages.map { "  \($0.image.path) in \($0.project)" }
    }
    if isSound { lines.append("All is well: \(Figures.count(contentCount, "picture")) read.") }
    return lines.joined(separator: "\n")
  }
}
