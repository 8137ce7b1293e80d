import TerminalGrid

extension InputParser {
  /// Parses a control sequence: `ESC [`, parameters, intermediates, one final byte (ECMA-48, 5.4).
  func parseControlSequence(_ bytes: ArraySlice<UInt8>) -> Step {
    let body = bytes.dropFirst(2)
    // The Linux console's F1 to F5 are ESC [ [ A to E, outside of the grammar.
    if body.first == UInt8(ascii: "[") {
      guard let final = body.dropFirst().first else { return .incomplete }
      guard (UInt8(ascii: "A")...UInt8(ascii: "E")).contains(final) else { return .swallow(4) }
      return .key(.function(Int(final - UInt8(ascii: "A")) + 1), length: 4)
    }
    let parameters = body.prefix { (0x30...0x3F).contains($0) }
    let tail = body.dropFirst(parameters.count).drop { (0x20...0x2F).contains($0) }
    guard let final = tail.first else { return .incomplete }
    let count = tail.startIndex + 1 - bytes.startIndex
    // rxvt ends shifted keys with $, which is an intermediate everywhere else.
    guard (0x40...0x7E).contains(final) else { return .swallow(count - 1) }
    if parameters.first == UInt8(ascii: "<") {
      return mouseStep(parameters.dropFirst(), isRelease: final == UInt8(ascii: "m"), count)
    }
    guard parameters.allSatisfy({ $0 < 0x3C }) else { return .swallow(count) }
    let numbers = numbers(in: parameters)
    let modifiers = modifiers(fromParameter: numbers.count > 1 ? numbers[1] : 1)
    switch final {
    case UInt8(ascii: "~"): return tildeStep(numbers, modifiers, count)
    case UInt8(ascii: "u"): return characterStep(numbers.first ?? 0, modifiers, count)
    case UInt8(ascii: "Z"): return .key(.tab, modifiers.union(.shift), length: count)
    // X10 mouse reports, which were not asked for, carry three more bytes.
    case UInt8(ascii: "M") where parameters.isEmpty:
      return tail.count >= 4 ? .swallow(count + 3) : .incomplete
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      return cursorKey(final - 0x20).map { .key($0, modifiers.union(.shift), length: count) }
        ?? .swallow(count)
    // The first number is 1 where there is one; others are answers, such as the cursor's place.
    case _ where (numbers.first ?? 1) > 1: return .swallow(count)
    default: return cursorKey(final).map { .key($0, modifiers, length: count) } ?? .swallow(count)
    }
  }

  /// Parses what follows `ESC O`: cursor, function and number keys in application mode.
  func parseSingleShift(_ bytes: ArraySlice<UInt8>) -> Step {
    let body = bytes.dropFirst(2)
    let digits = body.prefix { (0x30...0x39).contains($0) }
    guard let final = body.dropFirst(digits.count).first else { return .incomplete }
    let count = 3 + digits.count
    let modifiers = modifiers(fromParameter: numbers(in: digits).first ?? 1)
    if let key = cursorKey(final) { return .key(key, modifiers, length: count) }
    switch final {
    case UInt8(ascii: "M"): return .key(.enter, modifiers, length: count)
    // The number pad sends its characters 64 places up.
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      return .key(.character(Character(Unicode.Scalar(final - 0x40))), modifiers, length: count)
    default: return .swallow(count)
    }
  }

  private func cursorKey(_ final: UInt8) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): .right
    case UInt8(ascii: "D"): .left
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final - UInt8(ascii: "P")) + 1)
    default: nil
    }
  }

  private func tildeStep(
    _ numbers: [Int], _ modifiers: KeyPress.Modifiers, _ count: Int
  ) -> Step {
    switch numbers.first ?? 0 {
    case 1, 7: .key(.home, modifiers, length: count)
    case 2: .key(.insert, modifiers, length: count)
    case 3: .key(.delete, modifiers, length: count)
    case 4, 8: .key(.end, modifiers, length: count)
    case 5: .key(.pageUp, modifiers, length: count)
    case 6: .key(.pageDown, modifiers, length: count)
    // VT220 left gaps in the numbers, one after each group of keys.
    case let number where (11...15).contains(number):
      .key(.function(number - 10), modifiers, length: count)
    case let number where (17...21).contains(number):
      .key(.function(number - 11), modifiers, length: count)
    case let number where (23...24).contains(number):
      .key(.function(number - 12), modifiers, length: count)
    // xterm's modifyOtherKeys: 27 ; modifiers ; character.
    case 27 where numbers.count == 3: characterStep(numbers[2], modifiers, count)
    case 200: .beginPaste(count)
    default: .swallow(count)
    }
  }

  /// A key told by its character's number, as terminals do for those that have no byte of their
  /// own.
  private func characterStep(
    _ number: Int, _ modifiers: KeyPress.Modifiers, _ count: Int
  ) -> Step {
    switch number {
    case 9: return .key(.tab, modifiers, length: count)
    case 13: return .key(.enter, modifiers, length: count)
    case 27: return .key(.escape, modifiers, length: count)
    case 8, 127: return .key(.backspace, modifiers, length: count)
    default:
      guard let scalar = UInt32(exactly: number).flatMap(Unicode.Scalar.init), number >= 32 else {
        return .swallow(count)
      }
      return .key(.character(Character(scalar)), modifiers.subtracting(.shift), length: count)
    }
  }

  /// An xterm mouse report in SGR form: `button ; column ; row`, the last two from 1.
  private func mouseStep(
    _ parameters: ArraySlice<UInt8>, isRelease: Bool, _ count: Int
  ) -> Step {
    let numbers = numbers(in: parameters)
    guard numbers.count == 3, numbers[1] > 0, numbers[2] > 0 else { return .swallow(count) }
    var modifiers: KeyPress.Modifiers = []
    if numbers[0] & 4 != 0 { modifiers.insert(.shift) }
    if numbers[0] & 8 != 0 { modifiers.insert(.alt) }
    if numbers[0] & 16 != 0 { modifiers.insert(.control) }
    let button: MouseEvent.Button? =
      switch numbers[0] & 3 {
      case 0: .left
      case 1: .middle
      case 2: .right
      default: nil
      }
    let action: MouseEvent.Action? =
      switch numbers[0] & ~31 {
      case 0: button.map { isRelease ? .release($0) : .press($0) }
      case 32: button.map { .drag($0) }
      case 64 where button == .left: .wheelUp
      case 64 where button == .middle: .wheelDown
      default: nil
      }
    guard let action else { return .swallow(count) }
    let position = Position(column: numbers[1] - 1, row: numbers[2] - 1)
    return .input(.mouse(MouseEvent(action, at: position, modifiers)), count)
  }

  /// Reads numbers between semicolons; missing and absurd ones are 0.
  private func numbers(in parameters: ArraySlice<UInt8>) -> [Int] {
    parameters.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map { digits in
      // A sub-parameter after a colon refines the number before it.
      Int(String(decoding: digits.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)) ?? 0
    }
  }

  /// xterm sends 1 plus 1 for shift, 2 for alt, 4 for control.
  private func modifiers(fromParameter number: Int) -> KeyPress.Modifiers {
    guard number > 1 else { return [] }
    var modifiers: KeyPress.Modifiers = []
    if (number - 1) & 1 != 0 { modifiers.insert(.shift) }
    if (number - 1) & 2 != 0 { modifiers.insert(.alt) }
    if (number - 1) & 4 != 0 { modifiers.insert(.control) }
    return modifiers
  }
}
