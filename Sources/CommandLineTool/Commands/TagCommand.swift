import ArgumentParser
import Dataset
import ProjectLibrary

struct TagCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tag", abstract: "Make, list, rename, merge, delete and restore tags.",
    subcommands: [
      Create.self, List.self, Rename.self, Merge.self, Delete.self, Restore.self, History.self,
    ])

  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "create", abstract: "Make a tag.")
    @Argument(help: "What to call it.") var name: String
    @Flag(help: "Stands for pictures of none of the others; one a project.") var negative = false
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let tag = try library.createTag(
        name, kind: negative ? .negative : .regular, in: project.id)
      common.answer(TagCount(tag: tag, imageCount: 0).document, "Made the tag \(tag.name).")
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List a project's tags.")
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let tags = try library.tagCounts(of: project.id)
      var table = TextTable([("tag", .left), ("images", .right)])
      for tag in tags { table.add([tag.label, "\(tag.imageCount)"]) }
      common.answer(
        .array(tags.map(\.document)),
        tags.isEmpty ? "No tag yet. Make one: tagbench tag create NAME" : table.text)
    }
  }

  struct Rename: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rename", abstract: "Give a tag another name.")
    @Argument(help: "Its name now.") var name: String
    @Argument(help: "Its new name.") var newName: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      try library.renameTag(name, to: newName, in: project.id)
      common.answer(
        .object([("from", .string(name)), ("to", .string(newName))]), "\(name) is now \(newName).")
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "merge",
      abstract: "Give every picture of one tag another tag instead. Undo takes it back.")
    @Argument(help: "The tag that goes.") var name: String
    @Argument(help: "The tag that stays.") var target: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let count = try library.mergeTag(name, into: target, in: project.id)
      common.answer(
        .object([("merged", .string(name)), ("into", .string(target)), ("images", .integer(count))]
        ),
        "\(name) is now part of \(target): \(Figures.count(count, "picture")).")
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete",
      abstract: "Take a tag out of the list and off its pictures. It can be restored.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let count = try library.deleteTag(name, in: project.id)
      common.answer(
        .object([("deleted", .string(name)), ("labels", .integer(count))]),
        "\(name) is gone from \(Figures.count(count, "picture")). "
          + "Bring it back with: tagbench tag restore \(Shell.word(name))")
    }
  }

  struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore", abstract: "Bring a deleted tag back, with its labels.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let outcome = try library.restoreTag(name, in: project.id)
      common.answer(
        .object([
          ("restored", .string(name)), ("reverted", .integer(outcome.revertedCount)),
          ("skipped", .integer(outcome.skippedCount)),
        ]), outcome.text(verb: "Restored"))
    }
  }

  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "history", abstract: "Show what happened to a tag, newest first.")
    @Argument(help: "Its name.") var name: String
    @OptionGroup var events: EventOptions
    @OptionGroup var common: CommonOptions

    func run() throws {
      let (library, project) = try common.open()
      let tag = try library.tag(name, of: project.id)
      try common.answer(
        try library.history(of: project.id, tag: tag.id, limit: events.limit), library, project.id)
    }
  }
}
