/// Every command once, in the order of the help view: the keymap, the help, the palette and the
/// hints of the status line are made from it.
public let commandTable: [CommandEntry] = moving + finding + tagging + reviewing + project + program

private let moving = [
  entry(.moveUp, "up", ["k", "Up"], .moving, "Go to the row above"),
  entry(.moveDown, "down", ["j", "Down"], .moving, "Go to the row below"),
  entry(
    .moveLeft, "left", ["h", "Left"], .moving, "Go to the picture or the pane on the left"),
  entry(
    .moveRight, "right", ["l", "Right"], .moving, "Go to the picture or the pane on the right"),
  entry(.pageUp, "page-up", ["Page Up", "Ctrl-B"], .moving, "Go up by a page"),
  entry(.pageDown, "page-down", ["Page Down", "Ctrl-F"], .moving, "Go down by a page"),
  entry(.moveToFirst, "first", ["g", "Home"], .moving, "Go to the first row"),
  entry(.moveToLast, "last", ["G", "End"], .moving, "Go to the last row"),
  entry(.nextPane, "next-pane", ["Tab"], .moving, "Go to the next pane"),
  entry(.previousPane, "previous-pane", ["Shift-Tab"], .moving, "Go to the pane before"),
  entry(
    .open, "open", ["Enter"], .moving, "Show the picture large; from a tag go to its images",
    hint: "open", in: [.tags, .images]),
  entry(
    .back, "back", ["Esc"], .moving,
    "Go back: close, drop marks, end the filter, show all images"),
]

private let finding = [
  entry(
    .filter, "filter", ["/"], .finding,
    "Filter by names, tags and terms: tag:daisy untagged wrong p<0.6 size>1mb -term",
    hint: "filter", in: [.images], argument: "TERMS"),
  entry(
    .changeOrder, "sort", ["s"], .finding, "Sort by import, name, size or certainty",
    argument: "imported, name, size or certainty"),
  entry(.reverseOrder, "reverse", ["S"], .finding, "Turn the order round"),
  entry(
    .toggleSheet, "contact-sheet", ["z"], .finding, "Show a list or a contact sheet",
    hint: "sheet", in: [.images]),
]

private let tagging =
  (1...9).map { number in
    CommandEntry(
      command: .giveTag(number), name: "tag-\(number)", keys: ["\(number)"], keyPane: nil,
      group: .tagging,
      help: "Give tag \(number) of the list",
      hint: number == 1 ? CommandEntry.Hint(text: "tag", panes: [.images]) : nil, argument: nil)
  }
  + [
    entry(
      .giveNegativeTag, "tag-negative", ["0"], .tagging,
      "Give the negative tag: none of the others"),
    entry(
      .pickTag, "pick-tag", ["t"], .tagging,
      "Choose a tag by typing, most probable first; makes one where none matches",
      hint: "pick", in: [.images]),
    entry(.repeatTagging, "repeat", ["."], .tagging, "Do the last tagging again"),
    entry(
      .clearTags, "untag", ["x"], .tagging, "Take all tags away", hint: "untag", in: [.images]),
    entry(
      .toggleMark, "mark", ["Space"], .tagging,
      "Mark the image: tagging means all marked ones", hint: "mark", in: [.images]),
    entry(
      .markRange, "mark-range", ["v"], .tagging, "Mark from here to where you go; again to end"),
    entry(.markAll, "mark-all", ["*"], .tagging, "Mark all images shown; again to drop all marks"),
    entry(
      .undo, "undo", ["u"], .tagging, "Take your last change back", hint: "undo",
      in: [.images, .tags]),
    entry(.redo, "redo", ["Ctrl-R"], .tagging, "Make the change again that was taken back"),
  ]

private let reviewing = [
  entry(
    .showWrong, "wrong", ["w"], .reviewing,
    "List pictures whose prediction disagrees with their tag, most certain first"),
  entry(
    .showSuspects, "suspects", ["W"], .reviewing,
    "List all tagged pictures, the most suspicious tag first, with the reason"),
  entry(
    .showQueue, "queue", ["N"], .reviewing,
    "Go through the untagged pictures that would teach most, one at a time"),
  entry(
    .showSuggestions, "suggestions", ["a"], .reviewing,
    "List untagged pictures with the tags they probably should bear, surest first"),
  entry(
    .acceptSuggestions, "accept-suggestions", ["A"], .reviewing,
    "Give all untagged pictures their suggested tags from a probability on; one undo takes it back",
    argument: "a percentage from 0 to 100"),
  entry(
    .showNeighbours, "more-like-this", ["m"], .reviewing,
    "List the pictures that are most like this one"),
  entry(
    .explain, "explain", ["e"], .reviewing,
    "Show which parts of the picture speak for what it is taken for; again to end"),
  entry(
    .showNearDuplicates, "near-duplicates", ["d"], .reviewing,
    "List pictures that are nearly the same, those tagged differently first"),
  entry(
    .showChanges, "changes", ["o"], .reviewing,
    "List pictures that became right or wrong since the iteration before, or the one compared with",
    hint: "changed pictures"),
  entry(
    .takeAsked, "take-asked", ["I"], .reviewing,
    "Bring in the pictures that programs asked the server about, those that teach most first",
    argument: "how many; 20 without"),
  entry(
    .takePrediction, "take-prediction", ["y"], .reviewing, "Give the image the predicted tag",
    hint: "take prediction"),
  entry(
    .confirmTags, "confirm", ["r"], .reviewing,
    "Say that the tag is right although the prediction disagrees; it is remembered",
    hint: "tag is right"),
  entry(
    .keepOne, "keep-one", ["K"], .reviewing,
    "Of a group of near-duplicates keep this picture, with their tag, and remove the others",
    hint: "keep one"),
  entry(
    .keepAll, "keep-all", ["B"], .reviewing,
    "Of a group of near-duplicates keep all; it is remembered", hint: "keep all"),
  entry(
    .removeImages, "remove", ["D", "Delete"], .reviewing,
    "Take the image out of the project; undo brings it back", hint: "remove"),
]

