public import Dataset

/// Why a command does nothing just now; views word it.
public enum Obstacle: Equatable, Sendable {
  case noImages
  /// The row under the cursor has not been read yet.
  case imageNotLoaded
  /// No tag has this digit.
  case noTag(number: Int)
  case noNegativeTag
  /// The command is meant for other panes.
  case onlyIn(Pane)
  case alreadyTraining
  case alreadyImporting
  case nothingRunning
  /// No tag has been given yet that could be given again.
  case nothingToRepeat
  /// The iteration in use says nothing about the image, or there is none.
  case noPrediction
  case notTrained
  /// The images bear no tag that could be right.
  case untagged
  /// The performance view has no images to do this to.
  case notInPerformance
  /// The threshold is moved in the performance view.
  case onlyInPerformance
  /// A project cannot be left while something runs for it.
  case jobsRunning
  /// Changes are on their way to the disk.
  case stillSaving
  /// The pane has all that its neighbours can give, or no more than it needs; or it is zoomed.
  case atLimit
  /// What is learned at once is turned off.
  case liveIsOff
  /// Nothing has been learned yet, or not any more.
  case nothingLearned(LiveRest)
  /// The list has an order of its own.
  case listIsOrdered
  /// The image is in no group of a list of near-duplicates.
  case onlyInNearDuplicates
  /// No import has left anything out.
  case nothingRefused
  /// The cursor of the tags pane is on no tag.
  case noTagAtCursor
  /// The images bear no tags that could be taken away.
  case nothingToUntag(imageCount: Int)
  /// Of the group under the cursor no other image is left.
  case groupIsSettled
  /// No theme is installed that could be chosen.
  case noThemes
  /// Another process has deleted the project.
  case projectGone
  /// Fewer than the two tags that it takes have enough images; all tags that have too few.
  case tooFewTrainableTags(small: [TagCount])
}

extension State {
  /// Returns why a command would do nothing now; `nil` when it would do its work.
  public func obstacle(to command: Command) -> Obstacle? {
    if isProjectGone, command.changesProject { return .projectGone }
    if performance != nil, !command.isMeantForPerformance { return .notInPerformance }
    switch command {
    case .lowerThreshold, .raiseThreshold: return performance == nil ? .onlyInPerformance : nil
    case .showPerformance: return training.report == nil ? .notTrained : nil
    default: return obstacleInPanes(to: command)
    }
  }

  private func obstacleInPanes(to command: Command) -> Obstacle? {
    switch command {
    case .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .moveToFirst,
      .moveToLast, .nextPane, .previousPane, .back, .undo, .redo, .newTag, .palette, .help,
      .quit, .filter, .toggleSheet, .changeSymbols,
      .showPerformance, .lowerThreshold, .raiseThreshold, .renameProject, .toggleZoom,
      .showSettings:
      nil
    case .changeTheme: preferences.themeNames.isEmpty ? .noThemes : nil
    case .renameTag, .deleteTag, .mergeTag: tagAtCursor == nil ? .noTagAtCursor : nil
    case .widenPane: viewport.widenable.contains(focus) ? nil : .atLimit
    case .narrowPane: viewport.narrowable.contains(focus) ? nil : .atLimit
    case .showProjects, .deleteProject:
      !runningJobs.isEmpty ? .jobsRunning : pendingChanges.isEmpty ? nil : .stillSaving
    case .open:
      switch focus {
      case .images: obstacleAtCursor
      case .tags: nil
      case .training: training.report == nil ? .notTrained : nil
      }
    case .changeOrder, .reverseOrder: images.selection.listed == nil ? nil : .listIsOrdered
    case .showWrong, .showChanges: training.report == nil ? .notTrained : nil
    case .showSuspects, .showSuggestions, .acceptSuggestions, .showQueue:
      hasLoadedTags && tags.imageCount == 0 ? .noImages : obstacleToReview
    case .showNearDuplicates: tags.imageCount == 0 ? .noImages : nil
    case .takeAsked: nil
    case .showHistory: focus == .images ? obstacleAtCursor : nil
    case .showNeighbours: obstacleAtCursor ?? obstacleToReview
    case .explain: obstacleAtCursor ?? (training.report == nil ? .notTrained : nil)
    case .keepOne, .keepAll:
      onlyAmongImages(
        groupAtCursor.isEmpty
          ? .onlyInNearDuplicates : groupAtCursor.count == 1 ? .groupIsSettled : nil)
    case .pickTag: obstacleToTagging
    case .removeImages: onlyAmongImages(obstacleToTagging)
    case .repeatTagging:
      onlyAmongImages(lastOperation == nil ? .nothingToRepeat : obstacleToTagging)
    case .markRange, .markAll: images.matchCount == 0 ? .noImages : nil
    case .takePrediction:
      onlyAmongImages(obstacleToTagging ?? (hasPrediction ? nil : .noPrediction))
    case .confirmTags:
      onlyAmongImages(
        obstacleToTagging
          ?? (isAnythingTagged || project.type == .multilabel ? nil : .untagged))
    case .showRefusedFiles: refusedFiles.isEmpty ? .nothingRefused : nil
    case .giveTag(let number):
      tags.tag(number: number) == nil ? .noTag(number: number) : obstacleToTagging
    case .giveNegativeTag: tags.negativeTag == nil ? .noNegativeTag : obstacleToTagging
    case .clearTags:
      onlyAmongImages(
        obstacleToTagging
          ?? (isAnythingTagged ? nil : .nothingToUntag(imageCount: selection.count)))
    case .toggleMark: onlyAmongImages(obstacleAtCursor)
    case .importFiles: importing == nil ? nil : .alreadyImporting
    case .train: training.job == nil ? obstacleToTraining : .alreadyTraining
    case .cancelJob: runningJobs.isEmpty ? .nothingRunning : nil
    }
  }

