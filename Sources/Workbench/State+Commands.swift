import Dataset

/// Commands: what each does where it is possible.
extension State {
  mutating func run(_ command: Command) -> [Effect] {
    notice = nil
    images.hasFailed = false
    if overlay != nil, let effects = runInOverlay(command) { return effects }
    if let effects = runInPerformance(command) { return effects }
    if let obstacle = obstacle(to: command) {
      notice = .commandDisabled(obstacle)
      return []
    }
    switch command {
    case .moveUp: return move(by: -cursorColumns)
    case .moveDown: return move(by: cursorColumns)
    case .moveLeft: return moveSideways(by: -1)
    case .moveRight: return moveSideways(by: 1)
    case .pageUp: return move(by: -pageStep)
    case .pageDown: return move(by: pageStep)
    case .moveToFirst: return move(to: 0)
    case .moveToLast: return move(to: .max)
    case .nextPane: moveFocus(by: 1)
    case .previousPane: moveFocus(by: -1)
    case .open: return open()
    case .back: return back()
    case .filter: openFilter()
    case .showWrong: return showWrong()
    case .showSuspects, .showSuggestions, .acceptSuggestions, .showQueue, .showNeighbours,
      .showNearDuplicates, .showChanges, .keepOne, .keepAll, .takeAsked:
      return runReview(command)
    case .explain: return explain()
    case .changeOrder: return changeOrder()
    case .reverseOrder: return reverseOrder()
    case .toggleSheet: return toggleSheet()
    case .showPerformance: return openPerformance()
    case .lowerThreshold: changeThreshold(by: -1)
    case .raiseThreshold: changeThreshold(by: 1)
    case .giveTag, .giveNegativeTag, .pickTag, .repeatTagging, .clearTags, .takePrediction,
      .confirmTags, .removeImages:
      return runTagging(command)
    case .toggleMark: return toggleMark()
    case .markRange: markRange()
    case .markAll: return markAll()
    case .undo: return [.undo]
    case .redo: return [.redo]
    case .newTag: overlay = .prompt(Prompt(.newTag))
    case .renameTag, .deleteTag, .mergeTag: askAboutTag(command)
    case .importFiles: overlay = .prompt(Prompt(.importPaths))
    case .showRefusedFiles: overlay = .refusedFiles(refusedFiles, cursor: 0)
    case .showHistory: return [.loadHistory(focus == .images ? images.current : nil)]
    case .train: return train()
    case .cancelJob: return cancelNewestJob()
    case .showProjects: return openProjects()
    case .renameProject:
      overlay = .prompt(Prompt(.renameProject, text: project.name))
      // So that a name that is taken can be told at once.
      return [.loadProjects]
    case .deleteProject: overlay = .question(.deleteProject)
    case .toggleZoom:
      leavePicture()
      isZoomed.toggle()
      preview = nil
    case .widenPane: return resizePane(by: 1)
    case .narrowPane: return resizePane(by: -1)
    case .changeTheme: openThemes()
    case .changeSymbols: return change(preferences.next(after: .symbols(preferences.symbols)))
    case .showSettings: overlay = .picker(Picker(.settings))
    case .palette: overlay = .picker(Picker(.palette))
    case .help: overlay = .picker(Picker(.help))
    case .quit:
      guard !runningJobs.isEmpty else { return [.quit] }
      overlay = .question(.quit)
    }
    return []
  }

  private mutating func move(by rows: Int) -> [Effect] { move(to: cursor + rows) }

  private mutating func move(to row: Int) -> [Effect] {
    switch focus {
    case .images: return moveImageCursor(to: row)
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

  /// How many rows lie side by side where the cursor is.
  private var cursorColumns: Int { focus == .images ? imagePage.columns : 1 }

  /// A page keeps one row of the page before in sight.
  private var pageStep: Int {
    switch focus {
    case .images:
      max(1, isPictureOpen ? 10 : imagePage.lines - 1) * imagePage.columns
    case .training: max(1, viewport.trainingRows - 1)
    case .tags: max(1, viewport.tagRows - 1)
    }
  }

  /// To the next picture of a contact sheet or of the large view, else to the next pane.
  private mutating func moveSideways(by step: Int) -> [Effect] {
    if isPictureOpen || (focus == .images && images.isSheet) { return move(by: step) }
    moveFocus(by: step)
    return []
  }

  private mutating func moveFocus(by step: Int) {
    leavePicture()
    focus = focus.neighbor(step)
  }

  private mutating func open() -> [Effect] {
    switch focus {
    case .tags: focus = .images
    case .images:
      isPictureOpen.toggle()
      // It fills another number of cells now.
      preview = nil
      images.moveCursor(to: images.cursor, page: imagePage)
    case .training: return openPerformance()
    }
    return []
  }

  private mutating func back() -> [Effect] {
    if isPictureOpen {
      return open()
    } else if images.range != nil {
      endRange(keeping: false)
    } else if !images.marks.isEmpty {
      images.marks = []
    } else if images.selection.terms == [.wrong] {
      return showWrong()
    } else if !images.searchText.isEmpty {
      return search(for: "")
    } else if images.filter != .all || review != nil {
      return filter(by: .all)
    } else {
      focus = .images
    }
    return []
  }

  /// Asks what is to become of the tag under the cursor.
  private mutating func askAboutTag(_ command: Command) {
    guard let entry = tags.counts.first(where: { $0.tag.id == tagAtCursor?.id }) else { return }
    switch command {
    case .renameTag: overlay = .prompt(Prompt(.renameTag(entry.tag), text: entry.tag.name))
    case .mergeTag: overlay = .prompt(Prompt(.mergeTag(entry.tag)))
    default: overlay = .question(.deleteTag(entry))
    }
  }

  private mutating func openThemes() {
    themeBefore = preferences.theme
    var picker = Picker(.theme)
    picker.cursor = preferences.themeNames.firstIndex(of: preferences.theme) ?? 0
    overlay = .picker(picker)
  }

  /// Gives a setting another value, at once and for the next start.
  mutating func change(_ setting: Setting) -> [Effect] {
    preferences.set(setting)
    if case .symbols(let symbols) = setting {
      preview = nil
      notice = .symbols(symbols)
    }
    if case .learnsLive(let isOn) = setting {
      live = nil
      if isOn { return [.saveSetting(setting)] + learnLive() }
    }
    return [.saveSetting(setting)]
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
