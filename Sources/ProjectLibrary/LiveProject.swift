import Dataset
import Judging
import Matrices

/// A project's pictures and labels as the live head sees them: rows and class indices.
struct LiveProject: Sendable {
  let project: Project
  /// The tags in the order of the columns; a multilabel project's negative tag is not among them.
  let classes: [Tag]
  /// All tags of the project.
  let tags: [Tag]
  /// The pictures that have embeddings, oldest first; what they bear is in `borne`.
  let images: [Image]
  let rowOfImage: [ImageID: Int]
  /// The embedding's recipe, which a project's change of domain changes.
  let recipe: String
  /// The near-duplicate group of each picture.
  let groups: [Int]
  private let classIndex: [TagID: Int]
  private(set) var borne: [[TagID]]
  private(set) var learner: RidgeLearner

  init(
    _ project: Project, tags: [Tag], images: [Image], embeddings: Matrix, recipe: String
  ) {
    self.project = project
    self.tags = tags
    self.images = images
    self.recipe = recipe
    classes = project.type == .multiclass ? tags : tags.filter { $0.kind == .regular }
    classIndex = Dictionary(uniqueKeysWithValues: zip(classes.map(\.id), classes.indices))
    rowOfImage = Dictionary(uniqueKeysWithValues: zip(images.map(\.id), images.indices))
    borne = [[TagID]](repeating: [], count: images.count)
    groups = nearDuplicateGroups(
      perceptualHashes: images.map(\.perceptualHash), embeddings: embeddings)
    learner = RidgeLearner(embeddings: embeddings, groups: groups, classCount: classes.count)
    give(Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.tags) }))
  }

  /// Whether it fits a project with these tags, whatever pictures it has.
  func canStay(_ project: Project, _ tags: [Tag], _ recipe: String) -> Bool {
    self.project == project && self.tags == tags && self.recipe == recipe
  }

  /// Takes over what images bear now; images without an embedding are passed over.
  mutating func give(_ labels: [ImageID: [TagID]]) {
    var changes: [TargetChange] = []
    for (image, tags) in labels {
      guard let row = rowOfImage[image], borne[row] != tags else { continue }
      borne[row] = tags
      let given = tags.compactMap { classIndex[$0] }.sorted()
      // A tag that was made since nothing is known of: the picture counts as untagged until then.
      let isUnknown = project.type == .multiclass && given.isEmpty
      changes.append(TargetChange(row: row, classes: tags.isEmpty || isUnknown ? nil : given))
    }
    // Rounding must not depend on the order of a dictionary.
    if !changes.isEmpty { learner.apply(changes.sorted { $0.row < $1.row }) }
  }

  /// Whether the head learns from a picture's tags.
  func isTaught(_ row: Int) -> Bool { learner.classes(ofRow: row) != nil }

  var taggedCount: Int { borne.count { !$0.isEmpty } }

  func image(_ row: Int) -> Image {
    var image = images[row]
    image.tags = borne[row]
    return image
  }

  func reading() -> LiveReading { learner.reading(isMulticlass: project.type == .multiclass) }

  /// Whether two pictures were given the same.
  func agree(_ row: Int, _ other: Int) -> Bool { Set(borne[row]) == Set(borne[other]) }
}
