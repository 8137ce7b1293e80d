import Dataset
import TerminalGrid
import Workbench

/// The picture under the cursor, what is known of it, and what is predicted of it.
struct PreviewPane {
  let state: State

  /// Name, measures and tags; in a list that is gone through the reason takes two lines.
  private var captionRows: Int { state.review == nil || state.showsUntaggedList ? 3 : 4 }
  /// Of so many rows one tells a probability.
  private static let rowsPerBar = 6
  private static let mostBars = 6

  /// Where a pane is lower than this, the nearest pictures would leave too little of the one that it is
  /// about.
  private static let leastHeightForEvidence = 16

  struct Parts {
    let picture: Rectangle
    let caption: Rectangle
    /// The nearest pictures that are tagged alike, and otherwise; empty where they are not shown.
    let evidence: Rectangle
    let bars: Rectangle
  }

  /// Divides the inside of the pane; the size depends on the project and the list alone, not on the
  /// picture.
  func parts(of inside: Rectangle) -> Parts {
    let wanted = (inside.height - captionRows) / Self.rowsPerBar
    let count =
      state.training.report == nil && !state.isLearning
      ? 0 : max(0, min(wanted, Self.mostBars, state.tags.counts.count))
    let (rest, bars) = inside.splitBottom(count)
    let hasEvidence =
      state.review?.list.kind == .suspects && rest.height >= Self.leastHeightForEvidence
    let (above, evidence) = rest.splitBottom(hasEvidence ? rest.height / 3 : 0)
    let (picture, caption) = above.splitBottom(captionRows)
    return Parts(picture: picture, caption: caption, evidence: evidence, bars: bars)
  }

  func draw(
    on canvas: inout Canvas, in frame: Rectangle, picture: (ContentHash, Size) -> Grid?
  ) {
    let title = state.isPictureOpen ? state.place(canvas.glyphs) : "Preview"
    let inside = canvas.frame(frame, title: title, isFocused: state.isPictureOpen)
    let parts = parts(of: inside)
    if let preview = state.preview {
      drawPicture(preview, on: &canvas, in: parts.picture, picture: picture)
    }
    guard let image = state.images.current else { return }
    draw(image, on: &canvas, in: parts.caption.inset(horizontal: 1, vertical: 0))
    if !parts.evidence.isEmpty, let evidence = state.review?.evidence, evidence.image == image.id {
      draw(evidence, on: &canvas, in: parts.evidence, picture: picture)
    }
    guard !parts.bars.isEmpty, let suggestion = state.suggestion(for: image) else { return }
    draw(
      suggestion.judgement, of: image, on: &canvas,
      in: parts.bars.inset(horizontal: 1, vertical: 0))
    canvas.putFootnote(source(of: suggestion), on: frame)
  }

  private func draw(_ image: Image, on canvas: inout Canvas, in area: Rectangle) {
    let separator = canvas.glyphs.separator
    let mark = state.images.marks.contains(image.id) ? "\(canvas.glyphs.mark) " : ""
    canvas.put(
      mark + image.name, in: area.line(0), mark.isEmpty ? .text : .marked, keeping: .end)
    if let explained = state.explanation, explained.image == image.id {
      let isThere = explained.explanation != nil
      canvas.put(
        isThere ? explained.words : "Looking for what speaks for it", in: area.line(1),
        isThere ? .accent : .dim)
    } else if let line = state.review?.list.line(of: image.id), !state.showsUntaggedList {
      canvas.putParagraph(line.reason, in: area.splitTop(1).rest.splitBottom(1).rest, .warning)
    } else {
      canvas.put(
        "\(image.width) x \(image.height) \(separator) "
          + Figures(glyphs: canvas.glyphs).byteCount(image.byteCount),
        in: area.line(1), .dim)
    }
    let tags = state.tagNames(of: image)
    let isWrong = state.isWrong(image)
    if tags.isEmpty {
      canvas.put("untagged", in: area.line(area.height - 1), .dim)
    } else {
      canvas.put(
        tags.joined(separator: ", "), in: area.line(area.height - 1), isWrong ? .warning : .accent)
    }
  }

  /// Whose word the probabilities are.
  private func source(of suggestion: Suggestion) -> String {
    guard suggestion.isLive else {
      return state.training.report.map { "iteration \($0.iteration.number)" } ?? ""
    }
    return "live"
  }

  /// The nearest picture that is tagged alike and the nearest that is not, side by side.
  private func draw(
    _ evidence: Evidence, on canvas: inout Canvas, in area: Rectangle,
    picture: (ContentHash, Size) -> Grid?
  ) {
    let (left, right) = area.splitLeft(area.width / 2)
    for (image, half) in [(evidence.agreeing, left), (evidence.disagreeing, right)] {
      guard let image else { continue }
      let (above, caption) = half.inset(horizontal: 1, vertical: 0).splitBottom(1)
      if let cells = picture(image.content, above.size) {
        let place = above.centered(width: cells.width, height: cells.height)
        canvas.grid.blit(
          cells, column: place.column, row: above.endRow - cells.height, clip: above)
      }
      canvas.put(
        "nearest \(state.tagNames(of: image).joined(separator: ", ")): \(image.name)", in: caption,
        .dim)
    }
  }

  /// The most probable tags as bars; those that the image bears stand out.
  private func draw(
    _ judgement: Judgement, of image: Image, on canvas: inout Canvas, in area: Rectangle
  ) {
    let borne = Set(state.tags(of: image))
    let entries = judgement.probabilities.compactMap { entry in
      state.tags.tag(entry.tag).map { (name: $0.name, entry: entry) }
    }.sorted { $0.entry.probability > $1.entry.probability }
    for (line, (name, entry)) in entries.prefix(area.height).enumerated() {
      let columns = area.line(line).splitIntoColumns([
        .share(weight: 2, minimum: 6, maximum: 20), .fixed(1), .share(weight: 3, maximum: 30),
        .fixed(6),
      ])
      let isBorne = borne.contains(entry.tag)
      canvas.put(name, in: columns[0], isBorne ? .accent : .text)
      canvas.grid.putBar(
        Double(entry.probability), column: columns[2].column, row: columns[2].row,
        width: columns[2].width, full: canvas.theme[isBorne ? .barFull : .dim],
        empty: canvas.theme[.barEmpty], glyphs: canvas.glyphs)
      canvas.put(
        Figures(glyphs: canvas.glyphs).share(Double(entry.probability)), in: columns[3], .dim,
        alignment: .right)
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
      if let image = state.images.current, image.content == preview.content,
        let explained = state.explanation, explained.image == image.id,
        let explanation = explained.explanation
      {
        darken(explanation, on: &canvas, in: place, clip: area)
      }
    }
  }

  /// Of what speaks most for the tag, so much has to speak for it to stay in sight.
  private static let leastStrength = 0.25

  /// Takes away what does not speak for the tag: what is left of the picture does.
  private func darken(
    _ explanation: Explanation, on canvas: inout Canvas, in place: Rectangle, clip: Rectangle
  ) {
    let style = canvas.theme[.dim]
    for row in 0..<place.height {
      for column in 0..<place.width {
        let strength = explanation.strength(
          x: (Double(column) + 0.5) / Double(place.width),
          y: (Double(row) + 0.5) / Double(place.height))
        if strength < Self.leastStrength {
          canvas.grid.put(
            " ", column: place.column + column, row: place.row + row, style: style, clip: clip)
        }
      }
    }
  }
}
