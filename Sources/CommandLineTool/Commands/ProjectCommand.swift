import ArgumentParser
import Dataset
import ProjectLibrary

struct ProjectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Make, list, rename, change, delete, restore, export and import projects.",
    subcommands: [
      Create.self, List.self, Show.self, Rename.self, SetDomain.self, Delete.self, Restore.self,
      Export.self, Import.self,
    ])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create", abstract: "Make a project.",
      discussion: "Unless you say otherwise its domain is general.")
    @Argument(help: "What to call it.") var name: String
    @Option(
      help: "multiclass (one tag a picture) or multilabel (several).",
      completion: .list(ClassificationType.allCases.map(\.rawValue)),
      transform: { try oneOf($0) })
    var type: ClassificationType = .multiclass
    @OptionGroup var embedding: DomainOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let domain = try embedding.chosen() ?? .general
      let project = try common.openLibrary(makesIt: true)
        .createProject(name, type: type, domain: domain)
      common.answer(
        project.document, "Made \(project.name). Bring photos in with: tagbench import PATH…")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the library's projects.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.openLibrary()
      let projects = try library.projects()
      var table = TextTable([
        ("project", .left), ("type", .left), ("domain", .left), ("images", .right),
      ])
      for project in projects {
        let imageCount = try library.imageCount(of: project.id)
        table.add([
          project.name, project.type.rawValue, project.domain.rawValue, "\(imageCount)",
        ])
      }
      common.answer(
        .array(projects.map(\.document)),
        projects.isEmpty ? "No project yet. Make one: tagbench project create NAME" : table.text)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one project.")
    @Argument(help: "Its name.") var name: String?
    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.openLibrary()
      let project = try library.project(named: name ?? common.projectName)
      let imageCount = try library.imageCount(of: project.id)
      common.answer(
        project.document,
        """
        \(project.name)
        id      \(project.id)
        type    \(project.type.rawValue)
        domain  \(project.domain.rawValue)
        images  \(imageCount)
        """)
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a project another name.")
    @Argument(help: "Its name now.") var name: String
    @Argument(help: "Its new name.") var newName: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.openLibrary()
      let project = try library.project(named: name)
      try library.rename(project, to: newName)
      let renamed = try library.project(project.id)
      common.answer(renamed.document, "\(name) is now \(newName).")
    }
  }

  struct SetDomain: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "domain",
      abstract: "Embed a project's pictures otherwise from now on.",
      discussion: """
        Iterations keep the domain or encoder that they were trained with; the next training makes \
        the embeddings that it needs.
        """)
    @Argument(help: "The project's name.") var name: String
    @OptionGroup var embedding: DomainOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      guard let domain = try embedding.chosen() else {
        throw ValidationError("Say which with --domain or --encoder.")
      }
      let library = try common.openLibrary()
      let project = try library.project(named: name)
      try library.setDomain(domain, of: project.id)
      let changed = try library.project(project.id)
      common.answer(
        changed.document,
        "\(name) uses \(domain.rawValue) now. Train again with: tagbench train")
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Take a project out of the list. It can be restored.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let library = try common.openLibrary()
      let project = try library.project(named: name)
      try library.delete(project)
      common.answer(
        project.document,
        "\(name) is out of the list. Bring it back with: tagbench project restore \(Shell.word(name))"
      )
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Bring a deleted project back.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let project = try common.openLibrary().restoreProject(named: name)
      common.answer(project.document, "\(project.name) is back.")
    }
  }
}

/// Reads one of a list of words.
func oneOf<Choice: RawRepresentable<String> & CaseIterable>(
  _ text: String
) throws -> Choice {
  guard let choice = Choice(rawValue: text) else {
    let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("“\(text)” is none of: \(words).")
  }
  return choice
}

extension Project {
  var document: JSONValue {
    .object([
      ("id", .string(id.description)), ("name", .string(name)),
      ("description", .string(description)), ("type", .string(type.rawValue)),
      ("domain", .string(domain.rawValue)),
    ])
  }
}
