/// Something that came from a person's side of the terminal.
public enum Input: Hashable, Sendable {
  case key(KeyPress)
  /// Text that was pasted or dropped, however many lines; never reported as keys.
  case paste(String)
  case mouse(MouseEvent)
  /// The terminal has another size now.
  case resize(Size)
  /// The terminal is gone; nothing more will come.
  case hangUp
}

/// A key together with the modifiers held.
///
/// Characters come as typed: `T` is `.character("T")` without shift. Ctrl and Alt are modifiers:
/// Ctrl-R is `KeyPress("r", .control)`. Shift is told only for keys that are no characters.
public struct KeyPress: Hashable, Sendable {
  public struct Modifiers: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let control = Modifiers(rawValue: 1)
    public static let alt = Modifiers(rawValue: 2)
    public static let shift = Modifiers(rawValue: 4)
  }

  public let key: Key
  public let modifiers: Modifiers

  public init(_ key: Key, _ modifiers: Modifiers = []) {
    self.key = key
    self.modifiers = modifiers
  }

  /// The key of a printable character.
  public init(_ character: Character, _ modifiers: Modifiers = []) {
    self.init(.character(character), modifiers)
  }
}

/// A key of the keyboard. Shift-Tab is `.tab` with `.shift`.
public enum Key: Hashable, Sendable {
  case character(Character)
  case enter
  case tab
  case escape
  case backspace
  case delete
  case insert
  case up
  case down
  case left
  case right
  case home
  case end
  case pageUp
  case pageDown
  /// F1 is `.function(1)`.
  case function(Int)
}

/// What the mouse did, and where.
public struct MouseEvent: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case press(Button)
    case release(Button)
    /// Moved with a button held.
    case drag(Button)
    /// Turned away from the person, which scrolls towards the top.
    case wheelUp
    case wheelDown
  }

  public enum Button: Hashable, Sendable {
    case left
    case middle
    case right
  }

  public let action: Action
  public let position: Position
  public let modifiers: KeyPress.Modifiers

  public init(_ action: Action, at position: Position, _ modifiers: KeyPress.Modifiers = []) {
    self.action = action
    self.position = position
    self.modifiers = modifiers
  }
}
