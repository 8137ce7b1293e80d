import Dataset
import Evaluation
import TerminalGrid
import Workbench

/// One iteration in all its figures: tags, confusion matrix, curve, calibration, and the iterations.
struct PerformanceView {
  let state: State
  let view: PerformanceState

  /// From this width on everything stands side by side.
  private static let wideWidth = 110

  func draw(on canvas: inout Canvas, in body: Rectangle) {
    guard let answer = view.answer else {
      _ = canvas.frame(body, title: "Performance", isFocused: true)
      return
    }
    guard let detail = answer.detail else {
      let inside = canvas.frame(body, title: "Performance", isFocused: true)
      canvas.putParagraph(
        "Not trained yet. Press Esc, give tags, then press T to train.",
        in: inside.inset(horizontal: 1, vertical: 1), .dim)
      return
    }
    body.width >= Self.wideWidth
      ? drawWide(detail, answer, on: &canvas, in: body)
      : drawNarrow(detail, answer, on: &canvas, in: body)
  }

  private func drawWide(
    _ detail: IterationDetail, _ answer: PerformanceAnswer, on canvas: inout Canvas,
    in body: Rectangle
  ) {
    let columns = body.splitIntoColumns([.share(weight: 6), .share(weight: 5)])
    let tagRows = detail.report.tags.count + 5
    let isMulticlass = detail.report.performance.confusion != nil
    let middleRows = isMulticlass ? max(8, detail.report.tags.count + 4) : 13
    let left = columns[0].splitIntoRows([
      .share(weight: 2, minimum: 8, maximum: max(8, tagRows)),
      .share(weight: 2, minimum: 8, maximum: middleRows), .share(weight: 1, minimum: 5),
    ])
    let right = columns[1].splitIntoRows([.share(), .share()])
    drawTags(detail, answer, on: &canvas, in: left[0])
    if isMulticlass {
      drawConfusion(detail, on: &canvas, in: left[1])
    } else {
      drawHistogram(detail, on: &canvas, in: left[1])
    }
    IterationsPart(view: view, answer: answer).draw(on: &canvas, in: left[2])
    drawCurve(detail, on: &canvas, in: right[0])
    drawCalibration(detail, on: &canvas, in: right[1])
  }

  /// The tags above, and below what belongs to the part that has the focus.
  private func drawNarrow(
    _ detail: IterationDetail, _ answer: PerformanceAnswer, on canvas: inout Canvas,
    in body: Rectangle
  ) {
    let rows = body.splitIntoRows([
      .share(weight: 2, minimum: 6, maximum: max(6, detail.report.tags.count + 5)),
      .share(weight: 2),
    ])
    drawTags(detail, answer, on: &canvas, in: rows[0])
    let halves = rows[1].splitIntoColumns([.share(), .share()])
    if view.part == .iterations {
      IterationsPart(view: view, answer: answer).draw(on: &canvas, in: halves[0])
      drawCalibration(detail, on: &canvas, in: halves[1])
    } else if detail.report.performance.confusion != nil {
      drawConfusion(detail, on: &canvas, in: halves[0])
      drawCurve(detail, on: &canvas, in: halves[1])
    } else {
      drawCurve(detail, on: &canvas, in: halves[0])
      drawHistogram(detail, on: &canvas, in: halves[1])
    }
  }

  // MARK: - Tags

  private func drawTags(
    _ detail: IterationDetail, _ answer: PerformanceAnswer, on canvas: inout Canvas,
    in frame: Rectangle
  ) {
    let separator = canvas.glyphs.separator
    var title =
      "Iteration \(detail.report.iteration.number) \(separator) threshold "
      + Figures(glyphs: canvas.glyphs).threshold(view.threshold)
    if let base = answer.base { title += " \(separator) change since \(base.iteration.number)" }
    let inside = canvas.frame(frame, title: title, isFocused: view.part == .tags)
    let table = PerformanceTable(view: view, detail: detail, width: inside.width)
    table.drawHead(on: &canvas, in: inside.line(0))
    table.drawTotal(on: &canvas, in: inside.line(1))
    let list = inside.splitTop(2).rest
    let count = detail.report.tags.count
    let top = listTop(cursor: view.tagCursor, count: count, height: list.height)
    for (line, index) in (top..<count).prefix(list.height).enumerated() {
      let ground: Role? =
        index == view.tagCursor ? (view.part == .tags ? .selection : .inactiveSelection) : nil
      canvas.fillRow(list.line(line), ground: ground)
      table.draw(index, on: &canvas, in: list.line(line), ground: ground)
    }
    canvas.putScrollbar(on: frame, top: top, visible: list.height, count: count)
  }

  // MARK: - Plots

  private func drawCurve(
    _ detail: IterationDetail, on canvas: inout Canvas, in frame: Rectangle
  ) {
    let name = tagName(view.tagCursor, detail)
    let inside = canvas.frame(
      frame, title: "\(name) \(canvas.glyphs.separator) precision and recall", isFocused: false)
    let area = canvas.plotAxes(in: inside, across: "recall", up: "precision, %")
    guard detail.counts.classCount > view.tagCursor else { return }
    let points = detail.counts.curve(ofClass: view.tagCursor, pointCount: max(1, 2 * area.width))
    guard let first = points.first else {
      canvas.put(
        "too few images to judge", in: area.line(area.height / 2), .dim, alignment: .center)
      return
    }
    var plot = Plot(area.size)
    var last = (x: 0.0, y: first.precision)
    for point in points {
      plot.addLine(from: last, to: (point.recall, point.precision))
      last = (point.recall, point.precision)
    }
    plot.draw(on: &canvas, in: area, .accent)
    drawThreshold(detail, on: &canvas, in: area)
  }

