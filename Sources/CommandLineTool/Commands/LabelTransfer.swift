import ArgumentParser
import Dataset
import Foundation
import ProjectLibrary

extension LabelCommand {
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write pictures with their tags as CSV or JSON.",
      discussion: """
        CSV has the columns path, tag and content (the SHA-256 of the file), and a line for each tag of \
        a picture; JSON has a list of objects with path, content and tags.
        """)
    @Argument(help: "The file to write; standard output if left out.", completion: .file())
    var file: String?
    @OptionGroup var format: LabelFormatOptions
    @Flag(help: "Also those without a tag.") var untagged = false
    @Flag(help: "Replace the file if it is there.") var force = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let table = try library.labelTable(of: project.id, includingUntagged: untagged)
      let format = format.chosen(for: file, otherwise: common.printsJSON ? .json : .csv)
      guard let file, !StandardStream.isOutput(file) else {
        StandardStream.output.write(table.text(as: format))
        return
      }
      do {
        try table.write(to: file, as: format, replacing: force)
      } catch LibraryError.system(_, _, let number) {
        throw WrongUse("\(file) cannot be written: \(ErrorWording.words(forSystemError: number)).")
      }
      common.answer(
        .object([("images", .integer(table.rows.count)), ("file", .string(file))]),
        "\(Figures.count(table.rows.count, "picture")) written to \(file).")
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import", abstract: "Give pictures the tags that a CSV or JSON file tells.",
      discussion: """
        The first line of CSV names the columns: path (or image, file, filename), tag (or label), and \
        content (or sha256) if there is one. A picture is found by its content, else by its path as \
        imported, else by its name. Tags that are not there are made. `tagbench undo` takes all of it \
        back.
        """)
    @Argument(help: "The file to read; - for standard input.", completion: .file())
    var file: String
    @OptionGroup var format: LabelFormatOptions
    @Flag(help: "Take away what the pictures in the file bear besides.") var replace = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let report = try library.importLabels(
        try LabelTable(reading: try bytes(), as: format.chosen(for: file, otherwise: .csv)),
        into: project, mode: replace ? .replace : .add)
      common.answer(report.document, report.text)
      if !report.refused.isEmpty { throw ExitCode(1) }
    }

    private func bytes() throws -> [UInt8] {
      do {
        return try file == "-"
          ? Array(FileHandle.standardInput.readToEnd() ?? Data())
          : Array(Data(contentsOf: URL(filePath: file)))
      } catch {
        throw WrongUse("\(file) cannot be read: \(ErrorWording.reason(for: error)).")
      }
    }
  }
}

struct LabelFormatOptions: ParsableArguments {
  @Option(
    help: "csv or json; if left out, what the file's name ends with.",
    completion: .list(LabelTableFormat.allCases.map(\.rawValue)), transform: { try oneOf($0) })
  var format: LabelTableFormat?

  func chosen(for file: String?, otherwise other: LabelTableFormat) -> LabelTableFormat {
    let ending = file.flatMap { $0.split(separator: ".").last }?.lowercased()
    return format ?? ending.flatMap(LabelTableFormat.init(rawValue:)) ?? other
  }
}

extension LabelImportReport {
  var document: JSONValue {
    .object([
      ("changed", .integer(changedCount)), ("unchanged", .integer(unchangedCount)),
      ("madeTags", .array(madeTags.map(JSONValue.string))),
      (
        "refused",
        .array(
          refused.map {
            .object([
              ("line", .integer($0.line)), ("path", .string($0.path)),
              ("message", .string(LabelWording.message(for: $0.reason))),
            ])
          })
      ),
    ])
  }

  var text: String {
    var lines = ["\(Figures.count(changedCount, "picture")) changed, \(unchangedCount) as before."]
    if !madeTags.isEmpty { lines.append("New tags: \(madeTags.joined(separator: ", ")).") }
    if !refused.isEmpty {
      lines.append("\(Figures.count(refused.count, "line")) refused:")
      lines += refused.map {
        "  line \($0.line), \($0.path): \(LabelWording.message(for: $0.reason))"
      }
    }
    return lines.joined(separator: "\n")
  }
}

/// What is wrong with tables of labels, in words.
enum LabelWording {
  static func message(for reason: RefusedLabels.Reason) -> String {
    switch reason {
    case .imageUnknown: "no such picture in the project"
    case .imagesOfOneName(let count): "\(count) pictures have that name"
    case .tagNameInvalid(let name): "“\(name)” cannot be the name of a tag"
    case .tagsExclude(let tags): "a picture cannot bear \(tags.joined(separator: " and "))"
    }
  }

  static func message(for error: LabelTableError) -> String {
    switch error {
    case .notUTF8: "The file is no text in UTF-8."
    case .quoteOpen(let line): "The quotation mark in line \(line) is never closed."
    case .wrongFieldCount(let line, let expected, let found):
      "Line \(line) has \(Figures.count(found, "field")), the first line has \(expected)."
    case .columnMissing(let found):
      "The first line must name a column path or content, and a column tag; found: "
        + "\(found.isEmpty ? "nothing" : found.joined(separator: ", "))."
    case .noJSONList(let reason):
      "The file is no list of objects with path, content and tags: see \(reason)."
    }
  }
}
