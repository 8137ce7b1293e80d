import Dataset

/// Takes a message into the state and returns the work that follows from it, in order.
///
/// Pure: the same state and message give the same state and effects, and nothing else is touched.
public func update(_ state: inout State, _ message: Message) -> [Effect] {
  let effects = state.take(message)
  return effects + state.effectsOfWhatIsSeen()
}

extension State {
  fileprivate mutating func take(_ message: Message) -> [Effect] {
    switch message {
    case .command(let command): return run(command)
    case .promptEdited(let edit): return edited(edit)
    case .promptSubmitted: return submitPrompt()
    case .answered(let answer): return take(answer)
    case .completionWanted: return complete()
    case .pasted(let text): return paste(text)
    case .pointed(let target, let action): return point(at: target, action)
    case .scrolled(let target, let rows): return scroll(target, by: rows)
    case .resized(let viewport): return resize(viewport)

    case .opened: return readProject()
    case .projectLoaded(let project):
      self.project = project
      return []
    case .projectOpened(let project): return begin(with: project)
    case .projectDeleted(let name, let next, let isNew):
      let effects = begin(with: next)
      notice = .projectDeleted(name: name, next: next.name, isNew: isNew)
      return effects
    case .projectPresence(let isPresent): return note(isPresent: isPresent)
    case .projectsLoaded(let lines):
      accept(lines)
      return []
    case .jobsElsewhere(let jobs):
      jobsElsewhere = jobs
      return []
    case .tagsLoaded(let tags): return accept(tags)
    case .imagesLoaded(let window):
      images.accept(window, page: imagePage)
      return readWhatCanWait()
    case .imagesNotLoaded(let query, let reason):
      guard images.outstanding?.id == query else { return [] }
      images.outstanding = nil
      images.hasFailed = true
      notice = .failed(reason: reason)
      return readWhatCanWait()
    case .rowsToMark(let id, let images):
      mark(images, answering: id)
      return []
    case .judgementLoaded(let image, let judgement):
      if prediction?.image == image { prediction?.judgement = judgement }
      return []
    case .pathsCompleted(let text, let completion, let choices):
      completed(text, completion, choices)
      return []
    case .pathsFound(let paths, let isAnyThere):
      if !isAnyThere { giveBack(paths) }
      return []
    case .reportLoaded(let report): return show(report)
    case .adviceLoaded(let words):
      advice = words
      return []
    case .liveLearned(let live):
      // It may have been turned off meanwhile.
      if preferences.learnsLive { self.live = live }
      return []
    case .reviewLoaded(let list): return accept(list)
    case .reviewNotLoaded(let kind, let reason):
      if awaitedReview == kind { awaitedReview = nil }
      notice = .failed(reason: reason)
      return []
    case .historyLoaded(let name, let lines):
      // A list that comes up must not swallow what someone is typing.
      if overlay == nil { overlay = .history(of: name, lines, cursor: 0) }
      return []
    case .evidenceLoaded(let evidence):
      if review?.evidence?.image == evidence.image { review?.evidence = evidence }
      return []
    case .explanationLoaded(let image, let explanation, let words):
      accept(explanation, of: image, words: words)
      return []
    case .explanationNotLoaded(let image, let reason):
      if explanation?.image == image { explanation = nil }
      notice = .failed(reason: reason)
      return []
    case .performanceLoaded(let answer):
      performance?.accept(answer)
      return []
    case .libraryChanged: return [.loadProject, .loadReport] + reload()
    case .thumbnailReady(let content):
      if preview?.content == content { preview?.status = .ready }
      return []
    case .thumbnailFailed(let content, let reason):
      if preview?.content == content { preview?.status = .failed(reason: reason) }
      return []

    case .labelsSaved(let id): return saved(id)
    case .labelsRejected(let id, let reason):
      pendingChanges.removeAll { $0.id == id }
      notice = .labelsNotSaved(reason: reason)
      return reload()
    case .settingSaved: return []
    case .changeSaved(let notice):
      self.notice = notice
      return reload()
    case .undone(let change):
      notice = change.map(Notice.undone) ?? .nothingToUndo
      reopen(change?.images ?? [])
      return change.map { reload(goingTo: $0.images.first) } ?? []
    case .redone(let change):
      notice = change.map(Notice.redone) ?? .nothingToRedo
      return change.map { reload(goingTo: $0.images.first) } ?? []
    case .tagCreated(let tag, let images): return created(tag, givenTo: images)
    case .promptRefused(let purpose, let text, let reason):
      refuse(text, of: purpose, reason: reason)
      return []
    case .effectFailed(let reason):
      notice = .failed(reason: reason)
      return []

    case .trainingProgressed(let id, let progress):
      if training.job?.id == id { training.job?.progress = progress }
      return []
    case .trainingEnded(let id, let outcome): return trainingEnded(id, outcome)
    case .importProgressed(let id, let progress):
      if importing?.id == id { importing?.progress = progress }
      return []
    case .importEnded(let id, let outcome): return importEnded(id, outcome)
    case .embeddingProgressed(let id, let progress):
      if embedding?.id == id { embedding?.progress = progress }
      return []
    case .embeddingEnded(let id, let outcome): return embeddingEnded(id, outcome)
    }
  }

