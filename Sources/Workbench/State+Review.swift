import Dataset

/// Lists of images to go through, made from what was learned of the tags.
extension State {
  mutating func runReview(_ command: Command) -> [Effect] {
    switch command {
    case .showSuspects: return review(.suspects)
    case .showSuggestions: return review(.suggestions)
    case .showQueue: return review(.queue)
    case .showNearDuplicates: return review(.nearDuplicates)
    case .showChanges:
      let kind = ReviewKind.changes(
        from: performance?.answer?.base?.iteration.id,
        to: performance?.detail?.report.iteration.id)
      performance = nil
      return review(kind)
    case .showNeighbours:
      guard let image = images.current else { return [] }
      return [ask(for: .neighbours(of: image.id, name: image.name))]
    case .acceptSuggestions: overlay = .prompt(Prompt(.acceptSuggestions, text: "90"))
    case .keepOne: return keepOne()
    case .keepAll: return keepAll()
    case .takeAsked: return takeAsked(count: 20)
    default: preconditionFailure("\(command) lists nothing")
    }
    return []
  }

  /// Asks for a list; where it is shown already: goes back to all images.
  private mutating func review(_ kind: ReviewKind) -> [Effect] {
    if review?.list.kind == kind { return filter(by: .all) }
    return [ask(for: kind)]
  }

  private mutating func ask(for kind: ReviewKind) -> Effect {
    awaitedReview = kind
    return .loadReview(kind)
  }

  mutating func accept(_ list: ReviewList) -> [Effect] {
    // Whoever has gone elsewhere meanwhile stays there.
    guard awaitedReview == list.kind else { return [] }
    awaitedReview = nil
    guard !list.lines.isEmpty else {
      notice = list.summary.map(Notice.summary) ?? .nothingToReview(list.kind)
      return []
    }
    if let summary = list.summary { notice = .summary(summary) }
    focus = .images
    leavePicture()
    let effects = show(list)
    if list.kind == .queue {
      // One picture at a time, as large as can be.
      isPictureOpen = true
      preview = nil
    }
    // What has just come is counted, and looked at.
    if list.kind == .asked { return effects + [.loadTags] + startEmbedding() }
    return effects
  }

  mutating func takeAsked(count: Int) -> [Effect] {
    awaitedReview = .asked
    return [.takeAsked(count: count)]
  }

  /// Removes the other images of the group of the one under the cursor.
  private mutating func keepOne() -> [Effect] {
    guard let kept = images.current?.id else { return [] }
    let others = groupAtCursor.filter { $0 != kept }
    noteHandled([kept])
    forget(others)
    goToNextGroup()
    return [.keepOne(kept, removing: others)]
  }

  private mutating func keepAll() -> [Effect] {
    let kept = groupAtCursor
    noteHandled(kept)
    goToNextGroup()
    return [.keepAll(kept)]
  }

  /// The images of the list that belong together with the one under the cursor and have not been
  /// removed since it was made.
  var groupAtCursor: [ImageID] {
    guard let review, let image = images.current?.id,
      let group = review.list.line(of: image)?.group
    else { return [] }
    return review.list.lines.filter { $0.group == group && !review.removed.contains($0.image) }
      .map(\.image)
  }

  /// Goes on to the first image of the group that follows in the list.
  private mutating func goToNextGroup() {
    guard preferences.movesOn, let review, let image = images.current?.id else { return }
    let group = review.list.line(of: image)?.group
    let next = images.rows.firstIndex { row in
      let line = review.list.line(of: row.id)
      return (line?.group ?? 0) > (group ?? 0) && !review.removed.contains(row.id)
    }
    if let next { images.moveCursor(to: images.start + next, page: imagePage) }
  }

  /// The number of percent that a text means; `nil` for anything else.
  func percentage(_ text: String) -> Double? {
    let number = text.trimmed.replacing("%", with: "").trimmed
    return Double(number).flatMap { (0...100).contains($0) ? $0 : nil }
  }

  /// Notes that images are on their way out of the project, so that they belong to no group any more.
  mutating func forget(_ ids: [ImageID]) { review?.removed.formUnion(ids) }

  /// Notes that a change was taken back: what it settled is open again.
  mutating func reopen(_ ids: [ImageID]) {
    guard let list = review?.list else { return }
    let groups = Set(ids.compactMap { list.line(of: $0)?.group })
    let members = list.lines.filter { $0.group.map(groups.contains) ?? false }.map(\.image)
    review?.removed.subtract(ids)
    review?.handled.subtract(ids + members)
  }

  /// Notes that a person has decided about images of the list.
  mutating func noteHandled(_ ids: [ImageID]) {
    guard review != nil else { return }
    review?.handled.formUnion(ids)
  }

  /// The image under the cursor, when what speaks for and against its tag is neither known nor asked
  /// for.
  mutating func missingEvidence() -> ImageID? {
    guard review?.list.kind == .suspects, let image = images.current?.id,
      review?.evidence?.image != image
    else { return nil }
    review?.evidence = Evidence(image: image)
    return image
  }
}
