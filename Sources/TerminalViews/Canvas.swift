import TerminalGrid

/// A grid being drawn on in the looks of a theme.
struct Canvas {
  var grid: Grid
  let theme: Theme

  var glyphs: Glyphs { theme.glyphs }

  init(_ size: Size, theme: Theme) {
    grid = Grid(size, style: theme[.text])
    self.theme = theme
  }

  enum Alignment {
    case left
    case right
    case center
  }

  /// Writes text into a one-row area, cut with an ellipsis where it does not fit.
  mutating func put(
    _ text: String, in area: Rectangle, _ role: Role = .text, on ground: Role? = nil,
    alignment: Alignment = .left, keeping: Keeping = .beginning
  ) {
    let shown = text.truncated(to: area.width, keeping: keeping, ellipsis: glyphs.ellipsis)
    let free = area.width - displayWidth(of: shown)
    let indent =
      switch alignment {
      case .left: 0
      case .right: free
      case .center: free / 2
      }
    let style = ground.map { theme[role, on: $0] } ?? theme[role]
    grid.put(shown, column: area.column + indent, row: area.row, style: style, clip: area)
  }

  /// Writes one piece after another into a one-row area and cuts where it ends.
  mutating func put(_ pieces: [(text: String, role: Role)], in area: Rectangle) {
    var rest = area
    for piece in pieces where !rest.isEmpty {
      put(piece.text, in: rest, piece.role)
      rest = rest.splitLeft(displayWidth(of: piece.text)).rest
    }
  }

  /// Writes text into an area, broken into lines at blanks, from the top, cut with an ellipsis where it
  /// does not fit.
  ///
  /// - Returns: How many rows were used.
  @discardableResult
  mutating func putParagraph(
    _ text: String, in area: Rectangle, _ role: Role = .text, alignment: Alignment = .left
  ) -> Int {
    let all = wrapped(text, width: area.width)
    var lines = Array(all.prefix(area.height))
    if all.count > lines.count, let last = lines.popLast() {
      lines.append("\(last) \(glyphs.ellipsis)")
    }
    for (index, line) in lines.enumerated() {
      put(line, in: area.line(index), role, alignment: alignment)
    }
    return lines.count
  }

  /// Draws a pane's frame with its title; returns the inside.
  mutating func frame(_ rectangle: Rectangle, title: String, isFocused: Bool) -> Rectangle {
    grid.drawBox(
      rectangle, title: title, style: theme[isFocused ? .focusedBorder : .border],
      titleStyle: theme[isFocused ? .focusedTitle : .title], ground: theme[.text], glyphs: glyphs)
  }

  /// Writes a remark into a frame's lower edge.
  mutating func putFootnote(_ text: String, on frame: Rectangle, _ role: Role = .dim) {
    guard frame.width > 4, frame.height > 1 else { return }
    let line = frame.line(frame.height - 1).inset(horizontal: 2, vertical: 0)
    let shown = " \(text) ".truncated(to: line.width, ellipsis: glyphs.ellipsis)
    put(shown, in: line, role)
  }

  /// Fills the row of a list with the ground that tells where the cursor is.
  mutating func fillRow(_ area: Rectangle, ground: Role?) {
    if let ground { grid.fill(area, style: theme[ground]) }
  }

  /// Marks in a frame's right edge which part of a list is visible; nothing where all of it is.
  mutating func putScrollbar(on frame: Rectangle, top: Int, visible: Int, count: Int) {
    let track = frame.inset(horizontal: 0, vertical: 1)
    guard count > visible, visible > 0, track.height > 0, frame.width > 0 else { return }
    let length = max(1, track.height * visible / count)
    let offset = (track.height - length) * top / max(1, count - visible)
    let thumb = String(glyphs.scrollThumb)
    for row in offset..<min(track.height, offset + length) {
      grid.put(thumb, column: frame.endColumn - 1, row: track.row + row, style: theme[.dim])
    }
  }
}

/// The first row to show of a list without a memory of its own, so that the cursor is in sight.
func listTop(cursor: Int, count: Int, height: Int) -> Int {
  max(0, min(cursor - height / 2, count - height))
}

/// Breaks text at blanks into lines of at most `width` columns; longer words stay whole.
func wrapped(_ text: String, width: Int) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { paragraph in
    var lines: [String] = []
    var line = ""
    for word in paragraph.split(separator: " ") {
      let longer = line.isEmpty ? String(word) : "\(line) \(word)"
      if displayWidth(of: longer) <= width || line.isEmpty {
        line = longer
      } else {
        lines.append(line)
        line = String(word)
      }
    }
    return lines + [line]
  }
}