  private mutating func resize(_ viewport: Viewport) -> [Effect] {
    self.viewport = viewport
    images.moveCursor(to: images.cursor, page: imagePage)
    // The picture fills another number of cells now.
    preview = nil
    return []
  }

  /// Asks again for all that depends on labels, tags and membership.
  ///
  /// The cursor stays on its image, or goes to another one where a change is to be seen there.
  mutating func reload(goingTo destination: ImageID? = nil) -> [Effect] {
    // The news of a change may come once more before the first answer does.
    let destination = destination ?? images.destination
    let place =
      (destination ?? images.current?.id).map {
        ImageQuery.Place.around($0, row: images.cursor, count: windowLength)
      } ?? .rows(windowAboutCursor)
    defer { images.destination = destination }
    return [.loadTags, ask(place)] + learnLive()
  }

  /// Asks for what is to be seen first of a project that has just been opened, but its images.
  mutating func readProject() -> [Effect] {
    awaitsFirstImages = true
    let first: [Effect] = [.loadProject, .loadTags]
    // A first look at the library that took long lets them come before it.
    let haveCome = images.matchCount != nil || images.hasFailed
    return haveCome ? first + readWhatCanWait() : first
  }

  /// Asks for the rest once the first images are there, which it would only keep waiting: it goes
  /// through all images of the project.
  private mutating func readWhatCanWait() -> [Effect] {
    guard awaitsFirstImages else { return [] }
    awaitsFirstImages = false
    return [.loadReport] + startEmbedding() + learnLive()
  }

  /// Asks what is to be said of the images from the tags as they are now.
  func learnLive() -> [Effect] {
    guard preferences.learnsLive else { return [] }
    // Embeddings that are being made are taken in together, once.
    return [.learnLive(takesNewImages: importing == nil && embedding == nil)]
  }

  /// Makes the newest question for rows, which takes the place of one that is not answered yet.
  mutating func ask(_ place: ImageQuery.Place) -> Effect {
    let query = ImageQuery(id: nextTicket(), selection: images.selection, place: place)
    images.outstanding = query
    images.hasFailed = false
    images.destination = nil
    return .loadImages(query)
  }

  var windowLength: Int { ImagesState.windowLength(page: imagePage) }

  private var windowAboutCursor: Range<Int> {
    let first = max(0, images.cursor - windowLength / 2)
    return first..<first + windowLength
  }

  /// Asks for what is to be seen and is not there: rows about the screen, and the preview's
  /// picture.
  fileprivate mutating func effectsOfWhatIsSeen() -> [Effect] {
    var effects: [Effect] = []
    // After a failure the next command tries again: asking at once could fail for ever.
    if !images.hasFailed, let rows = images.missingRows(page: imagePage) {
      effects.append(ask(.rows(rows)))
    }
    // While a row is on its way the picture before it stays, so that fast paging does not flicker.
    if let image = images.current, image.content != preview?.content {
      preview = Preview(content: image.content)
      effects.append(.loadThumbnail(image.content))
    } else if images.matchCount == 0 {
      preview = nil
    }
    leaveExplanation()
    if let image = missingEvidence() { effects.append(.loadEvidence(image)) }
    if let prediction = missingPrediction() { effects.append(.loadJudgement(prediction)) }
    return effects
  }

  /// The image under the cursor, when what is predicted of it is neither known nor asked for.
  private mutating func missingPrediction() -> ImageID? {
    guard training.report != nil, let image = images.current?.id,
      images.judgements[image] == nil, prediction?.image != image
    else { return nil }
    prediction = Prediction(image: image)
    return image
  }
}
