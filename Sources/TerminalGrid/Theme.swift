/// What a piece of the screen means; a theme says how each looks. The raw value is its name in
/// theme files.
public enum Role: String, Hashable, Sendable, CaseIterable {
  /// Ordinary text, and the background of everything.
  case text
  /// Secondary text: intervals, counts, hints.
  case dim
  /// What should be noticed without being good or bad.
  case accent
  /// The row under the cursor in the focused pane.
  case selection
  /// The row under the cursor in another pane.
  case inactiveSelection = "inactive-selection"
  /// Rows that were marked for a command on many.
  case marked
  /// A change that is not saved yet.
  case pending
  case good
  case warning
  case bad
  case border
  case focusedBorder = "focused-border"
  case title
  case focusedTitle = "focused-title"
  /// The name of a key in a hint.
  case key
  /// The line at the bottom.
  case statusLine = "status-line"
  /// Text being typed.
  case input
  case barFull = "bar-full"
  case barEmpty = "bar-empty"
}

/// How the screen looks: a style for every role, and the characters to draw with.
public struct Theme: Hashable, Sendable {
  /// The name that people choose it by.
  public let name: String
  /// The characters of borders and bars; ASCII ones where the terminal knows no others.
  public var glyphs: Glyphs
  private let given: [Role: Style]
  private let filled: [Role: Style]

  /// Makes a theme; colours that a role leaves `.standard`, and whole roles that are missing, are
  /// those of `.text`.
  public init(name: String, styles: [Role: Style], glyphs: Glyphs = .unicode) {
    self.name = name
    self.glyphs = glyphs
    given = styles
    let text = styles[.text] ?? .plain
    filled = Dictionary(
      uniqueKeysWithValues: Role.allCases.map { role in
        (role, (styles[role] ?? .plain).filling(from: text))
      })
  }

  /// The style of a role on the ordinary background.
  public subscript(role: Role) -> Style { filled[role] ?? .plain }

  /// The style of a role on another role's background, such as a warning on the selected row.
  ///
  /// Where the background role names a foreground of its own, that one wins, since it was chosen to
  /// be read there; attributes of both are joined.
  public subscript(role: Role, on ground: Role) -> Style {
    let below = self[ground]
    let hasForeground = (given[ground]?.foreground ?? .standard) != .standard
    return Style(
      hasForeground ? below.foreground : self[role].foreground, on: below.background,
      self[role].attributes.union(below.attributes))
  }

  /// The theme as a poorer terminal can show it.
  ///
  /// Without colours, roles that had a background of their own are shown in reverse. Richer levels
  /// need nothing: the screen picks the nearest colour it has.
  public func adapted(to level: ColorLevel, showsUnicode: Bool) -> Theme {
    var adapted = self
    if level == .monochrome {
      let styles = filled.mapValues { style in
        let stands = style.background != self[.text].background
        return Style(.standard, on: .standard, stands ? [.reverse] : []).adding(style.attributes)
      }
      adapted = Theme(name: name, styles: styles, glyphs: glyphs)
    }
    if !showsUnicode { adapted.glyphs = .ascii }
    return adapted
  }

  /// The terminal's own sixteen colours, which are right on dark and light backgrounds alike.
  public static let terminal = Theme(
    name: "terminal",
    styles: [
      .text: .plain,
      .dim: Style(.standard, .dim),
      .accent: Style(.cyan),
      .selection: Style(.palette(15), on: .blue, .bold),
      .inactiveSelection: Style(.standard, .underline),
      .marked: Style(.magenta, .bold),
      .pending: Style(.yellow),
      .good: Style(.green),
      .warning: Style(.yellow),
      .bad: Style(.red),
      .border: Style(.standard, .dim),
      .focusedBorder: Style(.cyan),
      .title: Style(.standard, .bold),
      .focusedTitle: Style(.cyan, .bold),
      .key: Style(.cyan, .bold),
      .barFull: Style(.cyan),
      .barEmpty: Style(.standard, .dim),
    ])
}
