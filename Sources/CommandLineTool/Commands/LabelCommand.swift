import ArgumentParser
import Dataset
import ProjectLibrary

struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Give pictures tags, take them away, list them, write and read them as CSV or JSON.",
    subcommands: [
      Add.self, Remove.self, List.self, History.self, Export.self, Import.self,
    ])

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Give pictures a tag; in a multiclass project it replaces the one they had.")
    @Argument(help: "The tag.") var tag: String
    @OptionGroup var selection: ImageSelection
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let tag = try library.tag(tag, of: project.id)
      try common.label(selection, .add(tag.id), library, project)
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Take a tag away from pictures.")
    @Argument(help: "The tag.") var tag: String
    @OptionGroup var selection: ImageSelection
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let tag = try library.tag(tag, of: project.id)
      try common.label(selection, .remove(tag.id), library, project)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List pictures with their tags, now or as of an iteration.")
    @Option(name: .customLong("iteration"), help: "As they were when it was trained.")
    var number: Int?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let names = try library.tagNames(of: project.id)
      var labels: [(path: String, tag: String)] = []
      if let number {
        let iteration = try library.iteration(number, of: project)
        for (image, tag) in try library.labels(of: project.id, asOf: iteration) {
          labels.append((try library.image(image)?.path ?? image.description, names[tag] ?? ""))
        }
      } else {
        for image in try library.images(of: project.id, .tagged) {
          labels += image.tags.map { (image.path, names[$0] ?? "") }
        }
      }
      var table = TextTable([("tag", .left), ("image", .left)])
      for label in labels { table.add([label.tag, label.path]) }
      common.answer(
        .array(
          labels.map { .object([("path", .string($0.path)), ("tag", .string($0.tag))]) }),
        labels.isEmpty ? "No picture is tagged yet." : table.text)
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history", abstract: "Show what happened in a project, newest first.")
    @OptionGroup var events: EventOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try common.answer(
        try library.history(of: project.id, limit: events.limit), library, project.id)
    }
  }
}

extension CommonOptions {
  fileprivate func label(
    _ selection: ImageSelection, _ operation: LabelOperation, _ library: Library,
    _ project: Project
  ) throws {
    let images = try selection.ids(in: library, project)
    let count = try library.label(images, operation, in: project.id)
    answer(
      .object([("images", .integer(images.count)), ("changed", .integer(count))]),
      "\(Figures.count(count, "picture")) changed.")
  }
}
