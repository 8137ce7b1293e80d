import Dataset

/// Marking: what the next command means when it is more than the image under the cursor.
extension State {
  /// Moves the cursor of the images pane; a range that is being marked follows.
  mutating func moveImageCursor(to row: Int) -> [Effect] {
    images.destination = nil
    images.moveCursor(to: row, page: imagePage)
    return extendRange()
  }

  mutating func toggleMark() -> [Effect] {
    if images.range != nil {
      endRange(keeping: true)
      return []
    }
    guard let image = images.current?.id else { return [] }
    if images.marks.remove(image) == nil { images.marks.insert(image) }
    images.moveCursor(to: images.cursor + 1, page: imagePage)
    return []
  }

  /// Begins a range at the cursor, or ends it where it is.
  mutating func markRange() {
    if images.range != nil {
      endRange(keeping: true)
    } else {
      beginRange(at: images.cursor, isDragged: false)
    }
  }

  mutating func beginRange(at row: Int, isDragged: Bool) {
    images.range = ImagesState.RangeMark(
      anchor: row, before: images.marks, isDragged: isDragged)
    if let image = images.image(at: row) { images.marks.insert(image.id) }
  }

  mutating func endRange(keeping: Bool) {
    if let range = images.range, !keeping { images.marks = range.before }
    images.range = nil
    outstandingMarks = nil
  }

  /// Marks what lies between the range's beginning and the cursor; rows that are not loaded are
  /// asked for.
  private mutating func extendRange() -> [Effect] {
    guard let range = images.range else { return [] }
    let rows = min(range.anchor, images.cursor)..<max(range.anchor, images.cursor) + 1
    let loaded = rows.clamped(to: images.window)
    images.marks = range.before.union(loaded.compactMap { images.image(at: $0)?.id })
    if loaded == rows {
      outstandingMarks = nil
      return []
    }
    return [loadRowsToMark(rows)]
  }

  /// Marks everything that is listed; where all of it is marked, nothing.
  mutating func markAll() -> [Effect] {
    endRange(keeping: true)
    guard let count = images.matchCount else { return [] }
    if images.marks.count >= count {
      images.marks = []
      return []
    }
    if images.rows.count == count {
      images.marks = Set(images.rows.map(\.id))
      return []
    }
    return [loadRowsToMark(0..<count)]
  }

  private mutating func loadRowsToMark(_ rows: Range<Int>) -> Effect {
    let id: QueryID = nextTicket()
    outstandingMarks = id
    return .loadRowsToMark(id, images.selection, rows: rows)
  }

  mutating func mark(_ found: [ImageID], answering id: QueryID) {
    guard outstandingMarks == id else { return }
    outstandingMarks = nil
    images.marks = (images.range?.before ?? images.marks).union(found)
    // The list may have become shorter since the question.
    images.pruneMarks()
  }
}

/// The mouse.
extension State {
  mutating func point(at target: PointerTarget, _ action: PointerAction) -> [Effect] {
    if action != .drag, draggedBorder != nil {
      draggedBorder = nil
      if action == .release { return [.saveLayout(layout)] }
    }
    switch target {
    case .nothing: break
    case .overlayRow(let row):
      if action == .press { return chooseOverlayRow(row) }
    case .border(let pane, let steps):
      guard overlay == nil, !isPictureOpen else { break }
      if action == .press { draggedBorder = pane }
      if action == .drag, draggedBorder == pane, steps != 0 { moveBorder(of: pane, by: steps) }
    case .row(let pane, let row):
      guard overlay == nil, !isPictureOpen else { break }
      return point(at: row, of: pane, action)
    }
    if action == .release, images.range?.isDragged == true { endRange(keeping: true) }
    return []
  }

  private mutating func point(
    at row: Int, of pane: Pane, _ action: PointerAction
  ) -> [Effect] {
    switch (pane, action) {
    case (.images, .press):
      notice = nil
      focus = .images
      endRange(keeping: true)
      guard row < images.matchCount ?? 0 else { return [] }
      return moveImageCursor(to: row)
    case (.images, .drag):
      guard focus == .images, images.matchCount ?? 0 > 0 else { return [] }
      let row = clamp(row, count: images.matchCount ?? 0)
      if images.range == nil, row != images.cursor {
        beginRange(at: images.cursor, isDragged: true)
      }
      return moveImageCursor(to: row)
    case (.images, .release):
      if images.range?.isDragged == true { endRange(keeping: true) }
    case (.tags, .press):
      notice = nil
      focus = .tags
      guard tags.filters.indices.contains(row) else { return [] }
      return filter(by: tags.filters[row])
    case (.training, .press):
      notice = nil
      focus = .training
      training.cursor = clamp(row, count: training.report?.tags.count ?? 0)
    case (.tags, _), (.training, _): break
    }
    return []
  }

  mutating func scroll(_ target: PointerTarget, by rows: Int) -> [Effect] {
    switch target {
    case .overlayRow, .border, .nothing:
      let command: Command = rows < 0 ? .moveUp : .moveDown
      guard overlay != nil else { return [] }
      for _ in 0..<abs(rows) { _ = runInOverlay(command) }
    case .row(let pane, _):
      guard overlay == nil else { return [] }
      switch pane {
      case .images: return moveImageCursor(to: images.cursor + rows * imagePage.columns)
      case .training:
        training.cursor = clamp(
          training.cursor + rows, count: training.report?.tags.count ?? 0)
      case .tags:
        let place = tags.filters.firstIndex(of: images.filter) ?? 0
        return filter(by: tags.filters[clamp(place + rows.signum(), count: tags.filters.count)])
      }
    }
    return []
  }
}
