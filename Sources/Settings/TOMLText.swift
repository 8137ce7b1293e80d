/// The text of a TOML file, to change one value in place.
struct TOMLText {
  private var bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Gives a key of a section a value, written as TOML; everything else stays as it is.
  ///
  /// Where the section stands in braces the result is no TOML: whoever calls this has to look.
  mutating func set(_ key: String, of section: String, to value: String) {
    let statements = TOMLStatement.all(in: bytes)
    for statement in statements where statement.path == [section, key] {
      guard case .entry(let range) = statement.kind else { continue }
      bytes.replaceSubrange(range, with: value.utf8)
      return
    }
    if let heading = statements.firstIndex(where: {
      $0.kind == .heading(isArray: false) && $0.path == [section]
    }) {
      let members = statements[(heading + 1)...].prefix {
        $0.isEntry || $0.kind == .commentedOut
      }
      // Behind the same setting commented out with what it means, else behind the last setting.
      let last =
        members.first { $0.kind == .commentedOut && $0.path == [section, key] }
        ?? members.last { $0.isEntry } ?? statements[heading]
      insert("\(key) = \(value)", at: last.lines.upperBound)
    } else if let last = statements.last(where: {
      $0.isEntry && $0.sectionDepth == 0 && $0.path.count > 1 && $0.path[0] == section
    }) {
      // A section of keys such as `section.key` cannot have a heading, too.
      insert("\(section).\(key) = \(value)", at: last.lines.upperBound)
    } else {
      if !bytes.isEmpty && !endsInBlankLine { insert("", at: bytes.count) }
      insert("[\(section)]", at: bytes.count)
      insert("\(key) = \(value)", at: bytes.count)
    }
  }

  private var endsInBlankLine: Bool {
    bytes.last == UInt8(ascii: "\n")
      && bytes.dropLast().last { $0 != UInt8(ascii: "\r") } == UInt8(ascii: "\n")
  }

  /// Inserts a line, which ends as the line before it does.
  private mutating func insert(_ line: String, at place: Int) {
    let before = bytes[..<place]
    let end = before.lastIndex(of: UInt8(ascii: "\n"))
    let newline = end.map { before[..<$0].last == UInt8(ascii: "\r") } == true ? "\r\n" : "\n"
    let isUnfinished = !before.isEmpty && before.last != UInt8(ascii: "\n")
    bytes.insert(contentsOf: ((isUnfinished ? newline : "") + line + newline).utf8, at: place)
  }
}
