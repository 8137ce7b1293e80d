import TerminalGrid
import Workbench

/// What lies over the panes: help, prompts, questions and lists.
struct OverlayView {
  let state: State

  func draw(on canvas: inout Canvas) {
    switch state.overlay {
    case nil: break
    case .help(let cursor): HelpView(state: state, cursor: cursor).draw(on: &canvas)
    case .prompt(let prompt): draw(prompt, on: &canvas)
    case .question(let question): draw(question, on: &canvas)
    case .refusedFiles(let files, let cursor): draw(files, cursor, on: &canvas)
    }
  }

  private func draw(_ prompt: Prompt, on canvas: inout Canvas) {
    let box = canvas.grid.bounds.inset(horizontal: 1, vertical: 0).centered(width: 64, height: 5)
    let inside = canvas.frame(box, title: prompt.title, isFocused: true)
      .inset(horizontal: 1, vertical: 0)
    let line = inside.line(0)
    canvas.grid.fill(line, style: canvas.theme[.input])
    // A line that is too long shows the end that is being typed at.
    let before = prompt.text.prefix(prompt.cursor)
    let shownBefore = before.truncated(
      to: line.width - 1, keeping: .end, ellipsis: canvas.glyphs.ellipsis)
    let column = line.column + displayWidth(of: shownBefore)
    canvas.put(shownBefore, in: line, .input)
    let rest = line.splitLeft(column - line.column).rest
    canvas.put(String(prompt.text.dropFirst(prompt.cursor)), in: rest, .input)
    canvas.grid.cursor = Position(column: column, row: line.row)
    canvas.put(
      [("Enter", .key), (" \(prompt.verb)  ", .dim), ("Esc", .key), (" cancel", .dim)],
      in: inside.line(2))
  }

  private func draw(_ question: Question, on canvas: inout Canvas) {
    let text = question.text
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
    let box = ScreenLayout.list(of: files.count, on: canvas.grid.size)
    let title = "\(counted(files.count, "file")) not imported"
    let inside = canvas.frame(box, title: title, isFocused: true)
    let (list, last) = inside.splitBottom(1)
    let top = listTop(cursor: cursor, count: files.count, height: list.height)
    for (line, index) in (top..<files.count).prefix(list.height).enumerated() {
      let ground: Role? = index == cursor ? .selection : nil
      canvas.fillRow(list.line(line), ground: ground)
      let columns = list.line(line).splitIntoColumns([
        .fixed(1), .share(weight: 1), .fixed(2), .share(weight: 1), .fixed(1),
      ])
      canvas.put(files[index].path, in: columns[1], .text, on: ground, keeping: .end)
      canvas.put(files[index].reason, in: columns[3], .warning, on: ground)
    }
    canvas.putScrollbar(on: box, top: top, visible: list.height, count: files.count)
    canvas.put([("Esc", .key), (" close", .dim)], in: last.inset(horizontal: 1, vertical: 0))
  }
}

extension Prompt {
  fileprivate var title: String {
    switch purpose {
    case .newTag: "New tag"
    case .importPaths: "Import files or folders"
    }
  }

  fileprivate var verb: String {
    switch purpose {
    case .newTag: "add"
    case .importPaths: "import"
    }
  }
}
