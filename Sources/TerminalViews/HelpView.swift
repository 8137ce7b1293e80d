import Dataset
import TerminalGrid
import Workbench

/// Every command with its keys, straight from the command table.
struct HelpView {
  let state: State
  let cursor: Int

  func draw(on canvas: inout Canvas) {
    let box = ScreenLayout.list(of: commandTable.count, on: canvas.grid.size)
    let inside = canvas.frame(box, title: "Help", isFocused: true)
    let (list, last) = inside.splitBottom(1)
    let top = listTop(cursor: cursor, count: commandTable.count, height: list.height)
    for (line, index) in (top..<commandTable.count).prefix(list.height).enumerated() {
      // The group is named where it begins, and on the first row in sight.
      let isFirst = line == 0 || commandTable[index - 1].group != commandTable[index].group
      draw(
        commandTable[index], namesGroup: isFirst, isChosen: index == cursor, on: &canvas,
        in: list.line(line))
    }
    canvas.putScrollbar(on: box, top: top, visible: list.height, count: commandTable.count)
    drawFooter(on: &canvas, in: last.inset(horizontal: 1, vertical: 0))
  }

  private func draw(
    _ entry: CommandEntry, namesGroup: Bool, isChosen: Bool, on canvas: inout Canvas,
    in area: Rectangle
  ) {
    let ground: Role? = isChosen ? .selection : nil
    let columns = area.splitIntoColumns([
      .fixed(1), .fixed(9), .fixed(20), .share(), .fixed(1),
    ])
    let isPossible = state.obstacle(to: entry.command) == nil
    canvas.fillRow(area, ground: ground)
    if namesGroup { canvas.put(entry.group.rawValue, in: columns[1], .title, on: ground) }
    canvas.put(
      entry.keys.joined(separator: "  "), in: columns[2], isPossible ? .key : .dim, on: ground)
    canvas.put(help(of: entry), in: columns[3], isPossible ? .text : .dim, on: ground)
  }

  /// The help text, with the tag's name where a digit gives one.
  private func help(of entry: CommandEntry) -> String {
    guard case .giveTag(let number) = entry.command, let tag = state.tags.tag(number: number)
    else { return entry.help }
    return "Give the tag \(tag.name)"
  }

  /// Why the chosen command would do nothing, or how to run it.
  private func drawFooter(on canvas: inout Canvas, in area: Rectangle) {
    if let obstacle = state.obstacle(to: commandTable[cursor].command) {
      canvas.put(obstacle.text, in: area, .warning)
    } else {
      canvas.put([("Enter", .key), (" run  ", .dim), ("Esc", .key), (" close", .dim)], in: area)
    }
  }
}
