import Dataset
import TerminalGrid
import Workbench

/// A list that is narrowed by typing.
struct PickerView {
  let state: State
  let picker: Picker

  /// Where the box lies and which of its rows are seen.
  func frame(on size: Size) -> OverlayList {
    let rows = state.pickerRows(picker)
    // The height stays while the list is narrowed, so that nothing jumps.
    let fullCount = state.pickerRows(Picker(picker.kind)).count
    let box = ScreenLayout.list(of: max(fullCount, 1) + 1 + detailRows, on: size)
    let inside = box.inset()
    let list = inside.splitTop(1).rest.splitBottom(1 + detailRows).rest
    return OverlayList(box: box, list: list, count: rows.count, cursor: picker.cursor)
  }

  func draw(on canvas: inout Canvas) {
    let rows = state.pickerRows(picker)
    let frame = frame(on: canvas.grid.size)
    let inside = canvas.frame(frame.box, title: title, isFocused: true)
    drawPrompt(on: &canvas, in: inside.line(0))
    for (line, index) in (frame.top..<rows.count).prefix(frame.list.height).enumerated() {
      let area = frame.list.line(line)
      let ground: Role? = index == picker.cursor ? .selection : nil
      canvas.fillRow(area, ground: ground)
      let isFirst = line == 0 || group(of: rows[index - 1]) != group(of: rows[index])
      draw(rows[index], namesGroup: isFirst, on: &canvas, in: area, ground: ground)
    }
    canvas.putScrollbar(
      on: frame.box, top: frame.top, visible: frame.list.height, count: rows.count)
    let below = inside.splitBottom(1 + detailRows).bottom.inset(horizontal: 1, vertical: 0)
    let (details, footer) = below.splitTop(detailRows)
    let row = rows.indices.contains(picker.cursor) ? rows[picker.cursor] : nil
    if let problem = picker.prompt.problem {
      canvas.putParagraph(problem.text, in: details, .bad)
    } else if case .command(let entry) = row, !details.isEmpty {
      canvas.putParagraph(help(of: entry), in: details, .dim)
    }
    drawFooter(row, &canvas, footer)
  }

  /// Lines that tell the whole of what the row under the cursor has no room for.
  private var detailRows: Int {
    switch picker.kind {
    case .help, .palette: ScreenLayout.detailRows
    case .tag, .theme, .projects, .settings: 0
    }
  }

  private func drawPrompt(on canvas: inout Canvas, in area: Rectangle) {
    let line = area.inset(horizontal: 1, vertical: 0)
    let (sign, field) = line.splitLeft(2)
    canvas.put(picker.kind == .palette ? ":" : "/", in: sign, .key)
    canvas.putField(picker.prompt, in: field)
    guard picker.prompt.text.isEmpty else { return }
    canvas.put(invitation, in: field.splitLeft(1).rest, .dim, on: .input)
  }

  private var title: String {
    switch picker.kind {
    case .tag:
      let count = state.selection.count
      return count == 1 ? "Tag" : "Tag \(count) images"
    case .help: return "Help"
    case .palette: return "Command"
    case .theme: return "Theme"
    case .projects: return "Projects"
    case .settings: return "Settings"
    }
  }

  private var invitation: String {
    switch picker.kind {
    case .tag: "type to find or make a tag"
    case .help: "type to find a command"
    case .palette: "type a command"
    case .theme: "type to find a theme"
    case .projects: "type to find or make a project"
    case .settings: "type to find a setting"
    }
  }

  private func group(of row: PickerRow) -> CommandEntry.Group? {
    if case .command(let entry) = row { entry.group } else { nil }
  }

  private func draw(
    _ row: PickerRow, namesGroup: Bool, on canvas: inout Canvas, in area: Rectangle,
    ground: Role?
  ) {
    switch row {
    case .tag(let tag, let probability, let isBorne):
      draw(tag, probability, isBorne, on: &canvas, in: area, ground: ground)
    case .newTag(let name):
      let columns = area.splitIntoColumns([.fixed(1), .fixed(3), .share(), .fixed(1)])
      canvas.put("+", in: columns[1], .good, on: ground)
      canvas.put("make the tag \(name)", in: columns[2], .good, on: ground)
    case .command(let entry):
      if picker.kind == .help {
        drawHelp(entry, namesGroup: namesGroup, on: &canvas, in: area, ground: ground)
      } else {
        drawCommand(entry, on: &canvas, in: area, ground: ground)
      }
    case .theme(let name): put(name, "", on: &canvas, in: area, ground: ground)
    case .project(let line):
      let isOpen = line.project.id == state.project.id
      put(
        isOpen ? "\(line.project.name) (open)" : line.project.name,
        "\(counted(line.imageCount, "image")), \(counted(line.tagCount, "tag"))", on: &canvas,
        in: area, ground: ground)
    case .newProject(let name):
      put("make the project \(name)", "", on: &canvas, in: area, ground: ground, role: .good)
    case .setting(let setting):
      put(setting.name, setting.value, on: &canvas, in: area, ground: ground)
    case .recent(let line):
      let columns = area.splitIntoColumns([.fixed(1), .share(), .fixed(8), .fixed(1)])
      canvas.put(line, in: columns[1], .accent, on: ground)
      canvas.put("again", in: columns[2], .dim, on: ground, alignment: .right)
    }
  }

  private func put(
    _ text: String, _ detail: String, on canvas: inout Canvas, in area: Rectangle,
    ground: Role?, role: Role = .text
  ) {
    let columns = area.splitIntoColumns([
      .fixed(1), .share(weight: 3), .fixed(1), .share(weight: 2), .fixed(1),
    ])
    canvas.put(text, in: columns[1], role, on: ground)
    canvas.put(detail, in: columns[3], .accent, on: ground, alignment: .right)
  }

