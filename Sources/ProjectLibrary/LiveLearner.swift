public import Dataset
import Embeddings
import Imaging
import Judging
import Matrices
import ProjectStore
import WorkThreads

/// Keeps what can be said of a project's pictures up to date as people tag them, without a training.
///
/// A front end makes one for the project that it shows, lets it `follow()` once and again whenever
/// the library has changed, and hands it changes that it has shown at once with `take(_:)`, before
/// they are saved; both answer with the new state. All work is done on a thread of its own, one call
/// after another; nothing is written to the library. What it says is *live*: a ridge head, not the
/// iteration that was trained, which stays what the project answers with.
///
/// A change of tags takes a few milliseconds for 1,000 pictures. New pictures, tags that go, another
/// domain make it start again with all embeddings, which takes as long as `follow()` the first time.
public actor LiveLearner {
  private nonisolated let executor = ThreadExecutor("live", .behind)
  public nonisolated var unownedExecutor: UnownedSerialExecutor {
    executor.asUnownedSerialExecutor()
  }

  /// So many tagged pictures are followed unless something else is asked for.
  public static let standardMostTagged = 20_000

  /// All pictures together may be so many times as many: their embeddings are in memory, 11 kB each
  /// in a compact project, 22 kB in a general one.
  static let mostImagesPerTagged = 2

  let library: Library
  private let projectID: ProjectID
  private let mostTagged: Int
  private var live: LiveProject?
  /// How pictures came out; `nil` within for those without a thumbnail.
  private var traits: [ContentHash: PictureTraits?] = [:]
  private var unembeddedCount = 0

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
  /// - Parameter takesNewImages: Whether it may start again for pictures that it does not know, which
  ///   takes as long as the first time; while embeddings are being made that would be all the time.
  /// - Throws: `.projectNotFound`, and what `Library` throws when the embedder of the project's domain
  ///   is not to be had.
  public func follow(takingNewImages takesNewImages: Bool = true) throws -> LiveState {
    if let rest = try reasonToRest() {
      live = nil
      return .resting(rest)
    }
    let seen = try LiveView(library, projectID)
    let stays = live?.adopt(seen.project, seen.tags, recipe: seen.recipe) == true
    if !takesNewImages, stays {
      let known = live?.images.map(\.id) ?? []
      let borne = Dictionary(uniqueKeysWithValues: seen.images.map { ($0.id, $0.tags) })
      unembeddedCount = seen.images.count - known.count { borne[$0] != nil }
      // From what has left the project nothing is to be learned.
      return take(Dictionary(uniqueKeysWithValues: known.map { ($0, borne[$0] ?? []) }))
    }
    let missing = Set(
      try library.cache.contentsWithoutEmbedding(seen.images.map(\.content), recipe: seen.recipe))
    let images = seen.images.filter { !missing.contains($0.content) }
    unembeddedCount = seen.images.count - images.count
    if stays, var kept = live, kept.images.map(\.id) == images.map(\.id) {
      live = nil
      kept.give(Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.tags) }))
      live = kept
    } else {
      live = nil
      live = try LiveProject(seen, images, in: library)
    }
    return state
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
    return state
  }

  /// Every tagged picture, the most suspicious tag first.
  ///
  /// Before the first `follow()` this and the other lists are empty.
  public func suspects(limit: Int) throws -> [ReviewItem] {
    guard let live else { return [] }
    let confirmed = try library.store.read { try $0.confirmedTags(of: projectID) }
    let items = live.suspects(
      live.reading(), confirmed: confirmed, faults: try faults(of: live.images))
    return Array(items.prefix(limit))
  }

  /// The pictures and labels that it follows; `nil` before the first `follow()`.
  var liveProject: LiveProject? { live }

  /// The tags, and what tells what would help each of them; `nil` before the first `follow()`.
  func adviceSample() throws -> (tags: [Tag], AdviceSample)? {
    guard let live else { return nil }
    let confirmed = try library.store.read { try $0.confirmedTags(of: projectID) }
    return (live.classes, live.adviceSample(confirmed: confirmed))
  }

  /// What looks wrong with pictures, whatever they are tagged; thumbnails are looked at once.
  private func faults(of images: [Image]) throws -> [[PictureFault]] {
    let unknown = images.map(\.content).filter { traits[$0] == nil }
    for (content, found) in zip(unknown, try library.traits(of: unknown)) {
      traits[content] = .some(found)
    }
    return PictureFault.faults(of: images.map { ($0, traits[$0.content] ?? nil) })
  }

  /// The same item with the nearest pictures that agree and disagree.
  public func withEvidence(_ item: ReviewItem) -> ReviewItem { live?.withEvidence(item) ?? item }

  /// Untagged pictures with their most probable tags, the most probable first.
  ///
  /// - Parameter threshold: Those whose first tag is less probable are left out; 0…1.
  public func suggestions(limit: Int, threshold: Double = 0) -> [ReviewItem] {
    guard let live else { return [] }
    return Array(live.suggestions(live.reading(), threshold: threshold).prefix(limit))
  }

  /// The tags that untagged pictures would get if whatever is at least so probable were believed: the
  /// most probable one, or in a multilabel project all that are.
  public func suggestedTags(from threshold: Double) -> [ImageID: [TagID]] {
    live.map { $0.suggestedTags($0.reading(), from: threshold) } ?? [:]
  }

  /// Untagged pictures in the order in which tagging them teaches most, with their most probable
  /// tags.
  public func queue(limit: Int) -> [ReviewItem] {
    guard let live else { return [] }
    return live.queue(live.reading(), limit: limit)
  }

  /// The pictures that are most like one, nearest first; none for a picture without an embedding.
  public func neighbours(of image: ImageID, limit: Int) -> [ReviewItem] {
    Array((live?.neighbours(of: image) ?? []).prefix(limit))
  }

  /// The pictures of all groups of near-duplicates, as `Library.nearDuplicates` lists them; needs no
  /// `follow()`, but is found on the learner's thread like everything else here.
  public func nearDuplicates(limit: Int) throws -> [ReviewItem] {
    try library.nearDuplicates(in: library.project(projectID), limit: limit)
  }

  /// Asked before anything is read that takes time in proportion to the pictures.
  private func reasonToRest() throws -> LiveRest? {
    let imageCount = try library.imageCount(of: projectID)
    let mostImages = Self.mostImagesPerTagged * mostTagged
    if imageCount > mostImages { return .tooManyImages(count: imageCount, limit: mostImages) }
    if imageCount <= mostTagged { return nil }
    let taggedCount = imageCount - (try library.imageCount(of: projectID, .untagged))
    return taggedCount > mostTagged
      ? .tooManyTagged(count: taggedCount, limit: mostTagged) : nil
  }

  private var state: LiveState {
    live.map { .live(LiveFigures($0, unembeddedCount: unembeddedCount)) } ?? .resting(.notBegun)
  }
}

extension LiveFigures {
  fileprivate init(_ live: LiveProject, unembeddedCount: Int) {
    let reading = live.reading()
    let told = live.toldClasses(reading)
    self.init(
      tags: told.map { live.classes[$0] }, taggedCount: live.taggedCount,
      unembeddedCount: unembeddedCount, accuracy: reading.accuracy, rowOfImage: live.rowOfImage,
      isTagged: live.borne.indices.map(live.isTaught),
      probabilities: live.borne.indices.flatMap { row in
        told.map { reading.probabilities[row, $0] }
      }, labelQualities: reading.labelQuality)
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
