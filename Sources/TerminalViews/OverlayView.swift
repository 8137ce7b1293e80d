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
      width: 64, height: prompt.choices.isEmpty ? 5 : 12)
    let inside = canvas.frame(box, title: prompt.title, isFocused: true)
      .inset(horizontal: 1, vertical: 0)
    canvas.putField(prompt, in: inside.line(0))
    let choices = inside.splitTop(1).rest.splitBottom(1).rest
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

  private func draw(_ question: Question, on canvas: inout Canvas) {
    let text = question == .deleteProject ? deletionText : question.text
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
    drawList(of: files.count, title: title, cursor, on: &canvas) { canvas, index, line, ground in
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
    drawList(of: events.count, title: title, cursor, on: &canvas) { canvas, index, line, ground in
      let columns = line.splitIntoColumns([
        .fixed(1), .fixed(16), .fixed(2), .share(weight: 1, maximum: 12), .fixed(2),
        .share(weight: 4), .fixed(1),
      ])
      canvas.put(events[index].time, in: columns[1], .dim, on: ground)
      canvas.put(events[index].actor, in: columns[3], .accent, on: ground)
      canvas.put(events[index].what, in: columns[5], .text, on: ground)
    }
  }

  /// Draws a list in a box, with the row under the cursor in sight.
  private func drawList(
    of count: Int, title: String, _ cursor: Int, on canvas: inout Canvas,
    row: (inout Canvas, _ index: Int, _ line: Rectangle, _ ground: Role?) -> Void
  ) {
    let frame = listFrame(count, cursor, on: canvas.grid.size)
    let inside = canvas.frame(frame.box, title: title, isFocused: true)
    let (list, last) = inside.splitBottom(1)
    for (line, index) in (frame.top..<count).prefix(list.height).enumerated() {
      let ground: Role? = index == cursor ? .selection : nil
      canvas.fillRow(list.line(line), ground: ground)
      row(&canvas, index, list.line(line), ground)
    }
    canvas.putScrollbar(on: frame.box, top: frame.top, visible: list.height, count: count)
    canvas.put([("Esc", .key), (" close", .dim)], in: last.inset(horizontal: 1, vertical: 0))
  }
}

extension OverlayView {
  /// What goes with the project.
  private var deletionText: String {
    let iterations = state.training.report == nil ? "" : " and what was trained"
    return "\(state.project.name): \(counted(state.tags.imageCount, "image")), "
      + "\(counted(state.tags.counts.count, "tag"))\(iterations) leave the list. "
      + "No file is deleted, and tagbench project restore brings all of it back. Delete it?"
  }

  private func listFrame(_ count: Int, _ cursor: Int, on size: Size) -> OverlayList {
    let box = ScreenLayout.list(of: count, on: size)
    return OverlayList(
      box: box, list: box.inset().splitBottom(1).rest, count: count, cursor: cursor)
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

extension Prompt {
  fileprivate var title: String {
    switch purpose {
    case .newTag: "New tag"
    case .importPaths: "Import files or folders"
    case .renameProject: "Rename the project"
    case .acceptSuggestions: "Take suggestions from how many percent on?"
    case .filter: "Filter"
    case .search: "Find"
    }
  }

  fileprivate var verb: String {
    switch purpose {
    case .newTag: "add"
    case .importPaths: "import"
    case .renameProject: "rename"
    case .acceptSuggestions: "take"
    case .filter, .search: "keep"
    }
  }
}
