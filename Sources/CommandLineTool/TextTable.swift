import TerminalGrid

/// A table for people: a heading, rows, columns as wide as their widest cell, control characters made
/// visible.
struct TextTable {
  enum Alignment { case left, right }

  private let columns: [(title: String, alignment: Alignment)]
  private var rows: [[String]] = []

  init(_ columns: [(title: String, alignment: Alignment)]) { self.columns = columns }

  /// Takes one cell a column.
  mutating func add(_ cells: [String]) {
    precondition(cells.count == columns.count, "\(cells.count) cells in \(columns.count) columns")
    rows.append(cells.map(\.shown))
  }

  /// The lines, without spaces at their ends.
  var text: String {
    let widths = columns.indices.map { column in
      ([columns[column].title] + rows.map { $0[column] }).map(displayWidth(of:)).max() ?? 0
    }
    return ([columns.map(\.title)] + rows).map { cells in
      let line = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - displayWidth(of: cells[column]))
        return columns[column].alignment == .left ? cells[column] + space : space + cells[column]
      }
      return line.joined(separator: "  ").trimmingTrailingSpaces
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
