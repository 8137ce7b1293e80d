import Dataset
import TerminalGrid
import Workbench

/// The two lines at the bottom: what has happened and what runs, then the keys that matter now.
struct StatusLine {
  let state: State

  func draw(on canvas: inout Canvas, status: Rectangle, keys: Rectangle) {
    if case .prompt(let prompt) = state.overlay, prompt.purpose == .filter {
      drawFilter(prompt, on: &canvas, status: status, keys: keys)
      return
    }
    canvas.grid.fill(status, style: canvas.theme[.statusLine])
    let job = jobText(canvas.glyphs)
    let line = status.inset(horizontal: 1, vertical: 0)
    let (left, right) = line.splitRight(job.isEmpty ? 0 : displayWidth(of: job) + 2)
    canvas.put(job, in: right, .accent, on: .statusLine, alignment: .right)

    let keys = keys.inset(horizontal: 1, vertical: 0)
    guard let notice = state.notice else {
      canvas.put(place(canvas.glyphs), in: left, .text, on: .statusLine)
      drawHints(on: &canvas, in: keys)
      return
    }
    // What does not fit goes on below: what to do next stands at the end of it.
    let lines = wrapped(notice.text, width: left.width)
    canvas.put(lines[0], in: left, notice.role, on: .statusLine)
    if lines.count == 1 {
      drawHints(on: &canvas, in: keys)
    } else {
      canvas.put(lines.dropFirst().joined(separator: " "), in: keys, notice.role)
    }
  }

  /// The filter that is being typed, what it finds, and what can be typed into it.
  private func drawFilter(
    _ prompt: Prompt, on canvas: inout Canvas, status: Rectangle, keys: Rectangle
  ) {
    canvas.grid.fill(status, style: canvas.theme[.input])
    let line = status.inset(horizontal: 1, vertical: 0)
    let found = state.images.matchCount.map { $0 == 1 ? "1 image" : "\($0) images" } ?? ""
    let (left, right) = line.splitRight(max(12, displayWidth(of: found) + 1))
    let (sign, field) = left.splitLeft(1)
    canvas.put("/", in: sign, .key, on: .input)
    canvas.put(found, in: right, .dim, on: .input, alignment: .right)
    canvas.putField(prompt, in: field)
    // A term that is not known yet may be half typed.
    if let problem = state.filterProblem, case .commandDisabled = problem {
      canvas.put(problem.text, in: keys.inset(horizontal: 1, vertical: 0), problem.role)
      return
    }
    canvas.put(
      [
        ("Enter", .key), (" keep  ", .dim), ("Esc", .key), (" take back  ", .dim),
        ("tag:daisy  predicted:daisy  untagged  wrong  p<0.6  size>1mb  -term", .dim),
      ], in: keys.inset(horizontal: 1, vertical: 0))
  }

  /// The project, the filter and what is marked.
  private func place(_ glyphs: Glyphs) -> String {
    let name = state.project.name
    var parts = [state.isProjectGone ? "\(name) (deleted elsewhere)" : name, state.listName]
    if !state.images.marks.isEmpty { parts.append("\(state.images.marks.count) marked") }
    if state.images.range != nil { parts.append("marking a range, v ends it") }
    if !state.pendingChanges.isEmpty { parts.append("saving") }
    return parts.joined(separator: " \(glyphs.separator) ")
  }

  private func jobText(_ glyphs: Glyphs) -> String {
    var parts: [String] = []
    let figures = Figures(glyphs: glyphs)
    if let job = state.importing {
      parts.append(text(of: job, figures))
    }
    if let progress = state.embedding?.progress {
      parts.append(
        figures.text(
          "reading", progress.doneCount, of: progress.totalCount, pace: progress.pace))
    }
    if let job = state.training.job {
      parts.append(
        job.isCancelling
          ? "stopping training" : "training \(figures.progress(job.progress?.fraction ?? 0))")
    }
    if state.awaitedReview != nil { parts.append("making the list") }
    parts += state.jobsElsewhere.map { text(of: $0, figures) }
    return parts.joined(separator: " \(glyphs.separator) ")
  }

