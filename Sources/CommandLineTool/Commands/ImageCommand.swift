import ArgumentParser
import Dataset
import ProjectLibrary

struct ImageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image", abstract: "List, show, remove and restore pictures.",
    subcommands: [List.self, Show.self, Remove.self, Restore.self, History.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a project's pictures.")
    @Option(help: "Only those with this tag.") var tag: String?
    @Flag(help: "Only those without a tag.") var untagged = false
    @Flag(help: "Only those that were removed.") var removed = false
    @OptionGroup var common: CommonOptions

    func validate() throws {
      if [tag != nil, untagged, removed].count(where: { $0 }) > 1 {
        throw ValidationError("Use only one of --tag, --untagged and --removed.")
      }
    }

    func run() throws {
      let (library, project) = try common.open()
      let names = try library.tagNames(of: project.id)
      let images = try library.images(of: project.id, try filter(library, project))
      var table = TextTable([
        ("image", .left), ("size", .right), ("bytes", .right), ("tags", .left),
      ])
      for image in images {
        table.add([
          image.path, "\(image.width)×\(image.height)", Figures.bytes(image.byteCount),
          image.tags.map { names[$0] ?? "" }.joined(separator: ", "),
        ])
      }
      common.answer(
        .array(images.map { $0.document(names) }),
        images.isEmpty ? "No such picture." : table.text)
    }

    private func filter(_ library: Library, _ project: Project) throws -> ImageFilter {
      if let tag { return .tag(try library.tag(tag, of: project.id).id) }
      return removed ? .removed : untagged ? .untagged : .all
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show what is known of a picture.")
    @Argument(help: "Its path as imported, name or id.") var image: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let names = try library.tagNames(of: project.id)
      let images = try library.images(named: image, of: project.id)
      common.answer(
        .array(images.map { $0.document(names) }),
        images.map { image in
          """
          \(image.name)
          id       \(image.id)
          path     \(image.path)
          size     \(image.width)×\(image.height), \(Figures.bytes(image.byteCount))
          content  \(image.content)
          tags     \(image.tags.map { names[$0] ?? "" }.joined(separator: ", "))
          """
        }.joined(separator: "\n\n"))
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take pictures out of a project. They can be restored.")
    @OptionGroup var selection: ImageSelection
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let count = try library.removeImages(
        try selection.ids(in: library, project), from: project.id)
      common.answer(
        .object([("removed", .integer(count))]), "\(Figures.count(count, "picture")) removed.")
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Put removed pictures back.")
    @OptionGroup var selection: ImageSelection
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let count = try library.restoreImages(
        try selection.ids(in: library, project), to: project.id)
      common.answer(
        .object([("restored", .integer(count))]), "\(Figures.count(count, "picture")) restored.")
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history", abstract: "Show what happened to a picture, newest first.")
    @Argument(help: "Its path as imported, name or id.") var image: String
    @OptionGroup var events: EventOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let found = try library.images(named: image, of: project.id).flatMap {
        try library.history(of: project.id, image: $0.id, limit: events.limit)
      }
      try common.answer(found, library, project.id)
    }
  }
}

/// The pictures that a command is about.
struct ImageSelection: ParsableArguments {
  @Argument(help: ArgumentHelp("Pictures: path as imported, name or id.", valueName: "image"))
  var images: [String]

  /// - Throws: `LibraryError.imageNotFound`.
  func ids(in library: Library, _ project: Project) throws -> [ImageID] {
    try images.flatMap { try library.images(named: $0, of: project.id).map(\.id) }
  }
}

extension Library {
  /// The picture that an argument names.
  ///
  /// - Throws: `LibraryError.imageNotFound`; `WrongUse` where several bear the name.
  func onlyImage(named name: String, of project: Project) throws -> Image {
    let images = try images(named: name, of: project.id)
    guard images.count == 1 else {
      throw WrongUse("\(images.count) pictures are called \(name). Name one by its path or id.")
    }
    return images[0]
  }
}

extension Image {
  func document(_ tagNames: [TagID: String]) -> JSONValue {
    .object([
      ("id", .string(id.description)), ("path", .string(path)), ("name", .string(name)),
      ("width", .integer(width)), ("height", .integer(height)), ("bytes", .integer(byteCount)),
      ("content", .string(content.description)),
      ("tags", .array(tags.map { .string(tagNames[$0] ?? "") })),
    ])
  }
}
