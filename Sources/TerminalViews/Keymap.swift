public import TerminalGrid
public import Workbench

/// Returns what an input means in a state; `nil` when it means nothing.
///
/// A hang-up is nothing to the state: who runs the screen leaves without asking.
public func message(for input: Input, in state: State) -> Message? {
  switch input {
  case .resize(let size): .resized(viewport(of: size, in: state))
  case .paste(let text): .pasted(text)
  case .key(let press): message(for: press, in: state)
  case .mouse(let event): message(for: event, in: state)
  case .hangUp: nil
  }
}

private func message(for press: KeyPress, in state: State) -> Message? {
  switch state.overlay {
  case .prompt: promptMessage(for: press)
  case .picker: pickerMessage(for: press) ?? promptMessage(for: press)
  case .question: answer(for: press).map(Message.answered)
  case .refusedFiles, .history, nil: state.command(ofKey: press.name).map(Message.command)
  }
}

/// The keys that move in a picker's list while letters go into its text.
private func pickerMessage(for press: KeyPress) -> Message? {
  switch press.name {
  case "Up", "Ctrl-P": .command(.moveUp)
  case "Down", "Ctrl-N": .command(.moveDown)
  case "Page Up": .command(.pageUp)
  case "Page Down": .command(.pageDown)
  default: nil
  }
}

private func answer(for press: KeyPress) -> Answer? {
  switch press.name {
  case "y", "Y": .yes
  case "n", "N": .no
  case "Esc", "q", "Ctrl-C": .cancel
  default: nil
  }
}

private func promptMessage(for press: KeyPress) -> Message? {
  switch press.name {
  case "Enter": .promptSubmitted
  case "Esc", "Ctrl-C": .command(.back)
  case "Tab": .completionWanted
  case "Backspace", "Ctrl-H": .promptEdited(.deleteBackward)
  case "Delete", "Ctrl-D": .promptEdited(.deleteForward)
  case "Ctrl-W", "Alt-Backspace": .promptEdited(.deleteWord)
  case "Ctrl-U": .promptEdited(.deleteToStart)
  case "Left", "Ctrl-B": .promptEdited(.moveLeft)
  case "Right", "Ctrl-F": .promptEdited(.moveRight)
  case "Home", "Ctrl-A": .promptEdited(.moveToStart)
  case "End", "Ctrl-E": .promptEdited(.moveToEnd)
  default:
    switch press.key {
    case .character(let character) where press.modifiers.isEmpty:
      .promptEdited(.insert(String(character)))
    default: nil
    }
  }
}

extension KeyPress {
  /// The key as manuals write it, and as `CommandEntry.keys` has it: `j`, `Ctrl-R`, `Shift-Tab`.
  public var name: String {
    var name = ""
    if modifiers.contains(.control) { name += "Ctrl-" }
    if modifiers.contains(.alt) { name += "Alt-" }
    if modifiers.contains(.shift) { name += "Shift-" }
    return name + key.name(isUppercase: modifiers.contains(.control))
  }
}

extension Key {
  fileprivate func name(isUppercase: Bool) -> String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): isUppercase ? character.uppercased() : String(character)
    case .enter: "Enter"
    case .tab: "Tab"
    case .escape: "Esc"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .insert: "Insert"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "Page Up"
    case .pageDown: "Page Down"
    case .function(let number): "F\(number)"
    }
  }
}