  /// A job of another process, told apart from our own.
  private func text(of job: JobElsewhere, _ figures: Figures) -> String {
    let count = job.totalCount > 0 ? " \(job.doneCount) of \(job.totalCount)" : ""
    return switch job.kind {
    case .importing: "elsewhere: importing\(count)"
    case .embedding: "elsewhere: reading\(count)"
    case .training: "elsewhere: training \(figures.progress(Double(job.doneCount) / 100))"
    }
  }

  private func text(of job: ImportJob, _ figures: Figures) -> String {
    if job.isCancelling { return "stopping import" }
    guard let progress = job.progress else { return "importing" }
    guard let total = progress.totalCount else { return "importing \(progress.doneCount)" }
    return figures.text("importing", progress.doneCount, of: total, pace: progress.pace)
  }

  /// Tells the keys of commands that matter in this pane and would do something now, as many as
  /// fit; how to find all others always fits.
  ///
  /// What lies over the panes tells its own keys.
  private func drawHints(on canvas: inout Canvas, in area: Rectangle) {
    guard state.overlay == nil else { return }
    if let performance = state.performance {
      drawHints(of: performance, on: &canvas, in: area)
      return
    }
    let last = hints(of: [.help, .quit])
    let (left, right) = area.splitRight(last.reduce(0) { $0 + width(of: $1) })
    canvas.put(last.flatMap { $0 }, in: right)
    var rest = left
    for hint in hints(of: commandsThatMatter) where width(of: hint) <= rest.width {
      canvas.put(hint, in: rest)
      rest = rest.splitLeft(width(of: hint)).rest
    }
  }

  private func drawHints(
    of view: PerformanceState, on canvas: inout Canvas, in area: Rectangle
  ) {
    var hints: [(text: String, role: Role)] = [
      ("[ ]", .key), (" threshold  ", .dim), ("Tab", .key), (" next part  ", .dim),
    ]
    switch view.part {
    case .tags: hints += [("Enter", .key), (" its images  ", .dim)]
    case .confusion: hints += [("Enter", .key), (" these images  ", .dim)]
    case .iterations:
      hints += [("Enter", .key), (" show  ", .dim), ("Space", .key), (" compare with  ", .dim)]
    }
    canvas.put(hints + [("Esc", .key), (" back", .dim)], in: area)
  }

  private var commandsThatMatter: [Command] {
    let here = commandTable.filter { entry in
      entry.hint?.panes.contains(state.focus) == true
    }.map(\.command).filter { $0 != .help && $0 != .quit }
    let first = state.focus == .images ? commandsOfReview : []
    return first + here.filter { !first.contains($0) }
  }

  /// What settles an image of the list that is being gone through.
  private var commandsOfReview: [Command] {
    switch state.review?.list.kind {
    case .suspects, .changes: [.takePrediction, .confirmTags, .removeImages]
    case .suggestions, .queue, .asked: [.takePrediction, .pickTag]
    case .nearDuplicates: [.keepOne, .keepAll, .removeImages]
    case .neighbours: []
    case nil:
      state.images.selection.terms.contains(.wrong)
        ? [.takePrediction, .confirmTags, .removeImages] : []
    }
  }

  private func hints(of commands: [Command]) -> [[(text: String, role: Role)]] {
    commands.compactMap(\.entry).filter { entry in
      state.obstacle(to: entry.command) == nil && !state.keys(of: entry).isEmpty
    }.map { entry in
      [(keyText(of: entry), .key), (" \(entry.hint?.text ?? "")  ", .dim)]
    }
  }

  private func width(of hint: [(text: String, role: Role)]) -> Int {
    hint.reduce(0) { $0 + displayWidth(of: $1.text) }
  }

  /// The first key; for tags the whole run of digits that give one.
  private func keyText(of entry: CommandEntry) -> String {
    guard entry.command == .giveTag(1) else { return state.keys(of: entry).first ?? "" }
    let last = (1...9).last { state.tags.tag(number: $0) != nil } ?? 1
    return last == 1 ? "1" : "1-\(last)"
  }
}
