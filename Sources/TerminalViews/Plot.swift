import TerminalGrid

/// A drawing of dots in cells: two across and four down in each, as braille; where there is only
/// ASCII, a star for each cell with a dot.
///
/// Coordinates are 0…1 from the bottom left.
struct Plot {
  private let width: Int
  private let height: Int
  private var dots: [UInt8]

  /// Bits of a braille character by column and row of its dots.
  private static let bits: [[UInt8]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]

  init(_ size: Size) {
    width = size.width
    height = size.height
    dots = [UInt8](repeating: 0, count: width * height)
  }

  mutating func addDot(_ x: Double, _ y: Double) {
    guard width > 0, height > 0 else { return }
    let column = max(0, min(2 * width - 1, Int(x * Double(2 * width - 1) + 0.5)))
    let row = max(0, min(4 * height - 1, Int((1 - y) * Double(4 * height - 1) + 0.5)))
    dots[row / 4 * width + column / 2] |= Self.bits[column % 2][row % 4]
  }

  /// Adds a straight line, or every `gap`th dot of it.
  mutating func addLine(
    from start: (x: Double, y: Double), to end: (x: Double, y: Double), gap: Int = 1
  ) {
    let across = abs(end.x - start.x) * Double(2 * width)
    let down = abs(end.y - start.y) * Double(4 * height)
    let count = max(1, Int(max(across, down).rounded(.up)))
    for step in stride(from: 0, through: count, by: gap) {
      let part = Double(step) / Double(count)
      addDot(start.x + (end.x - start.x) * part, start.y + (end.y - start.y) * part)
    }
  }

  func draw(on canvas: inout Canvas, in area: Rectangle, _ role: Role) {
    for row in 0..<min(height, area.height) {
      for column in 0..<min(width, area.width) where dots[row * width + column] != 0 {
        let braille = Unicode.Scalar(0x2800 + UInt32(dots[row * width + column])) ?? "*"
        let character = canvas.glyphs == .ascii ? "*" : Character(braille)
        canvas.grid.put(
          String(character), column: area.column + column, row: area.row + row,
          style: canvas.theme[role])
      }
    }
  }
}

extension Canvas {
  /// Draws the frame of a plot of shares over shares, and returns the inside.
  mutating func plotAxes(in area: Rectangle, across: String, up: String) -> Rectangle {
    guard area.width > 8, area.height > 3 else {
      return Rectangle(column: area.column, row: area.row, width: 0, height: 0)
    }
    let inside = Rectangle(
      column: area.column + 4, row: area.row + 1, width: area.width - 5, height: area.height - 3)
    put(up, in: area.line(0).splitLeft(4).rest, .dim)
    for row in inside.rows {
      grid.put(
        String(glyphs.vertical), column: inside.column - 1, row: row, style: theme[.border])
    }
    let line = String(repeating: glyphs.horizontal, count: inside.width)
    grid.put(
      "\(glyphs.bottomLeft)\(line)", column: inside.column - 1, row: inside.endRow,
      style: theme[.border])
    let labels = area.splitLeft(3).left
    put("100", in: labels.line(1), .dim, alignment: .right)
    put("0", in: labels.line(area.height - 3), .dim, alignment: .right)
    put(
      "\(across), %", in: area.line(area.height - 1).splitLeft(4).rest, .dim, alignment: .center)
    put("100", in: area.line(area.height - 1), .dim, alignment: .right)
    return inside
  }
}
