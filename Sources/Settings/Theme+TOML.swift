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
    let source = try TOMLSource(toml, path: path)
    var styles: [Role: Style] = [:]
    // In the order of the file, so that the first problem is told.
    for entry in source.entries {
      let key = entry.key
      do throws(LineProblem) {
        guard let role = Role(rawValue: key) else {
          throw LineProblem(.unknownRole(key, known: Role.allCases.map(\.rawValue)))
        }
        guard let text = entry.value.string else { throw LineProblem(.notText(role: key)) }
        do throws(StyleParser.UnknownWord) {
          styles[role] = try StyleParser.style(text)
        } catch {
          throw LineProblem(.unknownWord(error.word, role: key))
        }
      } catch {
        throw .meaningless(path: path, line: entry.line, problem: error.problem)
      }
    }
    self.init(name: name, styles: styles)
  }

  private struct LineProblem: Error {
    let problem: ThemeProblem
    init(_ problem: ThemeProblem) { self.problem = problem }
  }
}
