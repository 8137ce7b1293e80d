import TOMLKit
public import TerminalGrid

extension Theme {
  /// Reads a theme from TOML: one line a role, such as `selection = "bright-white on blue bold"`.
  ///
  /// - Parameters:
  ///   - toml: The file's text.
  ///   - name: What the theme is called.
  ///   - path: Where the text came from, for errors.
  /// - Throws: `.notTOML`, and `.meaningless` for the first line that is.
  public init(toml: String, name: String, path: String) throws(SettingsError) {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: toml)
    } catch let error as TOMLParseError {
      throw .notTOML(path: path, line: error.source.begin.line, reason: error.description)
    } catch {
      // The reader throws nothing else today; the file is unusable whatever it was.
      throw .unreadable(path: path)
    }
    var styles: [Role: Style] = [:]
    let lines = toml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    // In the order of the file, so that the first problem is told.
    let keys = table.keys.map { ($0, Self.line(of: $0, in: lines)) }.sorted { $0.1 < $1.1 }
    for (key, line) in keys {
      do throws(LineProblem) {
        guard let role = Role(rawValue: key) else {
          throw LineProblem(.unknownRole(key, known: Role.allCases.map(\.rawValue)))
        }
        guard let text = table[key]?.string else { throw LineProblem(.notText(role: key)) }
        do throws(StyleParser.UnknownWord) {
          styles[role] = try StyleParser.style(text)
        } catch {
          throw LineProblem(.unknownWord(error.word, role: key))
        }
      } catch {
        throw .meaningless(path: path, line: line, problem: error.problem)
      }
    }
    self.init(name: name, styles: styles)
  }

  private struct LineProblem: Error {
    let problem: ThemeProblem
    init(_ problem: ThemeProblem) { self.problem = problem }
  }

  /// The line, from 1, that gives a top-level key: the reader tells no places for values.
  private static func line(of key: String, in lines: [Substring]) -> Int {
    let index = lines.firstIndex { line in
      let line = line.drop { $0.isWhitespace || "[\"'".contains($0) }
      guard line.hasPrefix(key), let next = line.dropFirst(key.count).first else { return false }
      return next.isWhitespace || "=.]\"'".contains(next)
    }
    return (index ?? 0) + 1
  }
}
