import Dataset
import TerminalGrid
import Workbench

/// The picture under the cursor, and what is known of it.
struct PreviewPane {
  let state: State

  /// Name, measures and tags stand below the picture.
  static let captionRows = 3

  func draw(
    on canvas: inout Canvas, in frame: Rectangle, picture: (ContentHash, Size) -> Grid?
  ) {
    let inside = canvas.frame(frame, title: "Preview", isFocused: false)
    let (area, caption) = inside.splitBottom(Self.captionRows)
    if let preview = state.preview {
      drawPicture(preview, on: &canvas, in: area, picture: picture)
    }
    guard let image = state.images.current else { return }
    let separator = canvas.glyphs.separator
    canvas.put(image.name, in: caption.line(0))
    canvas.put(
      "\(image.width) x \(image.height) \(separator) "
        + Figures(glyphs: canvas.glyphs).byteCount(image.byteCount),
      in: caption.line(1), .dim)
    let tags = state.tagNames(of: image)
    if tags.isEmpty {
      canvas.put("untagged", in: caption.line(2), .dim)
    } else {
      canvas.put(tags.joined(separator: ", "), in: caption.line(2), .accent)
    }
  }

  private func drawPicture(
    _ preview: Preview, on canvas: inout Canvas, in area: Rectangle,
    picture: (ContentHash, Size) -> Grid?
  ) {
    switch preview.status {
    case .failed(let reason):
      let lines = wrapped(reason, width: area.width).count
      canvas.putParagraph(
        reason, in: area.centered(width: area.width, height: lines), .bad, alignment: .center)
    case .loading, .ready:
      // Cells may be at hand already while the answer is still on its way.
      guard let cells = picture(preview.content, area.size) else { return }
      let place = area.centered(width: cells.width, height: cells.height)
      canvas.grid.blit(cells, column: place.column, row: place.row, clip: area)
    }
  }
}
