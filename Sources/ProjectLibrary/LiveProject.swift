import Dataset
import Judging
import Matrices

/// A project's pictures and labels as the live head sees them: rows and class indices.
struct LiveProject: Sendable {
  private(set) var project: Project
  /// The tags in the order of the columns; a multilabel project's negative tag is not among them.
  private(set) var classes: [Tag]
  /// All tags of the project.
  private(set) var tags: [Tag]
  /// The pictures that have embeddings, oldest first; what they bear is in `borne`.
  let images: [Image]
  let rowOfImage: [ImageID: Int]
  /// The embedding's recipe, which a project's change of domain changes.
  let recipe: String
  /// The near-duplicate group of each picture.
  let groups: [Int]
  private var classIndex: [TagID: Int]
  private(set) var borne: [[TagID]]
  private(set) var heads: LiveHeads

  init(
    _ project: Project, tags: [Tag], images: [Image], embeddings: Matrix, recipe: String
  ) {
    self.project = project
    self.tags = tags
    self.images = images
    self.recipe = recipe
    classes = Self.classes(of: project, tags)
    classIndex = Dictionary(uniqueKeysWithValues: zip(classes.map(\.id), classes.indices))
    rowOfImage = Dictionary(uniqueKeysWithValues: zip(images.map(\.id), images.indices))
    borne = [[TagID]](repeating: [], count: images.count)
    groups = nearDuplicateGroups(of: images, embeddings: embeddings)
    heads = LiveHeads(embeddings: embeddings, groups: groups, classCount: classes.count)
    give(Dictionary(uniqueKeysWithValues: images.map { ($0.id, $0.tags) }))
  }

  private static func classes(of project: Project, _ tags: [Tag]) -> [Tag] {
    project.type == .multiclass ? tags : tags.filter { $0.kind == .regular }
  }

  /// Takes over names, new tags and their order; `false`, and nothing is changed, where it has to begin
  /// anew, as when a tag has gone.
  mutating func adopt(_ project: Project, _ tags: [Tag], recipe: String) -> Bool {
    if self.project == project && self.tags == tags { return self.recipe == recipe }
    let classes = Self.classes(of: project, tags)
    let index = Dictionary(uniqueKeysWithValues: zip(classes.map(\.id), classes.indices))
    let places = self.classes.compactMap { index[$0.id] }
    guard self.recipe == recipe, self.project.type == project.type,
      places.count == self.classes.count
    else { return false }
    if classes.map(\.id) != self.classes.map(\.id) {
      heads.placeClasses(places, of: classes.count)
      // A picture that bears a tag made since was passed over until now.
      for row in borne.indices where borne[row].contains(where: { classIndex[$0] == nil }) {
        borne[row] = []
      }
    }
    (self.project, self.tags, self.classes, classIndex) = (project, tags, classes, index)
    return true
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
    if !changes.isEmpty { heads.apply(changes.sorted { $0.row < $1.row }) }
  }

  /// Whether the head learns from a picture's tags.
  func isTaught(_ row: Int) -> Bool { heads.judging.classes(ofRow: row) != nil }

  var taggedCount: Int { borne.count { !$0.isEmpty } }

  func image(_ row: Int) -> Image {
    var image = images[row]
    image.tags = borne[row]
    return image
  }

  func reading() -> LiveReading { heads.reading(isMulticlass: project.type == .multiclass) }

  /// The classes of which something can be said of pictures.
  func toldClasses(_ reading: LiveReading) -> [Int] {
    classes.indices.filter { reading.evidence[$0].isTold }
  }

  /// Whether two pictures were given the same.
  func agree(_ row: Int, _ other: Int) -> Bool { Set(borne[row]) == Set(borne[other]) }
}
