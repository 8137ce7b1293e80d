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
    noteHandled([kept])
    return removeImages(groupAtCursor.filter { $0 != kept })
  }

  private mutating func keepAll() -> [Effect] {
    let kept = groupAtCursor
    noteHandled(kept)
    return [.keepAll(kept)]
  }

  /// The images of the list that belong together with the one under the cursor.
  private var groupAtCursor: [ImageID] {
    guard let review, let image = images.current?.id,
      let group = review.list.line(of: image)?.group
    else { return [] }
    return review.list.lines.filter { $0.group == group }.map(\.image)
  }

  /// Gives untagged images what they are taken for, where that is at least so probable.
  mutating func acceptSuggestions(_ text: String) -> [Effect] {
    let number = text.trimmed.replacing("%", with: "").trimmed
    guard let percent = Double(number), (0...100).contains(percent) else {
      notice = .unknownArgument(text, wanted: Command.acceptSuggestions.entry?.argument)
      return []
    }
    return [.acceptSuggestions(threshold: percent / 100)]
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
