public import Dataset

/// A line of text that is being typed.
public struct Prompt: Equatable, Sendable {
  public enum Purpose: Equatable, Sendable {
    case newTag
    case importPaths
    case renameProject
    case renameTag(Tag)
    /// Which tag the images of this one get instead of it.
    case mergeTag(Tag)
    /// From which probability on, in percent, suggestions are taken.
    case acceptSuggestions
    /// The filter of the image list, which follows each key.
    case filter
    /// What narrows a picker's list.
    case search
  }

  public let purpose: Purpose
  public internal(set) var text: String
  /// Where typing goes: a count of characters from the start, in `0...text.count`.
  public internal(set) var cursor: Int
  /// How the text could go on, as was found last.
  public internal(set) var choices: [String] = []
  /// Why what was typed was not taken, until it is changed.
  public internal(set) var problem: Problem?

  /// What is wrong with a text; views word it.
  public enum Problem: Equatable, Sendable {
    case tagNameTaken(String)
    case projectNameTaken(String)
    case noTagOfName(String)
    /// A tag cannot be given in place of itself, nor in place of the negative one.
    case notMergeable(String)
    /// No file or folder is where the paths lead.
    case nothingThere(pathCount: Int)
    /// It means nothing here; `nil` where nothing can be typed at all.
    case unknown(String, wanted: String?)
    /// The library says so.
    case refused(reason: String)
  }

  public init(_ purpose: Purpose, text: String = "", problem: Problem? = nil) {
    self.purpose = purpose
    self.text = text
    self.cursor = text.count
    self.problem = problem
  }

  /// Carries an edit out.
  mutating func edit(_ edit: PromptEdit) {
    // Typing a combining mark or half of an emoji can join characters, so that counts are taken
    // anew.
    let before = text.prefix(cursor)
    let after = text.dropFirst(cursor)
    choices = []
    problem = nil
    switch edit {
    case .insert(let typed): set(before + Self.oneLine(typed), after)
    case .deleteBackward: set(before.dropLast(), after)
    case .deleteForward: set(before, after.dropFirst())
    case .deleteWord: set(Self.withoutLastWord(before), after)
    case .deleteToStart: set("", after)
    case .moveLeft: cursor = max(0, cursor - 1)
    case .moveRight: cursor = min(text.count, cursor + 1)
    case .moveToStart: cursor = 0
    case .moveToEnd: cursor = text.count
    }
  }

  private mutating func set(_ before: some StringProtocol, _ after: some StringProtocol) {
    text = String(before) + String(after)
    cursor = min(before.count, text.count)
  }

  /// Text without control characters: pasted line ends become spaces.
  private static func oneLine(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.compactMap { scalar in
          switch scalar.properties.generalCategory {
          case .control: scalar == "\n" || scalar == "\r" || scalar == "\t" ? " " : nil
          default: scalar
          }
        }))
  }

  /// A path goes folder by folder: `~/a/b/` becomes `~/a/`.
  private static func withoutLastWord(_ text: Substring) -> Substring {
    var rest = text
    while let last = rest.last, last == " " || last == "/" { rest.removeLast() }
    while let last = rest.last, last != " ", last != "/" { rest.removeLast() }
    return rest
  }
}

/// A change of a prompt's text or cursor.
public enum PromptEdit: Equatable, Sendable {
  case insert(String)
  case deleteBackward
  case deleteForward
  /// Deletes back to the start of the word, or of the last part of a path.
  case deleteWord
  case deleteToStart
  case moveLeft
  case moveRight
  case moveToStart
  case moveToEnd
}
