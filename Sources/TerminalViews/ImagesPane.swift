import Dataset
import TerminalGrid
import Workbench

/// The image list: marks, names and tags; or a contact sheet.
struct ImagesPane {
  let state: State
  /// What names need beside reasons; 0 where no list is being gone through.
  private let longestName: Int

  init(state: State) {
    self.state = state
    longestName =
      state.review == nil
      ? 0 : state.images.rows.map { displayWidth(of: $0.name) }.max() ?? 0
  }

  private var images: ImagesState { state.images }

  /// A pane narrower than this tells of an image to go through why it is there, not what it bears.
  private static let widthForTags = 60

  func draw(
    on canvas: inout Canvas, in frame: Rectangle, picture: (ContentHash, Size) -> Grid?
  ) {
    let isFocused = state.focus == .images
    let title = state.place(canvas.glyphs)
    let inside = canvas.frame(frame, title: title, isFocused: isFocused)
    guard let count = images.matchCount else {
      drawGhost(on: &canvas, in: inside)
      return
    }
    guard count > 0 else {
      drawEmpty(on: &canvas, in: inside.inset(horizontal: 1, vertical: 0))
      return
    }
    if images.isSheet {
      SheetView(state: state).draw(on: &canvas, in: inside, picture: picture)
      let sheet = SheetLayout(inside)
      canvas.putScrollbar(
        on: frame, top: images.top / sheet.columns, visible: sheet.lines,
        count: (count + sheet.columns - 1) / sheet.columns)
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

  /// What was listed before, until the answer is there.
  private func drawGhost(on canvas: inout Canvas, in inside: Rectangle) {
    guard !images.isSheet else { return }
    for (line, image) in images.ghost.prefix(inside.height).enumerated() {
      draw(image, on: &canvas, in: inside.line(line), ground: nil)
    }
  }

  private func draw(
    _ image: Image, on canvas: inout Canvas, in area: Rectangle, ground: Role?
  ) {
    if let line = state.review?.list.line(of: image.id) {
      draw(image, line, on: &canvas, in: area, ground: ground)
      return
    }
    let showsPrediction = images.selection.asksForPredictions
    let columns = area.splitIntoColumns([
      .fixed(2), .share(weight: 3), .fixed(1), .fixed(1), .fixed(1),
      .share(weight: showsPrediction ? 6 : 2, maximum: showsPrediction ? 44 : 28),
    ])
    let isMarked = images.marks.contains(image.id)
    if isMarked { canvas.put(String(canvas.glyphs.mark), in: columns[0], .marked, on: ground) }
    canvas.put(image.name, in: columns[1], isMarked ? .marked : .text, on: ground)
    if state.isPending(image.id) {
      canvas.put(String(canvas.glyphs.pending), in: columns[3], .pending, on: ground)
    }
    let tags = state.tagNames(of: image)
    var tagArea = columns[5]
    if showsPrediction {
      let parts = tagArea.splitIntoColumns([
        .share(weight: 1, maximum: 16), .fixed(2), .share(weight: 1, minimum: 13),
      ])
      tagArea = parts[0]
      drawPrediction(of: image, on: &canvas, arrow: parts[1], in: parts[2], ground: ground)
    }
    if tags.isEmpty {
      canvas.put(String(canvas.glyphs.dash), in: tagArea, .dim, on: ground)
    } else {
      canvas.put(tags.joined(separator: ", "), in: tagArea, .accent, on: ground)
    }
  }

  /// An image of a list to go through: why it stands there takes the most room.
  private func draw(
    _ image: Image, _ line: ReviewList.Line, on canvas: inout Canvas, in area: Rectangle,
    ground: Role?
  ) {
    // Most reasons name the tags, so that narrow panes can do without the column.
    let showsTags =
      state.review?.list.kind == .nearDuplicates
      || area.width >= Self.widthForTags && !state.showsUntaggedList
    let columns = area.splitIntoColumns([
      .fixed(2), .fixed(min(longestName, area.width * 2 / 5)), .fixed(1), .fixed(1), .fixed(1),
      showsTags ? .share(weight: 2, maximum: 12) : .fixed(0), .fixed(showsTags ? 1 : 0),
      .share(weight: 8),
    ])
    let isMarked = images.marks.contains(image.id)
    let isHandled = state.review?.handled.contains(image.id) == true
    if isMarked {
      canvas.put(String(canvas.glyphs.mark), in: columns[0], .marked, on: ground)
    } else if isHandled {
      canvas.put(String(canvas.glyphs.done), in: columns[0], .good, on: ground)
    }
    canvas.put(
      image.name, in: columns[1], isMarked ? .marked : isHandled ? .dim : .text, on: ground)
    if state.isPending(image.id) {
      canvas.put(String(canvas.glyphs.pending), in: columns[3], .pending, on: ground)
    }
    let tags = state.tagNames(of: image).joined(separator: ", ")
    if showsTags {
      canvas.put(
        tags.isEmpty ? String(canvas.glyphs.dash) : tags, in: columns[5],
        tags.isEmpty ? .dim : .accent, on: ground)
    }
    if isHandled, !showsTags, !tags.isEmpty {
      canvas.put(tags, in: columns[7], .accent, on: ground)
    } else {
      canvas.put(
        reason(of: line, canvas.glyphs), in: columns[7], isHandled ? .dim : .text, on: ground)
    }
  }

  /// Why an image stands on the list that is being gone through; a suggestion as it is now.
  private func reason(of line: ReviewList.Line, _ glyphs: Glyphs) -> String {
    guard state.showsUntaggedList, case .live(let figures) = state.live,
      let judgement = figures.judgement(of: line.image)
    else { return line.reason }
    let figure = Figures(glyphs: glyphs)
    return judgement.probabilities.sorted { $0.probability > $1.probability }.prefix(3)
      .compactMap { entry in
        state.tags.tag(entry.tag).map {
          "\($0.name) (\(figure.share(Double(entry.probability))))"
        }
      }.joined(separator: ", ")
  }

  /// What is predicted beside what the image bears, with its probability.
  private func drawPrediction(
    of image: Image, on canvas: inout Canvas, arrow: Rectangle, in area: Rectangle, ground: Role?
  ) {
    guard let judgement = images.judgements[image.id], let top = judgement.top else { return }
    let predicted = judgement.predictedTags(state.project.type)
    let names = predicted.compactMap { state.tags.tag($0)?.name }
    let role: Role = state.isWrong(image) ? .warning : .dim
    let (name, share) = area.splitRight(5)
    canvas.put(String(canvas.glyphs.arrow), in: arrow, .dim, on: ground)
    canvas.put(
      names.isEmpty ? String(canvas.glyphs.dash) : names.joined(separator: ", "), in: name, role,
      on: ground)
    canvas.put(
      Figures(glyphs: canvas.glyphs).share(Double(top.probability)), in: share, .dim,
      on: ground, alignment: .right)
  }

  private func drawEmpty(on canvas: inout Canvas, in area: Rectangle) {
    let text: String
    if !images.searchText.isEmpty {
      text =
        images.selection.terms == [.wrong]
        ? "No picture is taken for another tag than it bears.\n\nEsc shows all images."
        : "Nothing matches the filter.\n\nEsc ends it; / changes it."
    } else {
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
    }
    canvas.putParagraph(text, in: area.splitTop(1).rest, .dim)
  }
}

extension State {
  /// Whether a list of suggestions is being gone through, which stand for themselves.
  var showsUntaggedList: Bool { [.suggestions, .queue].contains(review?.list.kind) }

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

  /// What is listed: a filter, and what was typed into it.
  var listName: String {
    if let review {
      return images.searchText.isEmpty
        ? review.list.kind.title : "\(review.list.kind.title) /\(images.searchText)"
    }
    guard !images.searchText.isEmpty else { return filterName }
    return images.filter == .all ? "/\(images.searchText)" : "\(filterName) /\(images.searchText)"
  }

  /// What is listed, in which order, and where the cursor is in it: the pane's title.
  func place(_ glyphs: Glyphs) -> String {
    var parts = [Pane.images.title]
    if let review { parts.append(review.list.kind.title) }
    if images.filter != .all { parts.append(filterName) }
    if !images.searchText.isEmpty { parts.append("/\(images.searchText)") }
    let order = images.selection.order
    if order != .imported || images.selection.isReversed {
      parts.append((images.selection.isReversed ? "reversed " : "") + "by \(order.name)")
    }
    if let count = images.matchCount, count > 0 {
      parts.append("\(images.cursor + 1) of \(count)")
    }
    return parts.joined(separator: " \(glyphs.separator) ")
  }
}

extension ReviewKind {
  var title: String {
    switch self {
    case .suspects: "suspicious tags"
    case .suggestions: "suggestions"
    case .queue: "what teaches most"
    case .neighbours(_, let name): "like \(name)"
    case .nearDuplicates: "near-duplicates"
    case .changes: "became right or wrong"
    case .asked: "asked by programs"
    }
  }
}

extension ImageOrder {
  fileprivate var name: String {
    switch self {
    case .imported: "import"
    case .name, .size, .certainty: rawValue
    }
  }
}
