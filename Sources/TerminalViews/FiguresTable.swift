import Evaluation
import TerminalGrid

/// The columns of the per-tag figures, as many as the width has room for.
struct FiguresTable {
  private let extents: [Extent]
  private let hasIntervals: Bool
  private let hasBars: Bool
  private let hasChange: Bool
  private let hasCount: Bool
  private let figures: Figures

  private static let intervalsWidth = 45
  private static let countWidth = 34
  private static let changeWidth = 40
  private static let barsWidth = 66

  /// - Parameters:
  ///   - width: Columns of the whole table.
  ///   - names: What the first column has to hold.
  ///   - tellsChange: Whether there is an iteration before to compare with.
  init(width: Int, names: [String], tellsChange: Bool, glyphs: Glyphs) {
    figures = Figures(glyphs: glyphs)
    hasIntervals = width >= Self.intervalsWidth
    hasBars = width >= Self.barsWidth
    // The tags pane has the counts, too.
    hasCount = width >= Self.countWidth
    // Intervals come first where there is no room for both.
    hasChange =
      tellsChange && width >= (hasIntervals ? Self.intervalsWidth + 7 : Self.changeWidth)
    let longest = names.map { displayWidth(of: $0) }.max() ?? 0
    let interval = hasIntervals ? 7 : 0
    extents = [
      .fixed(1), .share(weight: 3, minimum: 6, maximum: hasBars ? max(8, longest) : .max),
      .fixed(hasCount ? 6 : 0), .fixed(6), .fixed(interval), .fixed(6), .fixed(interval), .fixed(6),
      .fixed(hasChange ? 7 : 0), .fixed(hasBars ? 2 : 0),
      .share(weight: 2, maximum: hasBars ? 24 : 0), .fixed(1),
    ]
  }

  func drawHead(on canvas: inout Canvas, in area: Rectangle) {
    let columns = area.splitIntoColumns(extents)
    canvas.put("tag", in: columns[1], .dim)
    if hasCount { canvas.put("count", in: columns[2], .dim, alignment: .right) }
    canvas.put("prec.", in: columns[3], .dim, alignment: .right)
    canvas.put("recall", in: columns[5], .dim, alignment: .right)
    canvas.put("avg p.", in: columns[7], .dim, alignment: .right)
    if hasChange { canvas.put("change", in: columns[8], .dim, alignment: .right) }
    guard hasIntervals else { return }
    canvas.put(" 95 %", in: columns[4], .dim)
    canvas.put(" 95 %", in: columns[6], .dim)
  }

  func draw(
    _ tag: ClassPerformance, name: String, change: Double?, on canvas: inout Canvas,
    in area: Rectangle,
    ground: Role?
  ) {
    let columns = area.splitIntoColumns(extents)
    canvas.put(name, in: columns[1], .text, on: ground)
    if hasCount {
      canvas.put("\(tag.imageCount)", in: columns[2], .text, on: ground, alignment: .right)
    }
    put(tag.precision, in: columns[3], on: ground, &canvas)
    put(tag.recall, in: columns[5], on: ground, &canvas)
    put(tag.averagePrecision, in: columns[7], on: ground, &canvas)
    if hasIntervals {
      canvas.put(" " + figures.interval(tag.precisionInterval), in: columns[4], .dim, on: ground)
      canvas.put(" " + figures.interval(tag.recallInterval), in: columns[6], .dim, on: ground)
    }
    if hasChange, let change {
      canvas.put(change: change, in: columns[8], on: ground)
    }
    if hasBars {
      canvas.grid.putBar(
        tag.averagePrecision ?? 0, column: columns[10].column, row: area.row,
        width: columns[10].width, full: canvas.style(.barFull, on: ground),
        empty: canvas.style(.barEmpty, on: ground), glyphs: canvas.glyphs)
    }
  }

  private func put(
    _ rate: Double?, in area: Rectangle, on ground: Role?, _ canvas: inout Canvas
  ) {
    canvas.put(
      figures.percent(rate), in: area, rate == nil ? .dim : .text, on: ground, alignment: .right)
  }
}

extension Canvas {
  /// Writes how much a rate has changed, in points.
  mutating func put(change: Double, in area: Rectangle, on ground: Role?) {
    let tenths = Int((change * 1000).rounded())
    let role: Role = tenths > 0 ? .good : tenths < 0 ? .bad : .dim
    put(
      Figures(glyphs: glyphs).change(tenths: tenths), in: area, role, on: ground, alignment: .right)
  }
}
