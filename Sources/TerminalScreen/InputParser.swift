import TerminalGrid

/// Turns the bytes that a terminal sends into keys, pastes and mouse events.
///
/// Pure: the bytes come in by `append`, and the owner says when a pause has passed, which is all
/// that tells the Escape key from the start of a sequence. Sequences follow ECMA-48 and xterm's
/// "Control Sequences"; those of other terminals come from terminfo through `terminalKeys`. What no
/// rule knows is swallowed whole, so that a terminal's answers never act as keys.
struct InputParser {
  /// Bytes that are not understood yet.
  private var bytes: ArraySlice<UInt8> = []
  /// Whether a paste has begun whose end has not come yet.
  private var isPasting = false
  private var pasted: [UInt8] = []
  private let terminalKeys: [[UInt8]: KeyPress]

  init(terminalKeys: [[UInt8]: KeyPress] = [:]) {
    self.terminalKeys = terminalKeys
  }

  mutating func append(_ more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  /// Whether the bytes left could be whole keys or the start of longer ones: a pause will decide.
  var isUndecided: Bool { !isPasting && !bytes.isEmpty }

  /// Returns the next event; `nil` when the bytes so far hold no whole one.
  ///
  /// - Parameter afterPause: No more bytes are about to come, so that an escape byte alone is the
  ///   key.
  mutating func next(afterPause: Bool = false) -> Input? {
    while !bytes.isEmpty {
      if isPasting { return takePaste().map(Input.paste) }
      switch parse(bytes, afterPause: afterPause) {
      case .incomplete: return nil
      case .swallow(let count): bytes = bytes.dropFirst(count)
      case .beginPaste(let count):
        bytes = bytes.dropFirst(count)
        isPasting = true
      case .input(let input, let count):
        bytes = bytes.dropFirst(count)
        return input
      }
    }
    return nil
  }

  /// Moves pasted bytes over; returns the text once its end has come.
  private mutating func takePaste() -> String? {
    let end = Array("\u{1B}[201~".utf8)
    // What was searched before matters only as far as the end mark may have been cut in two.
    let start = max(0, pasted.count - end.count + 1)
    pasted.append(contentsOf: bytes)
    bytes = []
    guard let place = pasted[start...].firstIndex(of: end) else { return nil }
    let text = String(decoding: pasted[..<place], as: UTF8.self)
    bytes = ArraySlice(Array(pasted[(place + end.count)...]))
    pasted = []
    isPasting = false
    // Terminals send returns for line breaks, as if typed.
    return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
  }

  enum Step: Equatable {
    case incomplete
    case swallow(Int)
    case beginPaste(Int)
    case input(Input, Int)

    static func key(_ key: Key, _ modifiers: KeyPress.Modifiers = [], length: Int) -> Step {
      .input(.key(KeyPress(key, modifiers)), length)
    }
  }

  private func parse(_ bytes: ArraySlice<UInt8>, afterPause: Bool) -> Step {
    guard let first = bytes.first else { return .incomplete }
    if first == 0x1B { return parseEscape(bytes, afterPause: afterPause) }
    switch first {
    case 0x00: return .key(.character(" "), .control, length: 1)
    case 0x08, 0x7F: return .key(.backspace, length: 1)
    case 0x09: return .key(.tab, length: 1)
    case 0x0A, 0x0D: return .key(.enter, length: 1)
    case 0x01...0x1A: return .key(.character(letter(first + 0x60)), .control, length: 1)
    case 0x1C...0x1F: return .key(.character(letter(first + 0x40)), .control, length: 1)
    default: return parseCharacter(bytes, afterPause: afterPause)
    }
  }

  private func parseCharacter(_ bytes: ArraySlice<UInt8>, afterPause: Bool) -> Step {
    let first = bytes[bytes.startIndex]
    let length =
      switch first {
      case 0..<0x80: 1
      case 0xC2..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF5: 4
      default: 0
      }
    guard length > 0 else { return .swallow(1) }
    let text = bytes.prefix(length)
    guard text.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) else { return .swallow(1) }
    guard text.count == length else { return afterPause ? .swallow(text.count) : .incomplete }
    guard let string = String(validating: text, as: UTF8.self), let character = string.first else {
      return .swallow(1)
    }
    return .key(.character(character), length: length)
  }

  private func parseEscape(_ bytes: ArraySlice<UInt8>, afterPause: Bool) -> Step {
    let rest = bytes.dropFirst()
    guard let second = rest.first else {
      return afterPause ? .key(.escape, length: 1) : .incomplete
    }
    if let step = parseTerminalKey(bytes) { return step }
    let step: Step =
      switch second {
      case UInt8(ascii: "["): parseControlSequence(bytes)
      case UInt8(ascii: "O"): parseSingleShift(bytes)
      case 0x1B where rest.count == 1 && afterPause: .key(.escape, length: 1)
      default: withAlt(parse(rest, afterPause: afterPause))
      }
    // Nothing came after the start of a sequence: it was Alt with that character.
    guard step == .incomplete, afterPause else { return step }
    return withAlt(parseCharacter(rest, afterPause: true))
  }

  /// Looks for the longest sequence of terminfo that the bytes begin with.
  private func parseTerminalKey(_ bytes: ArraySlice<UInt8>) -> Step? {
    let longest = min(8, bytes.count)
    for length in stride(from: longest, to: 1, by: -1) {
      if let press = terminalKeys[Array(bytes.prefix(length))] {
        return .input(.key(press), length)
      }
    }
    return nil
  }

  private func withAlt(_ step: Step) -> Step {
    switch step {
    case .incomplete: .incomplete
    case .swallow(let count), .beginPaste(let count): .swallow(count + 1)
    case .input(.key(let press), let count):
      .key(press.key, press.modifiers.union(.alt), length: count + 1)
    case .input(let input, let count): .input(input, count + 1)
    }
  }
}

private func letter(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }

extension RandomAccessCollection where Element: Equatable, Index == Int {
  /// The first place where `part` begins.
  fileprivate func firstIndex(of part: [Element]) -> Index? {
    guard count >= part.count else { return nil }
    return (startIndex...(endIndex - part.count)).first { index in
      self[index] == part[0] && self[index..<(index + part.count)].elementsEqual(part)
    }
  }
}
