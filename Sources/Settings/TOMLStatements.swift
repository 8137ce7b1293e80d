/// A line of a TOML file that says something, with the lines that its value goes on in.
struct TOMLStatement {
  enum Kind: Equatable {
    /// `[section]`, or `[[section]]`.
    case heading(isArray: Bool)
    /// A key with its value, at an offset in the file's bytes.
    case entry(value: Range<Int>)
    /// A key with its value, commented out.
    case commentedOut
  }

  let kind: Kind
  /// The names from the top down, those of the section first.
  let path: [String]
  /// How many of them name the section that it stands in.
  let sectionDepth: Int
  /// Where its first line begins, and where the line after its last one does.
  let lines: Range<Int>

  var isEntry: Bool {
    if case .entry = kind { return true }
    return false
  }

  /// Returns the statements of a text that a TOML reader takes; of any other text it returns something.
  static func all(in bytes: [UInt8]) -> [TOMLStatement] {
    var scanner = TOMLScanner(bytes: bytes)
    return scanner.statements()
  }
}

/// Goes through TOML by its bytes: a character may join a quotation mark with what follows it.
private struct TOMLScanner {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func statements() -> [TOMLStatement] {
    var statements: [TOMLStatement] = []
    var section: [String] = []
    // The byte order mark.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    while position < bytes.count {
      let start = position
      skipSpaces()
      switch byte {
      case UInt8(ascii: "\n"):
        position += 1
      case UInt8(ascii: "#"):
        let key = commentedOutKey()
        skipLine()
        if let key {
          statements.append(
            TOMLStatement(
              kind: .commentedOut, path: section + key, sectionDepth: section.count,
              lines: start..<position))
        }
      case UInt8(ascii: "["):
        position += 1
        let isArray = byte == UInt8(ascii: "[")
        if isArray { position += 1 }
        section = key()
        skipLine()
        statements.append(
          TOMLStatement(
            kind: .heading(isArray: isArray), path: section, sectionDepth: section.count,
            lines: start..<position))
      case nil: break
      default:
        let path = section + key()
        position = min(position + 1, bytes.count)
        skipSpaces()
        let value = self.value()
        skipLine()
        statements.append(
          TOMLStatement(
            kind: .entry(value: value), path: path, sectionDepth: section.count,
            lines: start..<position))
      }
    }
    return statements
  }

  private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  private mutating func skipSpaces() {
    while let byte, Self.isSpace(byte) { position += 1 }
  }

  private mutating func skipLine() {
    while let byte {
      position += 1
      if byte == UInt8(ascii: "\n") { return }
    }
  }

  /// The names of a key, up to what stands behind it.
  private mutating func key() -> [String] {
    var names: [String] = []
    while true {
      skipSpaces()
      let start = position
      if let byte, Self.isQuote(byte) {
        skipString()
        names.append(text(min(start + 1, position)..<max(start + 1, position - 1)))
      } else {
        while let byte, !Self.isSpace(byte), !".=]\n".utf8.contains(byte) { position += 1 }
        names.append(text(start..<position))
      }
      skipSpaces()
      guard byte == UInt8(ascii: ".") else { return names }
      position += 1
    }
  }

  private mutating func commentedOutKey() -> [String]? {
    while byte == UInt8(ascii: "#") { position += 1 }
    let key = key()
    return byte == UInt8(ascii: "=") ? key : nil
  }

  /// Where a value stands, without the space behind it.
  private mutating func value() -> Range<Int> {
    let start = position
    var end = position
    var depth = 0
    while let byte {
      if depth == 0 && (byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "#")) { break }
      switch byte {
      case _ where Self.isQuote(byte):
        skipString()
        end = position
        continue
      case UInt8(ascii: "#"):
        skipLine()
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
      default: break
      }
      position += 1
      if !Self.isSpace(byte) { end = position }
    }
    position = end
    return start..<end
  }

  private mutating func skipString() {
    let quote = bytes[position]
    let escapes = quote == UInt8(ascii: "\"")
    let isLong = bytes[position...].starts(with: [quote, quote, quote])
    position += isLong ? 3 : 1
    while let byte {
      if escapes && byte == UInt8(ascii: "\\") {
        position = min(position + 2, bytes.count)
      } else if isLong && bytes[position...].starts(with: [quote, quote, quote]) {
        position += 3
        // Two quotation marks at most may stand before those that close.
        while self.byte == quote { position += 1 }
        return
      } else if !isLong && byte == UInt8(ascii: "\n") {
        return
      } else {
        position += 1
        if !isLong && byte == quote { return }
      }
    }
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
}
