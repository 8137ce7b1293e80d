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
  private let text: String
  private let table: TOMLTable
  /// Lines of headings and keys by their full names, such as `images.max-megabytes`.
  private let lines: [String: Int]

  /// - Throws: `.notTOML`.
  init(_ text: String, path: String) throws(SettingsError) {
    self.path = path
    self.text = text
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

  /// Whether a text says the same, but for a key of a section, which has this value there.
  ///
  /// - Parameter value: As TOML writes it.
  func isSaid(by text: String, butFor key: String, of section: String, being value: String) -> Bool
  {
    guard let changed = try? TOMLTable(string: text),
      let expected = try? TOMLTable(string: self.text),
      let node = try? TOMLTable(string: "value = \(value)")["value"]
    else { return false }
    if expected[section] == nil { expected[section] = TOMLTable() }
    guard let table = expected[section]?.table else { return false }
    table[key] = node
    return expected == changed
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
    let bytes = Array(text.utf8)
    var (line, offset) = (1, 0)
    for statement in TOMLStatement.all(in: bytes) where statement.kind != .commentedOut {
      line += bytes[offset..<statement.lines.lowerBound].count { $0 == UInt8(ascii: "\n") }
      offset = statement.lines.lowerBound
      // For `images.max-megabytes` also the section in it.
      for count in 1...statement.path.count {
        let name = statement.path.prefix(count).joined(separator: ".")
        if lines[name] == nil { lines[name] = line }
      }
    }
    return lines
  }
}
