import Dataset
import TerminalGrid
import Workbench

/// The contact sheet: pictures side by side, each with its tags below.
struct SheetView {
  let state: State

  private var images: ImagesState { state.images }

  func draw(
    on canvas: inout Canvas, in area: Rectangle, picture: (ContentHash, Size) -> Grid?
  ) {
    let sheet = SheetLayout(area)
    let visible = images.top..<(images.matchCount ?? 0)
    // The one under the cursor first: pictures are made in the order in which they are asked for.
    let rows = visible.prefix(sheet.columns * sheet.lines)
    for row in [images.cursor] + rows.filter({ $0 != images.cursor }) where rows.contains(row) {
      let tile = sheet.tile(row - images.top)
      guard let image = images.image(at: row) else {
        canvas.put(String(canvas.glyphs.ellipsis), in: tile.line(0), .dim)
        continue
      }
      draw(image, isCurrent: row == images.cursor, on: &canvas, in: tile, picture: picture)
    }
  }

  private func draw(
    _ image: Image, isCurrent: Bool, on canvas: inout Canvas, in tile: Rectangle,
    picture: (ContentHash, Size) -> Grid?
  ) {
    let place = SheetLayout.picture(in: tile)
    if let cells = picture(image.content, place.size) {
      // Pictures stand on their captions.
      let middle = place.centered(width: cells.width, height: cells.height)
      canvas.grid.blit(
        cells, column: middle.column, row: place.endRow - cells.height, clip: place)
    } else {
      canvas.put(
        String(canvas.glyphs.separator), in: place.line(place.height / 2), .dim,
        alignment: .center)
    }
    let caption = tile.line(tile.height - 1)
    let text = Rectangle(
      column: caption.column + 1, row: caption.row, width: caption.width - 2, height: 1)
    let isFocused = state.focus == .images
    let ground: Role? = isCurrent ? (isFocused ? .selection : .inactiveSelection) : nil
    canvas.fillRow(text, ground: ground)
    let tags = state.tagNames(of: image)
    let isMarked = images.marks.contains(image.id)
    var words = tags.isEmpty ? image.name : tags.joined(separator: ", ")
    if state.isWrong(image), let judgement = images.judgements[image.id] {
      let predicted = judgement.predictedTags(state.project.type)
      let names = predicted.compactMap { state.tags.tag($0)?.name }.joined(separator: ", ")
      words += " \(canvas.glyphs.arrow) \(names.isEmpty ? String(canvas.glyphs.dash) : names)"
    }
    if isMarked { words = "\(canvas.glyphs.mark) \(words)" }
    if state.isPending(image.id) { words = "\(canvas.glyphs.pending) \(words)" }
    let role: Role =
      isMarked ? .marked : state.isWrong(image) ? .warning : tags.isEmpty ? .dim : .accent
    canvas.put(words, in: text, role, on: ground)
    // The cursor is a bar at the left that is seen from far away, also without colours.
    guard isCurrent else { return }
    for row in tile.rows {
      canvas.grid.put(
        String(canvas.glyphs.cursorBar), column: tile.column, row: row,
        style: canvas.theme[isFocused ? .focusedBorder : .border])
    }
  }
}
