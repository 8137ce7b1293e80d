import Dataset
import Evaluation
import TerminalGrid
import Workbench

/// The list of tags with their counts; the row under the cursor is what the images are filtered by.
struct TagsPane {
  let state: State

  func draw(on canvas: inout Canvas, in frame: Rectangle) {
    let isFocused = state.focus == .tags
    let inside = canvas.frame(frame, title: Pane.tags.title, isFocused: isFocused)
    guard state.hasLoadedTags else { return }

    let filters = state.tags.filters
    let cursor = filters.firstIndex(of: state.images.filter) ?? 0
    let top = top(height: inside.height)
    for (line, index) in (top..<filters.count).prefix(inside.height).enumerated() {
      let area = inside.line(line)
      let ground: Role? = index == cursor ? (isFocused ? .selection : .inactiveSelection) : nil
      canvas.fillRow(area, ground: ground)
      switch index {
      case 0:
        let figures = state.training.report?.performance
        let columns = columns(area)
        // Where names are short, the longer words would run into the figures.
        let isNarrow = !columns.precision.isEmpty && columns.nameWidth < "all images".utf8.count
        put(
          isNarrow ? "all" : "all images", state.tags.imageCount, in: area, on: ground, &canvas)
        put(figures?.precision, figures?.recall, in: columns, on: ground, &canvas)
      case 1: put("untagged", state.tags.untaggedCount, in: area, on: ground, &canvas)
      default: put(state.tags.counts[index - 2], in: area, on: ground, &canvas)
      }
    }
    canvas.putScrollbar(on: frame, top: top, visible: inside.height, count: filters.count)
    putHead(on: &canvas, above: inside)
    if state.tags.counts.isEmpty {
      let rest = inside.splitTop(filters.count + 1).rest.inset(horizontal: 1, vertical: 0)
      canvas.putParagraph("No tags yet. Press n to add one.", in: rest, .dim)
    }
  }

  /// The first row in sight.
  func top(height: Int) -> Int {
    let filters = state.tags.filters
    let cursor = filters.firstIndex(of: state.images.filter) ?? 0
    return listTop(cursor: cursor, count: filters.count, height: height)
  }

  private func put(
    _ name: String, _ count: Int, in area: Rectangle, on ground: Role?, _ canvas: inout Canvas
  ) {
    let columns = columns(area)
    canvas.put(name, in: area.splitLeft(Columns.keyWidth).rest, .text, on: ground)
    canvas.put("\(count)", in: columns.count, .text, on: ground, alignment: .right)
  }

  private func put(
    _ entry: TagCount, in area: Rectangle, on ground: Role?, _ canvas: inout Canvas
  ) {
    let columns = columns(area)
    if let number = state.tags.number(of: entry.tag.id) {
      canvas.put("\(number)", in: columns.key, .key, on: ground)
    }
    canvas.put(entry.tag.name, in: columns.name, .text, on: ground)
    let largest = state.tags.counts.map(\.imageCount).max() ?? 0
    if columns.bar.width >= Columns.leastBar, largest > 0 {
      canvas.grid.putBar(
        Double(entry.imageCount) / Double(largest), column: columns.bar.column,
        row: columns.bar.row, width: columns.bar.width,
        full: canvas.style(.barFull, on: ground), empty: canvas.style(.barEmpty, on: ground),
        glyphs: canvas.glyphs)
    }
    let isSmall = entry.imageCount < TrainingState.leastImagesPerTag
    canvas.put(
      "\(entry.imageCount)", in: columns.count, isSmall ? .warning : .text, on: ground,
      alignment: .right)
    let figures = state.training.report?.performance(of: entry.tag.id)
    put(figures?.precision, figures?.recall, in: columns, on: ground, &canvas)
  }

  private func put(
    _ precision: Double?, _ recall: Double?, in columns: Columns, on ground: Role?,
    _ canvas: inout Canvas
  ) {
    let figures = Figures(glyphs: canvas.glyphs)
    for (area, rate) in [(columns.precision, precision), (columns.recall, recall)] {
      guard let rate, !area.isEmpty else { continue }
      canvas.put(figures.wholePercent(rate), in: area, .dim, on: ground, alignment: .right)
    }
  }

  /// Names the columns of figures in the frame's upper edge.
  private func putHead(on canvas: inout Canvas, above inside: Rectangle) {
    let columns = columns(
      Rectangle(
        column: inside.column, row: inside.row - 1, width: inside.width, height: 1))
    canvas.put("prec", in: columns.precision, .dim, alignment: .right)
    canvas.put("rec", in: columns.recall, .dim, alignment: .right)
  }

  private func columns(_ area: Rectangle) -> Columns {
    let counts = state.tags.counts
    return Columns(
      area, names: counts.map { displayWidth(of: $0.tag.name) }.max() ?? 0,
      digits: "\(state.tags.imageCount)".utf8.count, hasFigures: state.training.report != nil)
  }

  /// The columns of a row.
  private struct Columns {
    static let keyWidth = 3
    /// A shorter bar tells nothing.
    static let leastBar = 3

    let key: Rectangle
    let name: Rectangle
    let bar: Rectangle
    /// Columns from where names begin to where figures do.
    var nameWidth: Int { precision.column - name.column }
    /// Empty where there are no figures, or no room for them.
    let precision: Rectangle
    let recall: Rectangle
    let count: Rectangle

    /// From this width on there is room for figures.
    private static let figuresWidth = 24

    /// The names get what they need, as long as a bar of some cells stays.
    init(_ area: Rectangle, names: Int, digits: Int, hasFigures: Bool) {
      let figure = hasFigures && area.width >= Self.figuresWidth ? 4 : 0
      let parts = area.splitIntoColumns([
        .fixed(1), .fixed(Self.keyWidth - 1),
        .share(weight: 2, minimum: max(6, min(names, 8)), maximum: max(6, names)),
        .share(weight: 1, maximum: 17), .fixed(figure), .fixed(figure),
        .fixed(max(4, digits + 1)), .fixed(1),
      ])
      (key, name) = (parts[1], parts[2])
      bar = parts[3].splitLeft(1).rest
      (precision, recall) = (parts[4], parts[5])
      count = Rectangle(
        column: parts[6].column, row: area.row, width: area.endColumn - 1 - parts[6].column,
        height: 1)
    }
  }
}

extension Canvas {
  func style(_ role: Role, on ground: Role?) -> Style {
    ground.map { theme[role, on: $0] } ?? theme[role]
  }
}
