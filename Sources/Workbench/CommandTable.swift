/// Every command once, in the order of the help view: the keymap, the help and the hints of the
/// status line are made from it.
public let commandTable: [CommandEntry] =
  [
    entry(.moveUp, "up", ["k", "Up"], .moving, "Go to the row above"),
    entry(.moveDown, "down", ["j", "Down"], .moving, "Go to the row below"),
    entry(.pageUp, "page-up", ["Page Up", "Ctrl-B"], .moving, "Go up by a page"),
    entry(.pageDown, "page-down", ["Page Down", "Ctrl-F"], .moving, "Go down by a page"),
    entry(.moveToFirst, "first", ["g", "Home"], .moving, "Go to the first row"),
    entry(.moveToLast, "last", ["G", "End"], .moving, "Go to the last row"),
    entry(.nextPane, "next-pane", ["Tab", "l", "Right"], .moving, "Go to the next pane"),
    entry(
      .previousPane, "previous-pane", ["Shift-Tab", "h", "Left"], .moving,
      "Go to the pane before"),
    entry(
      .open, "open", ["Enter"], .moving, "Go from a tag to its images",
      hint: "open", in: [.tags]),
    entry(
      .back, "back", ["Esc"], .moving,
      "Close what is on top, drop marks, show all images"),
  ]
  + (1...9).map { number in
    CommandEntry(
      command: .giveTag(number), name: "tag-\(number)", keys: ["\(number)"], group: .tagging,
      help: "Give tag \(number) of the list",
      hint: number == 1 ? CommandEntry.Hint(text: "tag", panes: [.images]) : nil)
  }
  + [
    entry(
      .giveNegativeTag, "tag-negative", ["0"], .tagging,
      "Give the negative tag: none of the others"),
    entry(
      .clearTags, "untag", ["x"], .tagging, "Take all tags away", hint: "untag", in: [.images]),
    entry(
      .toggleMark, "mark", ["Space"], .tagging,
      "Mark the image: tagging means all marked ones", hint: "mark", in: [.images]),
    entry(
      .undo, "undo", ["u"], .tagging, "Take your last change back", hint: "undo",
      in: [.images, .tags]),
    entry(.redo, "redo", ["Ctrl-R"], .tagging, "Make the change again that was taken back"),
    entry(
      .newTag, "new-tag", ["n"], .project, "Add a tag to the list", hint: "new tag", in: [.tags]),
    entry(
      .importFiles, "import", ["i"], .project, "Import pictures from files and folders",
      hint: "import", in: [.tags, .images]),
    entry(
      .train, "train", ["T"], .project, "Train on the tagged images", hint: "train",
      in: [.tags, .images, .training]),
    entry(
      .cancelJob, "cancel", ["c"], .project, "Stop the job that was started last",
      hint: "cancel", in: [.tags, .images, .training]),
    entry(
      .help, "help", ["?"], .program, "Show every key; Enter runs the one chosen", hint: "help",
      in: [.tags, .images, .training]),
    entry(
      .quit, "quit", ["q", "Ctrl-C"], .program, "Leave tagbench", hint: "quit",
      in: [.tags, .images, .training]),
  ]

private func entry(
  _ command: Command, _ name: String, _ keys: [String], _ group: CommandEntry.Group,
  _ help: String, hint: String? = nil, in panes: Set<Pane> = []
) -> CommandEntry {
  CommandEntry(
    command: command, name: name, keys: keys, group: group, help: help,
    hint: hint.map { CommandEntry.Hint(text: $0, panes: panes) })
}
