import Dataset
import TerminalGrid
import Workbench

/// The image list: marks, names and tags.
struct ImagesPane {
  let state: State

  private var images: ImagesState { state.images }

  func draw(on canvas: inout Canvas, in frame: Rectangle) {
    let isFocused = state.focus == .images
    let inside = canvas.frame(frame, title: title(canvas.glyphs), isFocused: isFocused)
    guard let count = images.matchCount else { return }
    guard count > 0 else {
      drawEmpty(on: &canvas, in: inside.inset(horizontal: 1, vertical: 0))
      return
    }
    for (line, row) in (images.top..<count).prefix(inside.height).enumerated() {
      let ground: Role? =
        row == images.cursor ? (isFocused ? .selection : .inactiveSelection) : nil
      let area = inside.line(line)
      canvas.fillRow(area, ground: ground)
      if let image = images.image(at: row) {
        draw(image, on: &canvas, in: area, ground: ground)
      } else {
        canvas.put("  \(canvas.glyphs.ellipsis)", in: area, .dim, on: ground)
      }
    }
    canvas.putScrollbar(on: frame, top: images.top, visible: inside.height, count: count)
  }

  private func draw(
    _ image: Image, on canvas: inout Canvas, in area: Rectangle, ground: Role?
  ) {
    let columns = area.splitIntoColumns([
      .fixed(2), .share(weight: 3), .fixed(1), .fixed(1), .fixed(1),
      .share(weight: 2, maximum: 28),
    ])
    let isMarked = images.marks.contains(image.id)
    if isMarked { canvas.put(String(canvas.glyphs.mark), in: columns[0], .marked, on: ground) }
    canvas.put(image.name, in: columns[1], isMarked ? .marked : .text, on: ground)
    if state.isPending(image.id) {
      canvas.put(String(canvas.glyphs.pending), in: columns[3], .pending, on: ground)
    }
    let tags = state.tagNames(of: image)
    if tags.isEmpty {
      canvas.put(String(canvas.glyphs.dash), in: columns[5], .dim, on: ground)
    } else {
      canvas.put(tags.joined(separator: ", "), in: columns[5], .accent, on: ground)
    }
  }

  private func title(_ glyphs: Glyphs) -> String {
    var title = Pane.images.title
    if images.filter != .all { title += " \(glyphs.separator) \(state.filterName)" }
    guard let count = images.matchCount, count > 0 else { return title }
    return "\(title) \(glyphs.separator) \(images.cursor + 1) of \(count)"
  }

  private func drawEmpty(on canvas: inout Canvas, in area: Rectangle) {
    let text: String
    switch images.filter {
    case .all, .tagged, .removed:
      text = """
        Nothing here yet.

        Press i to import files or folders. Folder names can become tags.
        """
    case .untagged:
      text = "Every image has a tag.\n\nEsc shows all images."
    case .tag:
      text = """
        No image has the tag \(state.filterName) yet.

        Esc shows all images; give them the tag there.
        """
    }
    canvas.putParagraph(text, in: area.splitTop(1).rest, .dim)
  }
}

extension State {
  /// The names of the tags that an image bears, with changes that are on their way.
  func tagNames(of image: Image) -> [String] {
    tags(of: image).compactMap { tags.tag($0)?.name }
  }

  /// What the images are filtered by.
  var filterName: String {
    switch images.filter {
    case .all: "all images"
    case .untagged: "untagged"
    case .tagged: "tagged"
    case .removed: "removed"
    case .tag(let id): tags.tag(id)?.name ?? "a deleted tag"
    }
  }
}
