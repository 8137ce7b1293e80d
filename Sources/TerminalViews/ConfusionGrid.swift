import Evaluation
import TerminalGrid
import Workbench

/// The confusion matrix: a row for each given tag, a column for each predicted one, and in words
/// what the cell under the cursor counts.
struct ConfusionGrid {
  let names: [String]
  let matrix: ConfusionMatrix
  let view: PerformanceState

  private static let cellWidths = 5...11

  func draw(on canvas: inout Canvas, in area: Rectangle) {
    // What to do stands at the end of it, so that it must not be cut.
    let text = inWords
    let rows = min(2, wrapped(text, width: area.width - 2).count)
    let (table, words) = area.splitBottom(rows)
    let nameWidth = min(
      max(6, names.map { displayWidth(of: $0) }.max() ?? 0), max(6, area.width / 3))
    let (labels, cells) = table.splitLeft(nameWidth + 2)
    let columnCount = max(0, cells.width / cellWidth(cells))
    let left = listTop(cursor: view.predicted, count: names.count, height: columnCount)
    let columns = (left..<names.count).prefix(columnCount)
    for (place, column) in columns.enumerated() {
      canvas.put(
        names[column], in: cell(place, of: cells.line(0)).inset(horizontal: 1, vertical: 0),
        column == view.predicted && isFocused ? .accent : .dim, alignment: .right)
    }
    let rowArea = cells.splitTop(1).rest
    let top = listTop(cursor: view.given, count: names.count, height: rowArea.height)
    for (line, row) in (top..<names.count).prefix(rowArea.height).enumerated() {
      let label = Rectangle(
        column: labels.column + 1, row: rowArea.row + line, width: nameWidth, height: 1)
      canvas.put(names[row], in: label, row == view.given && isFocused ? .accent : .text)
      for (place, column) in columns.enumerated() {
        draw(row, column, on: &canvas, in: cell(place, of: rowArea.line(line)))
      }
    }
    canvas.putParagraph(text, in: words.inset(horizontal: 1, vertical: 0), .dim)
  }

  private var isFocused: Bool { view.part == .confusion }

  /// As wide as all tags have room for.
  private func cellWidth(_ line: Rectangle) -> Int {
    max(
      Self.cellWidths.lowerBound,
      min(Self.cellWidths.upperBound, line.width / max(1, names.count)))
  }

  private func cell(_ place: Int, of line: Rectangle) -> Rectangle {
    let width = cellWidth(line)
    return Rectangle(
      column: line.column + place * width, row: line.row, width: width, height: line.height)
  }

  private func draw(_ row: Int, _ column: Int, on canvas: inout Canvas, in area: Rectangle) {
    let count = matrix[given: row, predicted: column]
    let isHere = isFocused && row == view.given && column == view.predicted
    let ground: Role? = isHere ? .selection : nil
    canvas.fillRow(area, ground: ground)
    let role: Role = count == 0 ? .dim : row == column ? .good : .warning
    canvas.put(
      count == 0 ? String(canvas.glyphs.separator) : "\(count)",
      in: area.splitLeft(area.width - 1).left, role, on: ground, alignment: .right)
  }

  private var inWords: String {
    guard isFocused, names.indices.contains(view.given) else {
      return "Tab comes here; a cell's pictures are listed with Enter"
    }
    let count = matrix[given: view.given, predicted: view.predicted]
    let what =
      view.given == view.predicted
      ? "rightly taken for it" : "taken for \(names[view.predicted])"
    return "\(count) of \(names[view.given]) \(what); Enter lists them"
  }
}
