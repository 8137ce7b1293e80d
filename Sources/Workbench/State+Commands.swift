import Dataset

/// Commands: what each does where it is possible.
extension State {
  mutating func run(_ command: Command) -> [Effect] {
    notice = nil
    images.hasFailed = false
    if overlay != nil, let effects = runInOverlay(command) { return effects }
    if let obstacle = obstacle(to: command) {
      notice = .commandDisabled(obstacle)
      return []
    }
    switch command {
    case .moveUp: return move(by: -1)
    case .moveDown: return move(by: 1)
    case .pageUp: return move(by: -pageStep)
    case .pageDown: return move(by: pageStep)
    case .moveToFirst: return move(to: 0)
    case .moveToLast: return move(to: .max)
    case .nextPane: focus = focus.neighbor(1)
    case .previousPane: focus = focus.neighbor(-1)
    case .open: focus = .images
    case .back: return back()
    case .giveTag(let number):
      return tags.tag(number: number).map { give($0.id) } ?? []
    case .giveNegativeTag: return tags.negativeTag.map { give($0.id) } ?? []
    case .clearTags: return change(.clear)
    case .toggleMark: toggleMark()
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .newTag: overlay = .prompt(Prompt(.newTag))
    case .importFiles: overlay = .prompt(Prompt(.importPaths))
    case .train: return train()
    case .cancelJob: return cancelNewestJob()
    case .help: overlay = .help(cursor: 0)
    case .quit:
      guard !runningJobs.isEmpty else { return [.quit] }
      overlay = .question(.quit)
    }
    return []
  }

  private mutating func move(by rows: Int) -> [Effect] { move(to: cursor + rows) }

  private mutating func move(to row: Int) -> [Effect] {
    switch focus {
    case .images:
      images.destination = nil
      images.moveCursor(to: row, pageRows: viewport.imageRows)
    case .training:
      training.cursor = clamp(row, count: training.report?.tags.count ?? 0)
    case .tags:
      let filters = tags.filters
      return filter(by: filters[clamp(row, count: filters.count)])
    }
    return []
  }

  private var cursor: Int {
    switch focus {
    case .images: images.cursor
    case .training: training.cursor
    case .tags: tags.filters.firstIndex(of: images.filter) ?? 0
    }
  }

  /// A page keeps one row of the page before in sight.
  private var pageStep: Int {
    switch focus {
    case .images: max(1, viewport.imageRows - 1)
    case .training: max(1, viewport.trainingRows - 1)
    case .tags: max(1, viewport.tagRows - 1)
    }
  }

  /// Shows the images that pass a filter, from the first; marks stay with the list they were made
  /// in.
  mutating func filter(by filter: ImageFilter) -> [Effect] {
    guard filter != images.filter else { return [] }
    let current = images.current
    images = ImagesState(filter: filter)
    // Back among all images, people find the one again that they were at.
    if filter == .all, let current {
      return [ask(.around(current.id, row: 0, count: windowLength))]
    }
    return []
  }

  private mutating func back() -> [Effect] {
    if !images.marks.isEmpty {
      images.marks = []
    } else if images.filter != .all {
      return filter(by: .all)
    } else {
      focus = .images
    }
    return []
  }

  private mutating func toggleMark() {
    guard let image = images.current?.id else { return }
    if images.marks.remove(image) == nil { images.marks.insert(image) }
    images.moveCursor(to: images.cursor + 1, pageRows: viewport.imageRows)
  }
}

/// The row nearest to `row` in a list of `count` rows; 0 in an empty one.
func clamp(_ row: Int, count: Int) -> Int { max(0, min(row, count - 1)) }

extension Pane {
  fileprivate func neighbor(_ step: Int) -> Pane {
    let panes = Pane.allCases
    let index = panes.firstIndex(of: self) ?? 0
    return panes[(index + step + panes.count) % panes.count]
  }
}
