import Dataset
import ProjectLibrary
import Workbench

extension CommonOptions {
  /// Prints events, newest first.
  func answer(_ events: [Event], _ library: Library, _ project: ProjectID) throws {
    let names = try EventNames(library, project)
    var table = TextTable([
      ("change", .right), ("time", .left), ("who", .left), ("command", .left), ("what", .left),
    ])
    for event in events {
      table.add([
        "\(event.change)", Figures.time(event.time), event.actor, event.command,
        names.words(for: event),
      ])
    }
    answer(
      .array(events.map(names.document)), events.isEmpty ? "Nothing happened yet." : table.text)
  }
}

/// Words for events, with the names that tags and images have now.
struct EventNames {
  private let tags: [TagID: String]
  private let image: (ImageID) -> String

  init(_ library: Library, _ project: ProjectID) throws {
    var tags = try library.tagNames(of: project)
    // A tag whose making was undone has no name any more; what it was called before stands for it.
    for tag in tags.filter(\.value.isEmpty).keys {
      for event in try library.history(of: project, tag: tag) {
        guard case .tagName(_, let name) = event.after, !name.isEmpty else { continue }
        tags[tag] = name
        break
      }
    }
    self.tags = tags
    // A history names few images; one that cannot be read shows its id.
    image = { id in (try? library.image(id)?.name) ?? id.description }
  }

  func words(for event: Event) -> String {
    switch event.after {
    case .label(let id, let tag, let present):
      "\(image(id)) \(present ? "is" : "is not") \(name(tag))"
    case .verdict(let id, let tag, let present):
      switch present {
      case true?: "\(image(id)) is rightly \(name(tag))"
      case false?: "\(image(id)) is rightly not \(name(tag))"
      case nil: "\(image(id)): \(name(tag)) is open again"
      }
    case .membership(let id, let present): "\(image(id)) \(present ? "added" : "removed")"
    case .tagExistence(let tag, let present): "tag \(name(tag)) \(present ? "made" : "deleted")"
    case .tagName(let tag, ""): "tag \(name(tag)) no longer named"
    case .tagName(let tag, let newName): "tag \(name(tag)) named \(newName)"
    case .tagKind(let tag, let kind): "tag \(name(tag)) made \(kind.rawValue)"
    case .tagDescription(let tag, _): "tag \(name(tag)) described"
    case .keptBesideDuplicates(let id, let isKept):
      "\(image(id)) \(isKept ? "kept beside" : "no longer kept beside") its near-duplicates"
    case .imageMetadata(let id, _): "\(image(id)) described"
    case .projectExistence(let present): "project \(present ? "made" : "deleted")"
    case .projectName(let name): "project named \(name)"
    case .projectDescription: "project described"
    case .projectType(let type): "project made \(type.rawValue)"
    case .projectDomain(let domain): "domain set to \(domain.rawValue)"
    }
  }

  /// Events as the workbench lists them.
  @Sendable
  static func lines(
    for events: [Event], _ library: Library, _ project: ProjectID
  ) throws -> [HistoryLine] {
    let names = try EventNames(library, project)
    return events.map { event in
      HistoryLine(
        time: Figures.time(event.time), actor: event.actor,
        what: "\(event.command): \(names.words(for: event))")
    }
  }

  func document(_ event: Event) -> JSONValue {
    .object([
      ("position", .integer(Int(event.position))), ("change", .integer(Int(event.change))),
      ("time", .number(event.time)), ("actor", .string(event.actor)),
      ("command", .string(event.command)), ("what", .string(words(for: event))),
    ])
  }

  private func name(_ tag: TagID) -> String { tags[tag] ?? tag.description }
}
