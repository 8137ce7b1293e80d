import Dataset
import TerminalGrid
import Workbench

/// What lies over the panes: help, prompts, questions and lists.
struct OverlayView {
  let state: State

  func draw(on canvas: inout Canvas) {
    switch state.overlay {
    case nil: break
    case .picker(let picker): PickerView(state: state, picker: picker).draw(on: &canvas)
    // The status line has it, since the list that it narrows is to be seen.
    case .prompt(let prompt) where prompt.purpose == .filter: break
    case .prompt(let prompt): draw(prompt, on: &canvas)
    case .question(let question): draw(question, on: &canvas)
    case .refusedFiles(let files, let cursor): draw(files, cursor, on: &canvas)
    case .history(let name, let lines, let cursor): draw(lines, of: name, cursor, on: &canvas)
    }
  }

  private func draw(_ prompt: Prompt, on canvas: inout Canvas) {
    let box = canvas.grid.bounds.inset(horizontal: 1, vertical: 0).centered(
      width: 64, height: (prompt.choices.isEmpty ? 5 : 12) + problemRows(of: prompt, canvas))
    let inside = canvas.frame(box, title: prompt.title, isFocused: true)
      .inset(horizontal: 1, vertical: 0)
    canvas.putField(prompt, in: inside.line(0))
    let below = inside.splitTop(1).rest.splitBottom(1).rest
    let problem = prompt.problem?.text ?? ""
    let rows = canvas.putParagraph(problem, in: problem.isEmpty ? below.line(0) : below, .bad)
    let choices = problem.isEmpty ? below : below.splitTop(rows).rest
    for (line, choice) in prompt.choices.prefix(choices.height).enumerated() {
      let isLast = line == choices.height - 1 && prompt.choices.count > choices.height
      canvas.put(
        isLast ? "and \(prompt.choices.count - line) more" : choice, in: choices.line(line),
        isLast ? .dim : .text, keeping: .end)
    }
    let completes: [(text: String, role: Role)] =
      prompt.purpose == .importPaths ? [("Tab", .key), (" complete  ", .dim)] : []
    canvas.put(
      [("Enter", .key), (" \(prompt.verb)  ", .dim)] + completes
        + [("Esc", .key), (" cancel", .dim)], in: inside.line(inside.height - 1))
  }

  private func problemRows(of prompt: Prompt, _ canvas: Canvas) -> Int {
    guard let problem = prompt.problem else { return 0 }
    return wrapped(problem.text, width: min(64, canvas.grid.size.width - 2) - 4).count
  }

  private func draw(_ question: Question, on canvas: inout Canvas) {
    let text =
      switch question {
      case .deleteProject: deletionText
      case .quit: leavingText
      default: question.text
      }
    let screen = canvas.grid.bounds.inset(horizontal: 1, vertical: 0)
    let width = min(60, screen.width)
    let rows = wrapped(text, width: width - 4).count
    let inside = canvas.frame(
      screen.centered(width: width, height: rows + 4), title: question.title, isFocused: true
    ).inset(horizontal: 1, vertical: 0)
    canvas.putParagraph(text, in: inside)
    let answers =
      [("y", question.yes), ("n", question.no)]
      + (question.hasThirdAnswer ? [("Esc", "cancel")] : [])
    canvas.put(
      answers.flatMap { key, text in
        [(text: key, role: Role.key), (text: " \(text)  ", role: .dim)]
      }, in: inside.line(rows + 1))
  }

  private func draw(_ files: [ImportSummary.RefusedFile], _ cursor: Int, on canvas: inout Canvas) {
    let title = "\(counted(files.count, "file")) not imported"
    let whole =
      files.indices.contains(cursor) ? "\(files[cursor].path): \(files[cursor].reason)" : ""
    drawList(
      of: files.count, title: title, whole: whole, cursor, on: &canvas
    ) { canvas, index, line, ground in
      let columns = line.splitIntoColumns([
        .fixed(1), .share(weight: 1), .fixed(2), .share(weight: 1), .fixed(1),
      ])
      canvas.put(files[index].path, in: columns[1], .text, on: ground, keeping: .end)
      canvas.put(files[index].reason, in: columns[3], .warning, on: ground)
    }
  }

  private func draw(
    _ events: [HistoryLine], of name: String?, _ cursor: Int, on canvas: inout Canvas
  ) {
    let title = "History of \(name ?? state.project.name)"
    let whole = events.indices.contains(cursor) ? events[cursor].what : ""
    drawList(
      of: events.count, title: title, whole: whole, cursor, on: &canvas
    ) { canvas, index, line, ground in
      let columns = line.splitIntoColumns([
        .fixed(1), .fixed(16), .fixed(2), .share(weight: 1, maximum: 12), .fixed(2),
        .share(weight: 4), .fixed(1),
      ])
      canvas.put(events[index].time, in: columns[1], .dim, on: ground)
      canvas.put(events[index].actor, in: columns[3], .accent, on: ground)
      canvas.put(events[index].what, in: columns[5], .text, on: ground)
    }
  }