  /// Tags with fewer images than training takes, and whether enough others are left.
  ///
  /// Counts may lag behind changes that are on their way; the library has the last word.
  public var smallTags: [TagCount] {
    tags.counts.filter { $0.imageCount < TrainingState.leastImagesPerTag }
  }

  private var obstacleToReview: Obstacle? {
    guard preferences.learnsLive else { return .liveIsOff }
    switch live {
    case .live: return nil
    case .resting(let rest): return .nothingLearned(rest)
    case nil: return .nothingLearned(.notBegun)
    }
  }

  /// Whether some image of the selection is known to have a prediction.
  private var hasPrediction: Bool {
    guard !images.marks.isEmpty else {
      return images.current.flatMap(suggestion(for:))?.judgement.top != nil
    }
    let marked = images.rows.filter { images.marks.contains($0.id) }
    return marked.contains { suggestion(for: $0)?.judgement.top != nil }
  }

  /// Whether some image of the selection may bear a tag; what is not loaded may.
  private var isAnythingTagged: Bool {
    let ids = Set(selection)
    let loaded = images.rows.filter { ids.contains($0.id) }
    return loaded.count < ids.count || loaded.contains { !tags(of: $0).isEmpty }
  }

  /// Whoever is in another pane does not mean the image under the cursor of this one.
  private func onlyAmongImages(_ obstacle: Obstacle?) -> Obstacle? {
    focus == .images ? obstacle : .onlyIn(.images)
  }

  private var obstacleToTagging: Obstacle? {
    images.marks.isEmpty ? obstacleAtCursor : nil
  }

  private var obstacleAtCursor: Obstacle? {
    if images.matchCount == 0 { return .noImages }
    return images.current == nil ? .imageNotLoaded : nil
  }

  private var obstacleToTraining: Obstacle? {
    if tags.imageCount == 0 { return .noImages }
    let small = smallTags
    return tags.counts.count - small.count < 2 ? .tooFewTrainableTags(small: small) : nil
  }
}

extension Command {
  /// Whether a command is about to change something of the project.
  fileprivate var changesProject: Bool {
    switch self {
    case .giveTag, .giveNegativeTag, .pickTag, .repeatTagging, .clearTags, .takePrediction,
      .confirmTags, .removeImages, .keepOne, .keepAll, .takeAsked, .acceptSuggestions, .undo, .redo,
      .newTag, .renameTag, .deleteTag, .mergeTag, .importFiles, .train, .renameProject,
      .deleteProject:
      true
    case .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .moveToFirst, .moveToLast,
      .nextPane, .previousPane, .open, .back, .filter, .showWrong, .showSuspects, .showSuggestions,
      .showQueue, .showNeighbours, .showNearDuplicates, .showChanges, .changeOrder, .reverseOrder,
      .toggleSheet, .showPerformance, .lowerThreshold, .raiseThreshold, .toggleMark, .markRange,
      .markAll, .cancelJob, .showRefusedFiles, .explain, .showHistory, .showProjects, .toggleZoom,
      .widenPane, .narrowPane, .changeTheme, .changeSymbols, .showSettings, .palette, .help, .quit:
      false
    }
  }

  /// Whether a command does not need images to be seen.
  fileprivate var isMeantForPerformance: Bool {
    switch self {
    case .moveUp, .moveDown, .moveLeft, .moveRight, .pageUp, .pageDown, .moveToFirst,
      .moveToLast, .nextPane, .previousPane, .open, .back, .toggleMark, .showPerformance,
      .lowerThreshold, .raiseThreshold, .undo, .redo, .train, .cancelJob, .showRefusedFiles,
      .palette, .help, .quit, .changeTheme, .showSettings, .showChanges:
      true
    case .filter, .showWrong, .changeOrder, .reverseOrder, .toggleSheet, .giveTag,
      .giveNegativeTag, .pickTag, .repeatTagging, .clearTags, .markRange, .markAll,
      .takePrediction, .confirmTags, .removeImages, .newTag, .renameTag, .deleteTag, .mergeTag,
      .importFiles, .changeSymbols, .showProjects, .showSuspects, .showSuggestions,
      .acceptSuggestions, .showQueue,
      .showNeighbours, .showNearDuplicates, .keepOne, .keepAll, .takeAsked, .explain, .showHistory,
      .renameProject, .deleteProject, .toggleZoom,
      .widenPane, .narrowPane:
      false
    }
  }
}
