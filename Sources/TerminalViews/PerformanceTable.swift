import Dataset
import Evaluation
import TerminalGrid
import Workbench

/// The figures of every tag at the chosen threshold, with intervals and the change.
struct PerformanceTable {
  let view: PerformanceState
  let detail: IterationDetail
  let width: Int

  /// Below this width intervals are left out.
  private static let intervalsWidth = 58

  private func columns(_ area: Rectangle) -> [Rectangle] {
    let interval = width >= Self.intervalsWidth ? 7 : 0
    return area.splitIntoColumns([
      .fixed(1), .share(weight: 3, minimum: 6), .fixed(6), .fixed(6), .fixed(interval), .fixed(7),
      .fixed(interval), .fixed(7), .fixed(7), .fixed(1),
    ])
  }

  func drawHead(on canvas: inout Canvas, in area: Rectangle) {
    let columns = columns(area)
    for (index, text) in [
      (2, "count"), (3, "prec."), (5, "recall"), (7, "avg p."), (8, "change"),
    ] {
      canvas.put(text, in: columns[index], .dim, alignment: .right)
    }
    canvas.put("tag", in: columns[1], .dim)
    for index in [4, 6] { canvas.put(" 95 %", in: columns[index], .dim) }
  }

  func drawTotal(on canvas: inout Canvas, in area: Rectangle) {
    let columns = columns(area)
    let performance = detail.report.performance
    let total = detail.counts.total(threshold: view.threshold)
    let figures = Figures(glyphs: canvas.glyphs)
    canvas.put("all", in: columns[1], .title)
    canvas.put("\(performance.imageCount)", in: columns[2], .title, alignment: .right)
    canvas.put(figures.percent(total.precision), in: columns[3], .title, alignment: .right)
    canvas.put(figures.percent(total.recall), in: columns[5], .title, alignment: .right)
    canvas.put(
      figures.percent(performance.averagePrecision), in: columns[7], .title, alignment: .right)
    guard let before = view.answer?.base?.performance.averagePrecision,
      let now = performance.averagePrecision
    else { return }
    canvas.put(change: now - before, in: columns[8], on: nil)
  }

  func draw(_ index: Int, on canvas: inout Canvas, in area: Rectangle, ground: Role?) {
    let columns = columns(area)
    let tag = detail.report.tags[index]
    let performance = detail.report.performance.perClass[index]
    let counts = detail.counts.counts(ofClass: index, threshold: view.threshold)
    let figures = Figures(glyphs: canvas.glyphs)
    canvas.put(tag.name, in: columns[1], .text, on: ground)
    canvas.put("\(performance.imageCount)", in: columns[2], .text, on: ground, alignment: .right)
    for (column, rate) in [
      (3, counts?.precision), (5, counts?.recall), (7, performance.averagePrecision),
    ] {
      canvas.put(
        figures.percent(rate), in: columns[column], rate == nil ? .dim : .text, on: ground,
        alignment: .right)
    }
    if let counts {
      let found = counts.truePositives
      let precision = RateInterval(
        successes: found, trials: found + counts.falsePositives, evidence: .outOfFold)
      let recall = RateInterval(
        successes: found, trials: found + counts.falseNegatives, evidence: .outOfFold)
      canvas.put(" " + figures.interval(precision), in: columns[4], .dim, on: ground)
      canvas.put(" " + figures.interval(recall), in: columns[6], .dim, on: ground)
    }
    if let change = view.change(of: tag.id) {
      canvas.put(change: change, in: columns[8], on: ground)
    }
  }
}

/// The project's iterations, newest first.
struct IterationsPart {
  let view: PerformanceState
  let answer: PerformanceAnswer

  func draw(on canvas: inout Canvas, in frame: Rectangle) {
    let isFocused = view.part == .iterations
    let inside = canvas.frame(frame, title: "Iterations", isFocused: isFocused)
    let (head, list) = inside.splitTop(1)
    drawHead(on: &canvas, in: head)
    let lines = answer.iterations
    let top = listTop(cursor: view.iterationCursor, count: lines.count, height: list.height)
    for (row, index) in (top..<lines.count).prefix(list.height).enumerated() {
      let ground: Role? = isFocused && index == view.iterationCursor ? .selection : nil
      canvas.fillRow(list.line(row), ground: ground)
      draw(lines[index], on: &canvas, in: list.line(row), ground: ground)
    }
    canvas.putScrollbar(on: frame, top: top, visible: list.height, count: lines.count)
    let glyphs = canvas.glyphs
    let compared = answer.base == nil ? "" : "  = compared with"
    canvas.putFootnote("\(glyphs.pointer) shown\(compared)  \(glyphs.done) in use", on: frame)
  }

  /// Below this width an iteration is told by its number alone.
  private static let namesWidth = 48

  private func columns(_ area: Rectangle) -> [Rectangle] {
    area.splitIntoColumns([
      .fixed(1), .fixed(2), .fixed(2), .share(), .fixed(7), .fixed(7), .fixed(7), .fixed(7),
      .fixed(1),
    ])
  }

  private func drawHead(on canvas: inout Canvas, in area: Rectangle) {
    let columns = columns(area)
    canvas.put(area.width < Self.namesWidth ? "no." : "iteration", in: columns[3], .dim)
    for (index, text) in [(4, "images"), (5, "prec."), (6, "recall"), (7, "avg p.")] {
      canvas.put(text, in: columns[index], .dim, alignment: .right)
    }
  }

  private func draw(
    _ line: IterationLine, on canvas: inout Canvas, in area: Rectangle, ground: Role?
  ) {
    let columns = columns(area)
    let figures = Figures(glyphs: canvas.glyphs)
    let isShown = line.iteration.id == answer.detail?.report.iteration.id
    let isBase = line.iteration.id == answer.base?.iteration.id
    let sign = isShown ? canvas.glyphs.pointer : isBase ? "=" : " "
    canvas.put(String(sign), in: columns[1], .accent, on: ground)
    if line.isCurrent {
      canvas.put(String(canvas.glyphs.done), in: columns[2], .good, on: ground)
    }
    canvas.put(
      area.width < Self.namesWidth ? "\(line.iteration.number)" : line.iteration.name,
      in: columns[3], .text, on: ground)
    canvas.put(
      "\(line.iteration.imageCount)", in: columns[4], .text, on: ground, alignment: .right)
    for (column, rate) in [
      (5, line.precision), (6, line.recall), (7, line.averagePrecision),
    ] {
      canvas.put(
        figures.percent(rate), in: columns[column], rate == nil ? .dim : .text, on: ground,
        alignment: .right)
    }
  }
}
