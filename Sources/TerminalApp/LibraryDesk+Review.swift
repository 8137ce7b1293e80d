import Dataset
import ProjectLibrary
import Workbench

/// What is learned from the tags as they are given, and the lists that are made of it.
///
/// The learner works on a thread of its own; nobody waits here.
extension LibraryDesk {
  /// More lines than these nobody goes through before tags have changed.
  private static let mostLines = 1000
  /// An order that teaches most changes with every tag.
  private static let mostInQueue = 100

  /// Learns from the tags as they are now.
  func learnLive(takesNewImages: Bool) async -> Message {
    guard canEmbed else { return .liveLearned(.resting(.notBegun)) }
    return await wordingFailure {
      .liveLearned(try await live.follow(takingNewImages: takesNewImages))
    }
  }

  /// What would help most; nothing where no tags are learned from.
  func loadAdvice() async -> Message {
    await wordingFailure {
      guard canEmbed, case .live = try await live.follow(takingNewImages: false) else {
        return .adviceLoaded(nil)
      }
      return .adviceLoaded(wording.advice(try await TagAdvisor(live).advice()))
    }
  }

  func loadReview(_ kind: ReviewKind) async -> Message {
    do {
      if case .changes(let base, let iteration) = kind {
        return .reviewLoaded(try changes(from: base, to: iteration, kind))
      }
      return .reviewLoaded(ReviewList(kind: kind, lines: try await items(kind).map(line)))
    } catch {
      return .reviewNotLoaded(kind, reason: wording.error(error))
    }
  }

  private func items(_ kind: ReviewKind) async throws -> [ReviewItem] {
    // The tags may be others than when it was last learned from them.
    if kind != .nearDuplicates { _ = try await live.follow(takingNewImages: false) }
    return switch kind {
    case .suspects: try await live.suspects(limit: Self.mostLines)
    case .suggestions: await live.suggestions(limit: Self.mostLines)
    case .queue: await live.queue(limit: Self.mostInQueue)
    case .neighbours(let image, _): await live.neighbours(of: image, limit: Self.mostLines)
    case .asked, .changes: []
    case .nearDuplicates: try await live.nearDuplicates(limit: Self.mostLines)
    }
  }

  private func changes(
    from base: IterationID?, to iteration: IterationID?, _ kind: ReviewKind
  ) throws -> ReviewList {
    let project = try library.project(project.id)
    let (before, after) = try library.iterationsToCompare(base, iteration, of: project)
    let comparison = try library.compare(before, after, of: project)
    return ReviewList(
      kind: kind, lines: comparison.items.prefix(Self.mostLines).map(line),
      summary: wording.comparison(comparison))
  }

  private func line(_ item: ReviewItem) -> ReviewList.Line {
    let groups = item.reasons.compactMap { reason in
      if case .nearDuplicate(let group, _, _) = reason { group } else { nil }
    }
    return ReviewList.Line(
      image: item.image.id, reason: wording.reason(item.reasons), group: groups.first,
      corrections: item.corrections)
  }

  /// Makes pictures that programs asked about images of the project, and lists them.
  func takeAsked(count: Int) -> Letter {
    movingLog {
      do {
        return .reviewLoaded(ReviewList(kind: .asked, lines: try askedLines(count: count)))
      } catch {
        return .reviewNotLoaded(.asked, reason: wording.error(error))
      }
    }
  }

  private func askedLines(count: Int) throws -> [ReviewList.Line] {
    let asked = try library.predictions(
      of: project.id, PredictionQuery(.instructive, limit: count)
    ).predictions
    let added = try library.add(
      asked.map { ($0.id, []) }, to: try library.project(project.id),
      within: PictureBounds(side: 1_000_000, ratio: 1_000_000))
    return try zip(asked, added).compactMap { prediction, addition in
      guard case .added(let image) = addition else { return nil }
      let answer = try library.answer(of: prediction).prefix(3)
      return ReviewList.Line(image: image, reason: wording.reason([.suggested(Array(answer))]))
    }
  }

  func loadEvidence(of image: ImageID) async -> Message {
    await wordingFailure {
      guard let bare = try library.image(image) else {
        return .evidenceLoaded(Evidence(image: image))
      }
      let item = await live.withEvidence(ReviewItem(image: bare, score: nil, reasons: []))
      return .evidenceLoaded(
        Evidence(
          image: image, agreeing: item.agreeing?.image, disagreeing: item.disagreeing?.image))
    }
  }

  /// What is suggested from the tags as they are now.
  func suggestedTags(from threshold: Double) async throws -> [ImageID: [TagID]] {
    _ = try await live.follow(takingNewImages: false)
    return await live.suggestedTags(from: threshold)
  }

  /// Gives suggested tags to images that are still untagged.
  func accept(_ tags: [ImageID: [TagID]]) -> Letter {
    movingLog {
      wordingFailure {
        return .changeSaved(.accepted(count: try library.tagUntagged(tags, in: project.id)))
      }
    }
  }
}
