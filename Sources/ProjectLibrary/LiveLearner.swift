public import Dataset
import Embeddings
import Judging
import Matrices
import ProjectStore

/// Keeps what can be said of a project's pictures up to date as people tag them, without a training.
///
/// A front end makes one for the project that it shows, lets it `follow()` once and again whenever
/// the library has changed, and hands it changes that it has shown at once with `take(_:)`, before
/// they are saved; both answer with the new state. All work is done on a thread of its own, one call
/// after another; nothing is written to the library. What it says is *live*: a ridge head, not the
/// iteration that was trained, which stays what the project answers with.
///
/// A change of tags takes a few milliseconds for 1,000 pictures. New pictures, new tags, another
/// domain make it start again with all embeddings, which takes as long as `follow()` the first time.
public actor LiveLearner {
  private nonisolated let executor = QueueExecutor("live")
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// More tagged pictures than this are not followed unless asked for.
  public static let standardMostTagged = 20_000

  private let library: Library
  private let projectID: ProjectID
  private let mostTagged: Int
  private var live: LiveProject?

  /// - Parameter mostTagged: With more tagged pictures it rests, and says so.
  public init(
    _ library: Library, _ project: ProjectID, mostTagged: Int = LiveLearner.standardMostTagged
  ) {
    self.library = library
    projectID = project
    self.mostTagged = mostTagged
  }

  /// Takes over the project's pictures, tags and labels as the library has them now.
  ///
  /// Pictures whose embedding is not made yet are left out; the state counts them.
  ///
  /// - Throws: `.projectNotFound`, and what `Library` throws when the embedder of the project's domain
  ///   is not to be had.
  public func follow() throws -> LiveState {
    let seen = try LiveView(library, projectID)
    let taggedCount = seen.images.count { !$0.tags.isEmpty }
    if taggedCount > mostTagged {
      live = nil
      return .resting(taggedCount: taggedCount, limit: mostTagged)
    }
    let missing = Set(
      try library.cache.contentsWithoutEmbedding(seen.images.map(\.content), recipe: seen.recipe))
    let images = seen.images.filter { !missing.contains($0.content) }
    let unembeddedCount = seen.images.count - images.count
    if var kept = live, kept.project == seen.project, kept.tags == seen.tags,
      kept.recipe == seen.recipe, kept.images.map(\.id) == images.map(\.id)
    {
      live = nil
      kept.give(Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.tags) }))
      live = kept
    } else {
      live = nil
      live = try LiveProject(seen, images, in: library)
    }
    return state(unembeddedCount: unembeddedCount)
  }

  /// Takes over what some pictures bear now, each with all of its tags; pictures that it does not
  /// know are passed over. Before the first `follow()` that is all of them.
  public func take(_ labels: [ImageID: [TagID]]) -> LiveState {
    // So that there is one owner, and the head is changed where it lies.
    let kept = live.take()
    if var kept {
      kept.give(labels)
      live = kept
    }
    return state(unembeddedCount: 0)
  }

  /// Every tagged picture, the most suspicious tag first; the first `limit` with the nearest pictures
  /// that agree and disagree.
  ///
  /// Call `follow()` first.
  public func suspects(limit: Int) throws -> [ReviewItem] {
    guard let live else { return [] }
    let confirmed = try library.store.read { try $0.confirmedTags(of: projectID) }
    let items = live.suspects(live.reading(), confirmed: confirmed)
    return items.prefix(limit).map(live.withEvidence)
  }

  private func state(unembeddedCount: Int) -> LiveState {
    guard let live else { return .resting(taggedCount: 0, limit: mostTagged) }
    return .live(LiveFigures(live, live.reading(), unembeddedCount: unembeddedCount))
  }
}

/// What a live learner knows.
public enum LiveState: Sendable {
  /// There are more tagged pictures than it may follow, or it has followed nothing yet.
  case resting(taggedCount: Int, limit: Int)
  case live(LiveFigures)
}

/// What is said of a project's pictures at one moment.
public struct LiveFigures: Sendable {
  /// The tags that are predicted, in the order of the project's list.
  public let tags: [Tag]
  public let taggedCount: Int
  /// Pictures of which nothing is said, since their embeddings are not made yet.
  public let unembeddedCount: Int
  /// The share of tagged pictures that are judged as they are tagged by a head that never saw them nor
  /// their near-duplicates; `nil` where none can be judged.
  public let accuracy: Double?
  private let rowOfImage: [ImageID: Int]
  private let isTagged: [Bool]
  private let reading: LiveReading

  init(_ live: LiveProject, _ reading: LiveReading, unembeddedCount: Int) {
    tags = live.classes
    taggedCount = live.taggedCount
    self.unembeddedCount = unembeddedCount
    accuracy = reading.accuracy
    rowOfImage = live.rowOfImage
    isTagged = live.borne.indices.map(live.isTaught)
    self.reading = reading
  }

  /// What is said of a picture: out of fold where it is tagged, a suggestion where not; `nil` for a
  /// picture without an embedding.
  public func judgement(of image: ImageID) -> Judgement? {
    guard let row = rowOfImage[image] else { return nil }
    return Judgement(
      zip(tags, reading.probabilities.row(row)).map { Judgement.Entry($0.id, $1) },
      isOutOfFold: isTagged[row])
  }

  /// How much speaks for the tags of a picture, 0…1, low means look again; `nil` where nothing can be
  /// said.
  public func labelQuality(of image: ImageID) -> Double? {
    rowOfImage[image].flatMap { reading.labelQuality[$0] }
  }
}

/// A project's pictures and tags in one state of the library.
private struct LiveView {
  let project: Project
  let tags: [Tag]
  let images: [Image]
  let recipe: String

  init(_ library: Library, _ id: ProjectID) throws {
    (project, tags, images) = try library.store.read { snapshot in
      guard let project = try snapshot.project(id) else {
        throw LibraryError.projectNotFound(id.description, known: [])
      }
      return (project, try snapshot.tags(of: id), try snapshot.images(of: id))
    }
    recipe = try library.embedder(for: project.domain).recipe.cacheKey
  }
}

extension LiveProject {
  fileprivate init(_ view: LiveView, _ images: [Image], in library: Library) throws {
    let embedder = try library.embedder(for: view.project.domain)
    let embeddings = try library.embeddings(
      of: images.map(\.content), with: embedder, progress: { _ in })
    self.init(
      view.project, tags: view.tags, images: images, embeddings: embeddings, recipe: view.recipe)
  }
}