  private func draw(
    _ tag: Tag, _ probability: Float?, _ isBorne: Bool, on canvas: inout Canvas,
    in area: Rectangle, ground: Role?
  ) {
    let columns = area.splitIntoColumns([
      .fixed(1), .fixed(2), .fixed(2), .share(weight: 3), .fixed(1), .share(weight: 2), .fixed(6),
      .fixed(1),
    ])
    if let number = state.tags.number(of: tag.id) {
      canvas.put("\(number)", in: columns[1], .key, on: ground)
    }
    if isBorne { canvas.put(String(canvas.glyphs.mark), in: columns[2], .accent, on: ground) }
    canvas.put(tag.name, in: columns[3], isBorne ? .accent : .text, on: ground)
    guard let probability else { return }
    canvas.grid.putBar(
      Double(probability), column: columns[5].column, row: columns[5].row,
      width: columns[5].width, full: canvas.style(.barFull, on: ground),
      empty: canvas.style(.barEmpty, on: ground), glyphs: canvas.glyphs)
    canvas.put(
      Figures(glyphs: canvas.glyphs).share(Double(probability)), in: columns[6], .dim,
      on: ground, alignment: .right)
  }

  private func drawHelp(
    _ entry: CommandEntry, namesGroup: Bool, on canvas: inout Canvas, in area: Rectangle,
    ground: Role?
  ) {
    let columns = area.splitIntoColumns([
      .fixed(1), .fixed(10), .fixed(19), .share(), .fixed(1),
    ])
    let isPossible = state.obstacle(to: entry.command) == nil
    if namesGroup { canvas.put(entry.group.rawValue, in: columns[1], .title, on: ground) }
    canvas.put(
      state.keys(of: entry).joined(separator: "  "), in: columns[2], isPossible ? .key : .dim,
      on: ground)
    canvas.put(help(of: entry), in: columns[3], isPossible ? .text : .dim, on: ground)
  }

  private func drawCommand(
    _ entry: CommandEntry, on canvas: inout Canvas, in area: Rectangle, ground: Role?
  ) {
    let columns = area.splitIntoColumns([
      .fixed(1), .fixed(19), .share(), .fixed(1), .fixed(9), .fixed(1),
    ])
    let isPossible = state.obstacle(to: entry.command) == nil
    canvas.put(entry.name, in: columns[1], isPossible ? .text : .dim, on: ground)
    canvas.put(help(of: entry), in: columns[2], .dim, on: ground)
    canvas.put(
      state.keys(of: entry).first ?? "", in: columns[4], .key, on: ground, alignment: .right)
  }

  /// The help text, with the tag's name where a digit gives one.
  private func help(of entry: CommandEntry) -> String {
    guard case .giveTag(let number) = entry.command, let tag = state.tags.tag(number: number)
    else { return entry.help }
    return state.project.type == .multiclass
      ? "Give the tag \(tag.name)" : "Give the tag \(tag.name), or take it; the cursor stays"
  }

  /// Why the chosen row would do nothing, or how to run it.
  private func drawFooter(_ row: PickerRow?, _ canvas: inout Canvas, _ area: Rectangle) {
    if case .command(let entry) = row, let obstacle = state.obstacle(to: entry.command) {
      canvas.put(obstacle.text, in: area, .warning)
      return
    }
    var hints: [(text: String, role: Role)] = []
    if row != nil { hints += [("Enter", .key), (" \(verb)  ", .dim)] }
    if picker.kind == .palette, row != nil { hints += [("Tab", .key), (" complete  ", .dim)] }
    hints += [("Esc", .key), (" close", .dim)]
    if case .command(let entry) = row, picker.kind == .palette, let argument = entry.argument {
      hints.append(("   \(entry.name) \(argument)", .dim))
    }
    canvas.put(hints, in: area)
  }
}

extension PickerView {
  /// What Enter does to the row under the cursor.
  private var verb: String {
    switch picker.kind {
    case .tag: "tag"
    case .help, .palette: "run"
    case .theme: "keep"
    case .projects: "open"
    case .settings: "change"
    }
  }
}

extension Setting {
  fileprivate var value: String {
    switch self {
    case .theme(let name): name
    case .symbols(let symbols): symbols.rawValue
    case .movesOn(let isOn), .usesMouse(let isOn), .usesASCII(let isOn), .learnsLive(let isOn):
      isOn ? "yes" : "no"
    }
  }
}

/// A list in a box over the panes: where it lies, and which row is at its top.
struct OverlayList {
  let box: Rectangle
  let list: Rectangle
  let count: Int
  let cursor: Int

  var top: Int { listTop(cursor: cursor, count: count, height: list.height) }

  /// The row at a place; `nil` outside of the list.
  func row(at position: Position) -> Int? {
    guard list.contains(position) else { return nil }
    let row = top + position.row - list.row
    return row < count ? row : nil
  }
}

extension Canvas {
  /// Draws a line that is being typed, the end that is typed at in sight, and the cursor.
  mutating func putField(_ prompt: Prompt, in line: Rectangle) {
    grid.fill(line, style: theme[.input])
    let before = prompt.text.prefix(prompt.cursor)
    let shownBefore = before.truncated(
      to: line.width - 1, keeping: .end, ellipsis: glyphs.ellipsis)
    let column = line.column + displayWidth(of: shownBefore)
    put(shownBefore, in: line, .input)
    let rest = line.splitLeft(column - line.column).rest
    put(String(prompt.text.dropFirst(prompt.cursor)), in: rest, .input)
    grid.cursor = Position(column: column, row: line.row)
  }
}