  /// Draws a list in a box, with the row under the cursor in sight, and below it all that the row has
  /// no room for.
  private func drawList(
    of count: Int, title: String, whole: String, _ cursor: Int, on canvas: inout Canvas,
    row: (inout Canvas, _ index: Int, _ line: Rectangle, _ ground: Role?) -> Void
  ) {
    let frame = listFrame(count, cursor, on: canvas.grid.size)
    let inside = canvas.frame(frame.box, title: title, isFocused: true)
    let list = frame.list
    let below = inside.splitBottom(1 + ScreenLayout.detailRows).bottom.inset(
      horizontal: 1, vertical: 0)
    canvas.putParagraph(whole, in: below.splitBottom(1).rest, .dim)
    for (line, index) in (frame.top..<count).prefix(list.height).enumerated() {
      let ground: Role? = index == cursor ? .selection : nil
      canvas.fillRow(list.line(line), ground: ground)
      row(&canvas, index, list.line(line), ground)
    }
    canvas.putScrollbar(on: frame.box, top: frame.top, visible: list.height, count: count)
    canvas.put([("Esc", .key), (" close", .dim)], in: below.splitBottom(1).bottom)
  }
}

extension OverlayView {
  /// What runs, and what becomes of it.
  private var leavingText: String {
    let jobs = state.runningJobs.map { job in
      switch job.kind {
      case .training: "A training is running; nothing of it would be kept."
      case .importing:
        "An import is running\(importedText); what is in by now stays, the rest is left out."
      }
    }
    return (jobs + [Question.quit.text]).joined(separator: "\n")
  }

  private var importedText: String {
    guard let progress = state.importing?.progress, let total = progress.totalCount else {
      return ""
    }
    return ", \(progress.doneCount) of \(counted(total, "file")) done"
  }

  /// What goes with the project.
  private var deletionText: String {
    let iterations = state.training.report == nil ? "" : " and what was trained"
    return "\(state.project.name): \(counted(state.tags.imageCount, "image")), "
      + "\(counted(state.tags.counts.count, "tag"))\(iterations) leave the list. "
      + "No file is deleted, and tagbench project restore brings all of it back. Delete it?"
  }

  private func listFrame(_ count: Int, _ cursor: Int, on size: Size) -> OverlayList {
    let box = ScreenLayout.list(of: count + ScreenLayout.detailRows, on: size)
    return OverlayList(
      box: box, list: box.inset().splitBottom(1 + ScreenLayout.detailRows).rest, count: count,
      cursor: cursor)
  }

  /// The list that lies over the panes; `nil` where there is none.
  func list(on size: Size) -> OverlayList? {
    switch state.overlay {
    case .picker(let picker): PickerView(state: state, picker: picker).frame(on: size)
    case .refusedFiles(let files, let cursor): listFrame(files.count, cursor, on: size)
    case .history(_, let lines, let cursor): listFrame(lines.count, cursor, on: size)
    case .prompt, .question, nil: nil
    }
  }
}

extension Prompt.Problem {
  /// What is wrong, and what to do.
  var text: String {
    switch self {
    case .tagNameTaken(let name):
      "There is a tag \(name) already. Type another name, or merge the two: M in the Tags pane"
    case .projectNameTaken(let name):
      "There is a project \(name) already. Type another name"
    case .noTagOfName(let name): "There is no tag \(name). Type the name of one of the list"
    case .notMergeable(let name): "It cannot be merged with \(name). Type another tag"
    case .nothingThere(let count):
      "There is no file or folder of \(count == 1 ? "this name" : "these names"). Tab completes names"
    case .unknown(let text, let wanted?): "“\(text)” is none of: \(wanted)"
    case .unknown(let text, nil): "Nothing goes behind this command: “\(text)”"
    case .refused(let reason): reason
    }
  }
}

extension Prompt {
  fileprivate var title: String {
    switch purpose {
    case .newTag: "New tag"
    case .importPaths: "Import files or folders"
    case .renameProject: "Rename the project"
    case .renameTag(let tag): "Rename the tag \(tag.name)"
    case .mergeTag(let tag): "Which tag instead of \(tag.name)?"
    case .acceptSuggestions: "Take suggestions from how many percent on?"
    case .filter: "Filter"
    case .search: "Find"
    }
  }

  fileprivate var verb: String {
    switch purpose {
    case .newTag: "add"
    case .importPaths: "import"
    case .renameProject, .renameTag: "rename"
    case .mergeTag: "merge"
    case .acceptSuggestions: "take"
    case .filter, .search: "keep"
    }
  }
}