private let project = [
  entry(
    .newTag, "new-tag", ["n"], .project, "Add a tag to the list", hint: "new tag", in: [.tags],
    argument: "NAME"),
  entry(
    .renameTag, "rename-tag", ["R"], .project,
    "In the Tags pane: give the tag under the cursor another name", hint: "rename", in: [.tags],
    keysIn: .tags, argument: "NAME"),
  entry(
    .deleteTag, "delete-tag", ["D", "Delete"], .project,
    "In the Tags pane: delete the tag under the cursor; asks, and undo brings it back",
    hint: "delete", in: [.tags], keysIn: .tags),
  entry(
    .mergeTag, "merge-tag", ["M"], .project,
    "In the Tags pane: give the images of the tag under the cursor another tag instead",
    hint: "merge", in: [.tags], keysIn: .tags, argument: "TAG"),
  entry(
    .importFiles, "import", ["i"], .project, "Import pictures from files and folders",
    hint: "import", in: [.tags, .images], argument: "PATHS"),
  entry(
    .showRefusedFiles, "refused-files", ["F"], .project,
    "List the files that the last import left out"),
  entry(
    .showHistory, "history", ["H"], .project,
    "Who did what when: to this picture, or from another pane to the whole project"),
  entry(
    .train, "train", ["T"], .project, "Train on the tagged images", hint: "train",
    in: [.tags, .images, .training]),
  entry(
    .showPerformance, "performance", ["p"], .project,
    "Show all figures: tags, confusion, curves, calibration, iterations", hint: "performance",
    in: [.training, .tags]),
  entry(.lowerThreshold, "lower-threshold", ["["], .project, "Lower the threshold"),
  entry(.raiseThreshold, "raise-threshold", ["]"], .project, "Raise the threshold"),
  entry(
    .showProjects, "projects", ["P"], .project, "Open another project, or make one",
    hint: "projects", in: [.tags]),
  entry(
    .renameProject, "rename-project", ["R"], .project, "Give the project another name",
    argument: "NAME"),
  entry(
    .deleteProject, "delete-project", ["X"], .project,
    "Take the project out of the list; asks, and it can be restored"),
  entry(
    .cancelJob, "cancel", ["c"], .project, "Stop the job that was started last",
    hint: "cancel", in: [.tags, .images, .training]),
]

private let program = [
  entry(.toggleZoom, "zoom", ["+"], .program, "Give the pane all the room, or give it back"),
  entry(.widenPane, "widen", [">"], .program, "Give the pane more room; it is remembered"),
  entry(.narrowPane, "narrow", ["<"], .program, "Give the pane less room; it is remembered"),
  entry(
    .changeTheme, "theme", ["C"], .program, "Choose a theme; each is shown as you pass it",
    argument: "NAME"),
  entry(
    .changeSymbols, "symbols", ["b"], .program,
    "Draw pictures with blocks, half-blocks, braille or ASCII",
    argument: "blocks, half-blocks, braille or ascii"),
  entry(.showSettings, "settings", [","], .program, "Show and change the settings"),
  entry(
    .palette, "palette", [":"], .program, "Run any command by its name", hint: "command",
    in: [.tags, .images, .training]),
  entry(
    .help, "help", ["?"], .program, "Find every command and its key; Enter runs the one chosen",
    hint: "help", in: [.tags, .images, .training]),
  entry(
    .quit, "quit", ["q", "Ctrl-C"], .program, "Leave tagbench", hint: "quit",
    in: [.tags, .images, .training]),
]

private func entry(
  _ command: Command, _ name: String, _ keys: [String], _ group: CommandEntry.Group,
  _ help: String, hint: String? = nil, in panes: Set<Pane> = [], keysIn keyPane: Pane? = nil,
  argument: String? = nil
) -> CommandEntry {
  CommandEntry(
    command: command, name: name, keys: keys, keyPane: keyPane, group: group, help: help,
    hint: hint.map { CommandEntry.Hint(text: $0, panes: panes) }, argument: argument)
}

extension Command {
  /// The command's line of the table.
  public var entry: CommandEntry? { commandTable.first { $0.command == self } }
}
