import Dataset
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
      case 0: put("all images", state.tags.imageCount, in: area, on: ground, &canvas)
      case 1: put("untagged", state.tags.untaggedCount, in: area, on: ground, &canvas)
      default: put(state.tags.counts[index - 2], in: area, on: ground, &canvas)
      }
    }
    canvas.putScrollbar(on: frame, top: top, visible: inside.height, count: filters.count)
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
    let columns = Columns(area, names: nameWidth)
    canvas.put(name, in: area.splitLeft(Columns.keyWidth).rest, .text, on: ground)
    canvas.put("\(count)", in: columns.count, .text, on: ground, alignment: .right)
  }

  private func put(
    _ entry: TagCount, in area: Rectangle, on ground: Role?, _ canvas: inout Canvas
  ) {
    let columns = Columns(area, names: nameWidth)
    if let number = state.tags.number(of: entry.tag.id) {
      canvas.put("\(number)", in: columns.key, .key, on: ground)
    }
    canvas.put(entry.tag.name, in: columns.name, .text, on: ground)
    let largest = state.tags.counts.map(\.imageCount).max() ?? 0
    if columns.bar.width > 0, largest > 0 {
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
  }

  private var nameWidth: Int {
    state.tags.counts.map { displayWidth(of: $0.tag.name) }.max() ?? 0
  }

  /// The columns of a row.
  private struct Columns {
    static let keyWidth = 3

    let key: Rectangle
    let name: Rectangle
    let bar: Rectangle
    let count: Rectangle

    /// The names get what they need, as long as a bar of some cells stays.
    init(_ area: Rectangle, names: Int) {
      let parts = area.splitIntoColumns([
        .fixed(1), .fixed(Self.keyWidth - 1), .share(weight: 2, minimum: 6, maximum: max(6, names)),
        .fixed(1), .share(weight: 1, maximum: 16), .fixed(7), .fixed(1),
      ])
      key = parts[1]
      name = parts[2]
      bar = parts[4]
      count = Rectangle(
        column: parts[5].column, row: area.row, width: area.endColumn - 1 - parts[5].column,
        height: 1)
    }
  }
}

extension Canvas {
  func style(_ role: Role, on ground: Role?) -> Style {
    ground.map { theme[role, on: $0] } ?? theme[role]
  }
}
