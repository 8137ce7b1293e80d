import TOMLKit

/// A TOML file that was read, with the line of every key: the TOML reader tells none.
struct TOMLSource {
  /// A key of a section with its value, where it stands.
  struct Entry {
    let key: String
    let value: any TOMLValueConvertible
    /// From 1.
    let line: Int

    /// The value as a person would name it, for errors.
    var found: String {
      if let text = value.string { return "“\(text)”" }
      if value.table != nil { return "a section" }
      if value.array != nil { return "a list" }
      return value.debugDescription
    }

    func wrong(_ wanted: String, _ path: String) -> SettingsError {
      .wrongValue(path: path, line: line, key: key, found: found, wanted: wanted)
    }
  }

  let path: String
  private let table: TOMLTable
  /// Lines of headings and keys by their full names, such as `images.max-megabytes`.
  private let lines: [String: Int]

  /// - Throws: `.notTOML`.
  init(_ text: String, path: String) throws(SettingsError) {
    self.path = path
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw .notTOML(path: path, line: error.source.begin.line, reason: error.description)
    } catch {
      // The reader throws nothing else today; the file is unusable whatever it was.
      throw .unreadable(path: path)
    }
    lines = Self.lines(of: text)
  }

  /// The entries outside of every section, sections among them, in the order of the file.
  var entries: [Entry] { entries(of: table, prefix: "") }

  /// The entries of a section in the order of the file; `nil` where the name stands for none.
  func entries(ofSection section: String) -> [Entry]? {
    table[section]?.table.map { entries(of: $0, prefix: section + ".") }
  }

  /// Hands the entries of a section to `set`, in the order of the file; of those that are none of `keys`
  /// it warns.
  ///
  /// - Throws: `.wrongValue` where the name stands for no section, and what `set` throws.
  func readSection<Key: RawRepresentable<String>>(
    _ heading: Entry, keys: [Key], warnings: inout [SettingsWarning],
    set: (Key, Entry) throws(SettingsError) -> Void
  ) throws(SettingsError) {
    let section = heading.key
    guard let entries = entries(ofSection: section) else {
      throw heading.wrong("a section: [\(section)]", path)
    }
    for entry in entries {
      guard let key = keys.first(where: { $0.rawValue == entry.key }) else {
        warnings.append(
          SettingsWarning(
            path: path, line: entry.line, name: "\(section).\(entry.key)",
            known: keys.map { "\(section).\($0.rawValue)" }))
        continue
      }
      try set(key, entry)
    }
  }

  private func entries(of table: TOMLTable, prefix: String) -> [Entry] {
    table.keys.compactMap { key in
      table[key].map {
        Entry(key: key, value: $0, line: lines[prefix + key] ?? line(ofParent: prefix))
      }
    }.sorted { ($0.line, $0.key) < ($1.line, $1.key) }
  }

  /// What stands in `{ }` shares the line of its key.
  private func line(ofParent prefix: String) -> Int { lines[String(prefix.dropLast())] ?? 1 }

  private static func lines(of text: String) -> [String: Int] {
    var lines: [String: Int] = [:]
    var section = ""
    let source = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in source.enumerated() {
      let start = line.drop { $0.isWhitespace }
      if start.first == "[", let end = start.firstIndex(of: "]") {
        section = name(start[..<end].dropFirst())
        note(section, index)
      } else if start.first != "#", let sign = start.firstIndex(of: "=") {
        let key = name(start[..<sign])
        note(section.isEmpty ? key : "\(section).\(key)", index)
      }
    }
    return lines

    /// Notes a name and, for `images.max-megabytes`, the section in it.
    func note(_ name: String, _ index: Int) {
      var name = name[...]
      while true {
        if lines[String(name)] == nil { lines[String(name)] = index + 1 }
        guard let dot = name.lastIndex(of: ".") else { return }
        name = name[..<dot]
      }
    }
  }

  private static func name(_ text: Substring) -> String {
    String(text.filter { !$0.isWhitespace && !"\"'[".contains($0) })
  }
}
