public import Dataset
import ProjectStore

/// A project as it was when an iteration was trained.
extension Library {
  /// Its images with the tags that they bore, oldest first.
  public func images(of project: ProjectID, asOf iteration: Iteration) throws -> [Image] {
    try store.read { try $0.images(of: project, asOf: iteration.position) }
  }

  /// Its tags as they were called, each with the number of its images, in the order of their making.
  public func tagCounts(of project: ProjectID, asOf iteration: Iteration) throws -> [TagCount] {
    try store.read { snapshot in
      var counts: [TagID: Int] = [:]
      for label in try snapshot.labels(of: project, asOf: iteration.position) {
        counts[label.tag, default: 0] += 1
      }
      return try snapshot.tags(of: project, asOf: iteration.position).map {
        TagCount(tag: $0, imageCount: counts[$0.id] ?? 0)
      }
    }
  }

  /// What an iteration predicted out of fold for each image that it could be judged on, oldest image
  /// first. The images bear the tags that they were trained with.
  public func judgedImages(
    of iteration: Iteration
  ) throws -> [(image: Image, predictions: [TagPrediction])] {
    try store.read { snapshot in
      let tags = try snapshot.classes(of: iteration.id)
      let rows = try snapshot.rows(of: iteration.id).filter { $0.probabilities != nil }
      let byID = Dictionary(rows.map { ($0.image, $0) }) { first, _ in first }
      return try snapshot.images(withIDs: rows.map(\.image)).compactMap { image in
        guard let row = byID[image.id], let probabilities = row.probabilities else { return nil }
        var image = image
        image.tags = row.given.map { tags[$0].id }
        return (image, TagPrediction.ranked(tags, probabilities))
      }
    }
  }
}
