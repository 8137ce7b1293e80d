import Dataset
import Evaluation
import ProjectStore

/// A project's labelled images as training reads them: rows with class indices, at one position of
/// the log.
struct LabelledImages {
  let position: Int64
  /// The tags in the order of the head's outputs. A multilabel project's negative tag is not among
  /// them: its images are rows without a class.
  let classes: [Tag]
  /// By content, so that the order does not depend on when or in which library they were imported.
  let images: [Image]
  let targets: Targets

  /// - Throws: `.tooFewImages`, `.tooFewTags`.
  init(_ snapshot: Snapshot, of project: Project, _ request: TrainingRequest) throws {
    position = try snapshot.position(of: project.id)
    let counts = try snapshot.tagCounts(of: project.id).filter {
      request.tags?.contains($0.tag.id) ?? true
    }
    let small = counts.filter { $0.imageCount < smallestTagToTrain }
    if !request.leavesOutSmallTags && !small.isEmpty {
      throw LibraryError.tooFewImages(
        small.map {
          TagShortage(
            tag: $0.tag.name, imageCount: $0.imageCount, needed: smallestTagToTrain)
        })
    }
    let used = counts.map(\.tag).filter { tag in !small.contains { $0.tag.id == tag.id } }
    guard used.count >= 2, used.contains(where: { $0.kind == .regular }) else {
      throw LibraryError.tooFewTags(used.count)
    }
    let classes = project.type == .multiclass ? used : used.filter { $0.kind == .regular }
    let indices = Dictionary(uniqueKeysWithValues: zip(classes.map(\.id), classes.indices))
    let usedTags = Set(used.map(\.id))
    images = try snapshot.images(of: project.id, .tagged)
      .filter { !usedTags.isDisjoint(with: $0.tags) }
      .sorted { $0.content < $1.content }
    let given = images.map { $0.tags.compactMap { indices[$0] }.sorted() }
    self.classes = classes
    targets = Targets(given, isMulticlass: project.type == .multiclass)
  }
}
