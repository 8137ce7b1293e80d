/// Something that a person can ask for; `commandTable` has each of them once.
public enum Command: Hashable, Sendable {
  case moveUp
  case moveDown
  case pageUp
  case pageDown
  case moveToFirst
  case moveToLast
  case moveLeft
  case moveRight
  case nextPane
  case previousPane
  case open
  case back
  case filter
  case showWrong
  case showSuspects
  case showSuggestions
  case acceptSuggestions
  case showQueue
  case showNeighbours
  case showNearDuplicates
  case showChanges
  case keepOne
  case keepAll
  case takeAsked
  case changeOrder
  case reverseOrder
  case toggleSheet
  case showPerformance
  case lowerThreshold
  case raiseThreshold
  /// The tag that has this digit, 1 to 9.
  case giveTag(Int)
  case giveNegativeTag
  case pickTag
  case repeatTagging
  case clearTags
  case toggleMark
  case markRange
  case markAll
  case takePrediction
  case confirmTags
  case removeImages
  case undo
  case redo
  case newTag
  case renameTag
  case deleteTag
  case mergeTag
  case importFiles
  case train
  case cancelJob
  case showRefusedFiles
  case explain
  case showHistory
  case showProjects
  case renameProject
  case deleteProject
  case toggleZoom
  case widenPane
  case narrowPane
  case changeTheme
  case changeSymbols
  case showSettings
  case palette
  case help
  case quit
}

/// A command with all that people are told about it.
public struct CommandEntry: Equatable, Sendable {
  public enum Group: String, Sendable, CaseIterable {
    case moving = "Moving"
    case finding = "Finding"
    case tagging = "Tagging"
    case reviewing = "Reviewing"
    case project = "Project"
    case program = "Program"
  }

  public let command: Command
  /// What it is called in the manual and wherever commands are named.
  public let name: String
  /// The keys that run it, as manuals write them: `j`, `Down`, `Ctrl-R`, `Shift-Tab`.
  public let keys: [String]
  /// The pane in which the keys mean this, in place of what they mean elsewhere; `nil` for everywhere.
  public let keyPane: Pane?
  public let group: Group
  /// What it does, as a sentence without a full stop.
  public let help: String
  /// What the status line calls it, and the panes in which it is told there; `nil` when nowhere.
  public let hint: Hint?
  /// What may be typed behind its name in the palette, such as `TERMS`; `nil` for nothing.
  public let argument: String?

  public struct Hint: Equatable, Sendable {
    public let text: String
    /// None for what is told only where wrong pictures are listed.
    public let panes: Set<Pane>
  }
}

/// A part of the screen that can have the focus.
public enum Pane: String, Sendable, CaseIterable {
  case tags
  case images
  case training
}
