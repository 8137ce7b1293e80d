/// The lines of a TOML file, to change one value in place.
struct TOMLText {
  private(set) var lines: [Substring]

  init(_ text: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  }

  var text: String { lines.joined(separator: "\n") }

  /// Gives a key of a section a value, written as TOML; everything else stays as it is, the comment
  /// behind the value too.
  mutating func set(_ key: String, of section: String, to value: String) {
    if let index = index(of: key, in: section) {
      let line = lines[index]
      let comment = Self.comment(of: line).map { "  \($0)" } ?? ""
      let beginning = line.prefix { $0 != "=" }
      lines[index] = "\(beginning)= \(value)\(comment)"
    } else if let start = sectionStart(section) {
      let end = sectionEnd(from: start)
      // Behind the same setting commented out with what it means, else behind the last setting.
      let last =
        lines[start..<end].firstIndex { Self.keyCommentedOut(in: $0) == key }
        ?? lines[start..<end].lastIndex { Self.key(of: $0) != nil } ?? start
      lines.insert("\(key) = \(value)", at: last + 1)
    } else {
      while lines.last?.isEmpty == true { lines.removeLast() }
      lines += (lines.isEmpty ? [] : [""]) + ["[\(section)]", "\(key) = \(value)", ""]
    }
  }

  private func sectionStart(_ section: String) -> Int? {
    lines.firstIndex { line in
      let name = line.drop { $0.isWhitespace }
      guard name.hasPrefix("["), let end = name.firstIndex(of: "]") else { return false }
      return name[..<end].dropFirst().filter { !$0.isWhitespace && $0 != "\"" } == section
    }
  }

  private func sectionEnd(from start: Int) -> Int {
    lines[(start + 1)...].firstIndex { $0.drop { $0.isWhitespace }.hasPrefix("[") } ?? lines.count
  }

  private func index(of key: String, in section: String) -> Int? {
    guard let start = sectionStart(section) else { return nil }
    return (start + 1..<sectionEnd(from: start)).first { Self.key(of: lines[$0]) == key }
  }

  /// The key that a line gives a value; `nil` for comments, headings and blank lines.
  private static func key(of line: Substring) -> String? {
    let start = line.drop { $0.isWhitespace }
    guard let first = start.first, first != "#", first != "[", let sign = start.firstIndex(of: "=")
    else { return nil }
    return String(start[..<sign].filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" })
  }

  private static func keyCommentedOut(in line: Substring) -> String? {
    let start = line.drop { $0.isWhitespace }
    return start.first == "#" ? key(of: start.drop { $0 == "#" }) : nil
  }

  /// The comment behind a value, from its sign on.
  private static func comment(of line: Substring) -> Substring? {
    var quote: Character?
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#" {
        return line[index...]
      }
    }
    return nil
  }
}
