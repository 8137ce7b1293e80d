import Dataset
import TerminalGrid
import Workbench

/// The two lines at the bottom: what has happened and what runs, then the keys that matter now.
struct StatusLine {
  let state: State

  func draw(on canvas: inout Canvas, status: Rectangle, keys: Rectangle) {
    canvas.grid.fill(status, style: canvas.theme[.statusLine])
    let job = jobText(canvas.glyphs)
    let line = status.inset(horizontal: 1, vertical: 0)
    let (left, right) = line.splitRight(job.isEmpty ? 0 : displayWidth(of: job) + 2)
    canvas.put(job, in: right, .accent, on: .statusLine, alignment: .right)

    if let notice = state.notice {
      canvas.put(notice.text, in: left, notice.role, on: .statusLine)
    } else {
      canvas.put(place(canvas.glyphs), in: left, .text, on: .statusLine)
    }
    canvas.put(hints(canvas.glyphs), in: keys.inset(horizontal: 1, vertical: 0))
  }

  /// The project, the filter and what is marked.
  private func place(_ glyphs: Glyphs) -> String {
    var parts = [state.project.name, state.filterName]
    if !state.images.marks.isEmpty { parts.append("\(state.images.marks.count) marked") }
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
    return parts.joined(separator: " \(glyphs.separator) ")
  }

  private func text(of job: ImportJob, _ figures: Figures) -> String {
    if job.isCancelling { return "stopping import" }
    guard let progress = job.progress else { return "importing" }
    guard let total = progress.totalCount else { return "importing \(progress.doneCount)" }
    return figures.text("importing", progress.doneCount, of: total, pace: progress.pace)
  }

  /// The keys of commands that are told in this pane and would do something now.
  ///
  /// What lies over the panes tells its own keys.
  private func hints(_ glyphs: Glyphs) -> [(text: String, role: Role)] {
    guard state.overlay == nil else { return [] }
    let entries = commandTable.filter { entry in
      entry.hint?.panes.contains(state.focus) == true && state.obstacle(to: entry.command) == nil
    }
    return entries.flatMap { entry -> [(text: String, role: Role)] in
      [(keyText(of: entry), .key), (" \(entry.hint?.text ?? "")  ", .dim)]
    }
  }

  /// The first key; for tags the whole run of digits that give one.
  private func keyText(of entry: CommandEntry) -> String {
    guard entry.command == .giveTag(1) else { return entry.keys[0] }
    let last = (1...9).last { state.tags.tag(number: $0) != nil } ?? 1
    return last == 1 ? "1" : "1-\(last)"
  }
}
