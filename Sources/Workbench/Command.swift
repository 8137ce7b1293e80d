/// Something that a person can ask for; `commandTable` has each of them once.
public enum Command: Hashable, Sendable {
  case moveUp
  case moveDown
  case pageUp
  case pageDown
  case moveToFirst
  case moveToLast
  case nextPane
  case previousPane
  case open
  case back
  /// The tag that has this digit, 1 to 9.
  case giveTag(Int)
  case giveNegativeTag
  case clearTags
  case toggleMark
  case undo
  case redo
  case newTag
  case importFiles
  case train
  case cancelJob
  case help
  case quit
}

/// A command with all that people are told about it.
public struct CommandEntry: Equatable, Sendable {
  public enum Group: String, Sendable, CaseIterable {
    case moving = "Moving"
    case tagging = "Tagging"
    case project = "Project"
    case program = "Program"
  }

  public let command: Command
  /// What it is called in the manual and wherever commands are named.
  public let name: String
  /// The keys that run it, as manuals write them: `j`, `Down`, `Ctrl-R`, `Shift-Tab`.
  public let keys: [String]
  public let group: Group
  /// What it does, as a sentence without a full stop.
  public let help: String
  /// What the status line calls it, and the panes in which it is told there; `nil` when nowhere.
  public let hint: Hint?

  public struct Hint: Equatable, Sendable {
    public let text: String
    public let panes: Set<Pane>
  }
}

/// A part of the screen that can have the focus.
public enum Pane: String, Sendable, CaseIterable {
  case tags
  case images
  case training
}