  /// Where the threshold puts the tag on its curve.
  private func drawThreshold(
    _ detail: IterationDetail, on canvas: inout Canvas, in area: Rectangle
  ) {
    guard
      let counts = detail.counts.counts(ofClass: view.tagCursor, threshold: view.threshold),
      let precision = counts.precision, let recall = counts.recall, !area.isEmpty
    else { return }
    let column = area.column + Int((recall * Double(area.width - 1)).rounded())
    let row = area.row + Int(((1 - precision) * Double(area.height - 1)).rounded())
    canvas.grid.put(
      String(canvas.glyphs.mark), column: column, row: row, style: canvas.theme[.warning],
      clip: area)
  }

  private func drawCalibration(
    _ detail: IterationDetail, on canvas: inout Canvas, in frame: Rectangle
  ) {
    let error = detail.calibration.expectedError.map { error in
      " \(canvas.glyphs.separator) off by \(Figures(glyphs: canvas.glyphs).percent(error)) points"
    }
    let inside = canvas.frame(
      frame, title: "Calibration" + (error ?? ""), isFocused: false)
    let area = canvas.plotAxes(in: inside, across: "promised", up: "came true, %")
    var diagonal = Plot(area.size)
    diagonal.addLine(from: (0, 0), to: (1, 1), gap: 3)
    diagonal.draw(on: &canvas, in: area, .dim)
    guard !area.isEmpty else { return }
    let largest = detail.calibration.bins.map(\.count).max() ?? 0
    for bin in detail.calibration.bins {
      guard let promised = bin.meanProbability, let seen = bin.observedRate else { continue }
      let column = area.column + Int((promised * Double(area.width - 1)).rounded())
      let row = area.row + Int(((1 - seen) * Double(area.height - 1)).rounded())
      // Bins of few images say little.
      let role: Role = bin.count * 10 >= largest ? .accent : .dim
      canvas.grid.put(
        String(canvas.glyphs.mark), column: column, row: row, style: canvas.theme[role],
        clip: area)
    }
  }

  /// How often the probabilities of a tag that lie in tenths come true, as bars of counts.
  private func drawHistogram(
    _ detail: IterationDetail, on canvas: inout Canvas, in frame: Rectangle
  ) {
    let name = tagName(view.tagCursor, detail)
    let inside = canvas.frame(
      frame, title: "\(name) \(canvas.glyphs.separator) probabilities", isFocused: false)
    let counts = (0..<10).map { tenth -> (given: Int, other: Int) in
      func above(_ threshold: Double) -> BinaryCounts? {
        threshold > 1
          ? BinaryCounts() : detail.counts.counts(ofClass: view.tagCursor, threshold: threshold)
      }
      let (low, high) = (above(Double(tenth) / 10), above(tenth == 9 ? 2 : Double(tenth + 1) / 10))
      return (
        (low?.truePositives ?? 0) - (high?.truePositives ?? 0),
        (low?.falsePositives ?? 0) - (high?.falsePositives ?? 0)
      )
    }
    let largest = counts.map { max($0.given, $0.other) }.max() ?? 0
    for (tenth, count) in counts.enumerated() {
      let columns = inside.line(tenth + 1).splitIntoColumns([
        .fixed(1), .fixed(7), .share(), .fixed(6), .share(), .fixed(6), .fixed(1),
      ])
      canvas.put("\(tenth * 10)-\(tenth * 10 + 10)", in: columns[1], .dim)
      for (bar, number, value, role) in [
        (columns[2], columns[3], count.given, Role.good),
        (columns[4], columns[5], count.other, Role.bad),
      ] {
        canvas.grid.putBar(
          largest == 0 ? 0 : Double(value) / Double(largest), column: bar.column, row: bar.row,
          width: bar.width, full: canvas.theme[role], empty: canvas.theme[.barEmpty],
          glyphs: canvas.glyphs)
        canvas.put("\(value)", in: number, .dim, alignment: .right)
      }
    }
    let head = inside.line(0).splitIntoColumns([
      .fixed(8), .share(), .fixed(6), .share(), .fixed(7),
    ])
    canvas.put("bear it", in: head[1], .dim)
    canvas.put("do not", in: head[3], .dim)
  }

  private func drawConfusion(
    _ detail: IterationDetail, on canvas: inout Canvas, in frame: Rectangle
  ) {
    let inside = canvas.frame(
      frame, title: "Confusion \(canvas.glyphs.separator) given \(canvas.glyphs.arrow) predicted",
      isFocused: view.part == .confusion)
    guard let matrix = detail.report.performance.confusion else { return }
    ConfusionGrid(
      names: detail.report.tags.indices.map { tagName($0, detail) }, matrix: matrix, view: view
    ).draw(on: &canvas, in: inside)
  }

  /// The tag's name now; as it was at the time of training where it was deleted since.
  private func tagName(_ index: Int, _ detail: IterationDetail) -> String {
    guard detail.report.tags.indices.contains(index) else { return "" }
    let tag = detail.report.tags[index]
    return state.tags.tag(tag.id)?.name ?? tag.name
  }
}
