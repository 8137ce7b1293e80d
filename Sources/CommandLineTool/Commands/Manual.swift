import ArgumentParser
import Foundation

/// Writes the manual page from the commands themselves, so that it cannot differ from them.
struct Manual: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print the manual page.", shouldDisplay: false)

  func run() throws {
    let tool = try JSONDecoder().decode(ToolHelp.self, from: Data(Tagbench._dumpHelp().utf8))
    Tagbench.say(ManualPage(tool.command).text)
  }
}

/// The part of the argument parser's own description that a manual page needs.
private struct ToolHelp: Decodable {
  let command: CommandHelp
}

private struct CommandHelp: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let subcommands: [CommandHelp]?
  let arguments: [ArgumentHelpText]?
}

private struct ArgumentHelpText: Decodable {
  struct Name: Decodable {
    let kind: String
    let name: String
  }

  let kind: String
  let shouldDisplay: Bool
  let names: [Name]?
  let valueName: String?
  let abstract: String?
  let discussion: String?
  let defaultValue: String?

  /// `--tag <tag>`, `<path>`.
  var usage: String {
    let value = valueName.map { "<\($0)>" } ?? ""
    guard kind != "positional" else { return value }
    let names = (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name }
    return names.joined(separator: ", ") + (kind == "option" ? " \(value)" : "")
  }
}

/// A manual page in the language of man(7).
private struct ManualPage {
  private(set) var text: String

  init(_ command: CommandHelp) {
    text = """
      .TH TAGBENCH 1 "" "tagbench \(Tagbench.version)" "User Commands"
      .SH NAME
      tagbench \\- \(Self.escaped(command.abstract ?? ""))
      .SH SYNOPSIS
      .B tagbench
      [\\fIcommand\\fR] [\\fIoptions\\fR]
      .SH DESCRIPTION
      \(Self.escaped(command.discussion ?? ""))
      .SH OPTIONS OF EVERY COMMAND

      """
    let common = (command.subcommands ?? []).first { $0.commandName == "status" }?.arguments ?? []
    let isCommon = { (argument: ArgumentHelpText) in common.contains { $0.usage == argument.usage }
    }
    for argument in common where argument.shouldDisplay { add(argument) }
    text += ".SH COMMANDS\n"
    for subcommand in command.subcommands ?? [] {
      add(subcommand, after: "tagbench", leavingOut: isCommon)
    }
    text += """
      .SH EXIT STATUS
      0: done. 1: some items were refused or failed. 2: wrong use.
      .SH FILES
      .TP
      ~/.local/share/tagbench/library
      The library, unless \\fB\\-\\-library\\fR or $TAGBENCH_LIBRARY says otherwise.
      .TP
      ~/.config/tagbench/settings.toml
      Your settings; see \\fBtagbench settings\\fR.
      .TP
      ~/.config/tagbench/themes
      Your own themes.
      """
  }

  private mutating func add(
    _ command: CommandHelp, after path: String, leavingOut isCommon: (ArgumentHelpText) -> Bool
  ) {
    guard command.shouldDisplay ?? true, command.commandName != "help" else { return }
    let name = "\(path) \(command.commandName)"
    text += ".SS \(Self.escaped(name))\n\(Self.escaped(command.abstract ?? ""))\n"
    if let discussion = command.discussion { text += ".PP\n\(Self.escaped(discussion))\n" }
    for argument in command.arguments ?? [] where argument.shouldDisplay && !isCommon(argument) {
      add(argument)
    }
    for subcommand in command.subcommands ?? [] {
      add(subcommand, after: name, leavingOut: isCommon)
    }
  }

  private mutating func add(_ argument: ArgumentHelpText) {
    text += ".TP\n\\fB\(Self.escaped(argument.usage))\\fR\n\(Self.escaped(argument.abstract ?? ""))"
    if let discussion = argument.discussion { text += " \(Self.escaped(discussion))" }
    if let value = argument.defaultValue { text += " (default: \(Self.escaped(value)))" }
    text += "\n"
  }

  /// Protects what roff would read as its own.
  private static func escaped(_ text: String) -> String {
    let plain = text.replacingOccurrences(of: "\\", with: "\\e")
      .replacingOccurrences(of: "-", with: "\\-").replacingOccurrences(of: "\n", with: " ")
    return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&\(plain)" : plain
  }
}
