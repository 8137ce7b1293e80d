extension Grid {
  /// Draws a frame along the edge of a rectangle and fills its inside with blanks.
  ///
  /// Rectangles smaller than 2 × 2 are only filled. A title stands in the top edge, after one piece
  /// of line, cut to leave the corners.
  ///
  /// - Returns: The inside.
  @discardableResult
  public mutating func drawBox(
    _ rectangle: Rectangle, title: String = "", style: Style, titleStyle: Style? = nil,
    ground: Style? = nil, glyphs: Glyphs = .unicode, clip: Rectangle? = nil
  ) -> Rectangle {
    let clip = clip.map { $0.intersection(bounds) } ?? bounds
    fill(rectangle.intersection(clip), style: ground ?? style)
    guard rectangle.width >= 2, rectangle.height >= 2 else { return rectangle.inset() }
    let (first, last) = (rectangle.column, rectangle.endColumn - 1)
    let (upper, lower) = (rectangle.row, rectangle.endRow - 1)
    let (width, height) = (rectangle.width, rectangle.height)
    for (column, row, width, height, glyph) in [
      (first, upper, width, 1, glyphs.horizontal), (first, lower, width, 1, glyphs.horizontal),
      (first, upper, 1, height, glyphs.vertical), (last, upper, 1, height, glyphs.vertical),
      (first, upper, 1, 1, glyphs.topLeft), (last, upper, 1, 1, glyphs.topRight),
      (first, lower, 1, 1, glyphs.bottomLeft), (last, lower, 1, 1, glyphs.bottomRight),
    ] {
      let part = Rectangle(column: column, row: row, width: width, height: height)
      fill(part.intersection(clip), with: glyph, style: style)
    }
    let room = rectangle.width - 6
    if !title.isEmpty, room > 0 {
      let text = " \(title.truncated(to: room, ellipsis: glyphs.ellipsis)) "
      put(
        text, column: first + 2, row: rectangle.row, style: titleStyle ?? style, clip: clip)
    }
    return rectangle.inset()
  }

  /// Draws a horizontal bar of one row.
  ///
  /// - Parameters:
  ///   - fraction: Filled part, 0…1; others are clamped, and anything above 0 shows.
  ///   - width: Cells of the whole bar.
  public mutating func putBar(
    _ fraction: Double, column: Int, row: Int, width: Int, full: Style, empty: Style,
    glyphs: Glyphs = .unicode, clip: Rectangle? = nil
  ) {
    guard width > 0 else { return }
    let resolution = glyphs.barSteps.count
    let share = fraction > 0 ? min(1, fraction) : 0
    var steps = Int((share * Double(width * resolution)).rounded())
    if share > 0 { steps = max(1, steps) }
    for offset in 0..<width {
      let filled = min(resolution, steps - offset * resolution)
      let character = filled > 0 ? glyphs.barSteps[filled - 1] : glyphs.barEmpty
      // A part-filled cell shows the empty bar's ground beside the filled part.
      let style =
        filled > 0 ? Style(full.foreground, on: empty.background, full.attributes) : empty
      put(String(character), column: column + offset, row: row, style: style, clip: clip)
    }
  }
}
