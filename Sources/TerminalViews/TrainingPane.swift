import Dataset
import Evaluation
import TerminalGrid
import Workbench

/// The training that runs, and the newest iteration's figures of every tag.
struct TrainingPane {
  let state: State

  /// The lines above the table's rows: a summary and the names of the columns.
  static let headRows = 2

  func draw(on canvas: inout Canvas, in frame: Rectangle) {
    let isFocused = state.focus == .training
    let report = state.training.report
    var title = Pane.training.title
    if let report { title += " \(canvas.glyphs.separator) iteration \(report.iteration.number)" }
    var area = canvas.frame(frame, title: title, isFocused: isFocused)
    if let job = state.training.job {
      let (top, rest) = area.splitTop(2)
      drawProgress(of: job, on: &canvas, in: top.inset(horizontal: 1, vertical: 0))
      area = rest
    }
    if let report {
      drawReport(report, on: &canvas, in: area, frame: frame, isFocused: isFocused)
    } else if state.hasLoadedTags, state.training.job == nil {
      let area = area.inset(horizontal: 1, vertical: 0)
      canvas.putParagraph(lesson, in: area.height > 3 ? area.splitTop(1).rest : area, .dim)
    }
    if let remark = liveRemark(canvas.glyphs) { canvas.putFootnote(remark, on: frame) }
  }

  /// What is known without a training.
  private func liveRemark(_ glyphs: Glyphs) -> String? {
    switch state.live {
    case nil, .resting(.notBegun): return nil
    case .resting(.tooManyTagged(let count, let limit)):
      return "live: rests, \(count) tagged, limit \(limit)"
    case .resting(.tooManyImages(let count, let limit)):
      return "live: rests, \(counted(count, "image")), limit \(limit)"
    case .live(let live):
      guard live.accuracy != nil else { return nil }
      let accuracy = Figures(glyphs: glyphs).percent(live.accuracy)
      return "live: accuracy \(accuracy) % of \(live.taggedCount) tagged"
    }
  }

  /// The table's row that is drawn on a row of the screen; negative above the table.
  func row(at row: Int, in inside: Rectangle) -> Int {
    let headRows = Self.headRows + (state.training.job == nil ? 0 : 2)
    let height = inside.height - headRows
    let count = state.training.report?.tags.count ?? 0
    let top = listTop(cursor: state.training.cursor, count: count, height: height)
    return top + row - inside.row - headRows
  }

  /// What to do to get figures here.
  private var lesson: String {
    let least = TrainingState.leastImagesPerTag
    guard let obstacle = state.obstacle(to: .train) else {
      let small = state.smallTags
      if small.isEmpty { return "Not trained yet. Press T to train." }
      let rest = small.count == 1 ? "it" : "them"
      return "\(Obstacle.shortage(of: small)). Press T to train without \(rest), or tag more."
    }
    switch obstacle {
    case .tooFewTrainableTags: return "Not trained yet. \(obstacle.text)."
    case .projectGone: return "\(obstacle.text)."
    default:
      return "Not trained yet. Import images, give at least \(least) of them each tag, "
        + "then press T."
    }
  }

  private func drawProgress(of job: TrainingJob, on canvas: inout Canvas, in area: Rectangle) {
    let figures = Figures(glyphs: canvas.glyphs)
    let fraction = job.progress?.fraction ?? 0
    canvas.put(job.stageText, in: area.line(0), .accent)
    if let timeLeft = job.progress?.timeLeft, !job.isCancelling {
      let rate = (job.progress?.rate).map { "\(figures.rate($0)), " } ?? ""
      canvas.put("\(rate)\(figures.time(timeLeft)) left", in: area.line(0), .dim, alignment: .right)
    }
    let (bar, number) = area.line(1).splitRight(6)
    canvas.grid.putBar(
      fraction, column: bar.column, row: bar.row, width: bar.width,
      full: canvas.theme[.barFull], empty: canvas.theme[.barEmpty], glyphs: canvas.glyphs)
    canvas.put(figures.progress(fraction), in: number, alignment: .right)
  }

  private func drawReport(
    _ report: IterationReport, on canvas: inout Canvas, in area: Rectangle, frame: Rectangle,
    isFocused: Bool
  ) {
    let (head, body) = area.splitTop(Self.headRows)
    let line = head.line(0).inset(horizontal: 1, vertical: 0)
    canvas.put(summary(of: report, width: line.width, canvas.glyphs), in: line, .dim)
    let table = FiguresTable(
      width: area.width, names: report.tags.map(\.name),
      tellsChange: !report.averagePrecisionsBefore.isEmpty, glyphs: canvas.glyphs)
    table.drawHead(on: &canvas, in: head.line(1))
    let cursor = state.training.cursor
    let top = listTop(cursor: cursor, count: report.tags.count, height: body.height)
    for (line, index) in (top..<report.tags.count).prefix(body.height).enumerated() {
      let ground: Role? = isFocused && index == cursor ? .selection : nil
      canvas.fillRow(body.line(line), ground: ground)
      table.draw(
        report.performance.perClass[index], name: report.tags[index].name,
        change: report.change(ofClass: index), on: &canvas, in: body.line(line), ground: ground)
    }
    canvas.putScrollbar(
      on: frame, top: top, visible: body.height, count: report.tags.count)
    // Only where the tags leave room.
    let free = body.splitTop(report.tags.count + (body.height > report.tags.count + 1 ? 1 : 0)).rest
    if let advice = state.advice, !free.isEmpty {
      canvas.putParagraph(advice, in: free.inset(horizontal: 1, vertical: 0), .accent)
    }
  }

  /// The figures of all tags together, the most telling first, as many as fit.
  private func summary(of report: IterationReport, width: Int, _ glyphs: Glyphs) -> String {
    let figures = Figures(glyphs: glyphs)
    let performance = report.performance
    var parts = [
      "precision \(figures.percent(performance.precision)) %",
      "recall \(figures.percent(performance.recall)) %",
    ]
    if performance.accuracy != nil {
      parts.append("accuracy \(figures.percent(performance.accuracy)) %")
    }
    parts.append(counted(performance.imageCount, "image"))
    parts.append(figures.time(seconds: report.iteration.seconds))
    return parts.dropFirst().reduce(parts[0]) { line, part in
      let longer = "\(line) \(glyphs.separator) \(part)"
      return displayWidth(of: longer) <= width ? longer : line
    }
  }
}

extension TrainingJob {
  /// What it does just now.
  var stageText: String {
    if isCancelling { return "Stopping" }
    switch progress?.stage {
    case nil: return "Starting"
    case .embedding(let done, let all): return "Looking at images: \(done) of \(all)"
    case .preparing: return "Preparing"
    case .fitting(let finished, let all): return "Fitting heads: \(finished) of \(all)"
    case .calibrating: return "Calibrating"
    case .saving: return "Saving"
    }
  }
}
