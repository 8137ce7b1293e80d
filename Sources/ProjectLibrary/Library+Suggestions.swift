public import Dataset
import Embeddings
import Learning
import Matrices
import ProjectStore

/// What an iteration would tag an image with.
public struct ImageSuggestion: Sendable {
  public let image: Image
  /// Highest probability first.
  public let predictions: [TagPrediction]
  /// The entropy of the predictions in nats: 0 where they are certain.
  public let uncertainty: Double
}

extension Library {
  /// What an iteration predicts of images of the library, in their order; embeddings that are missing
  /// are made.
  ///
  /// Computes on this thread.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, what keeps the backbone from running at all.
  public func suggestions(
    for images: [Image], by classifier: Classifier
  ) throws -> [ImageSuggestion] {
    if images.isEmpty { return [] }
    let embeddings = try embeddings(
      of: images.map(\.content), with: classifier.embedder, progress: { _ in })
    let probabilities = classifier.head.probabilities(for: embeddings)
    return images.indices.map { row in
      let numbers = Array(probabilities.row(row))
      return ImageSuggestion(
        image: images[row],
        predictions: zip(classifier.tags, numbers).map(TagPrediction.init).sorted {
          $0.probability > $1.probability
        }, uncertainty: entropy(of: numbers, classifier.iteration.type))
    }
  }

  /// A page of what an iteration predicts of the project's untagged images, of those whose embeddings are
  /// kept.
  ///
  /// Pages are read one after the other, each from the place where the one before ended: what is tagged or
  /// comes meanwhile moves no image that was not shown yet.
  ///
  /// - Parameter limit: How many embeddings that are missing are made for it.
  public func suggestionsForUntagged(
    of project: Project, by classifier: Classifier, _ query: SuggestionQuery,
    embedding limit: Int
  ) throws -> SuggestionPage {
    var found: [ImageSuggestion] = []
    try forEachBlockOfUntagged(of: project, by: classifier, embedding: limit) { block in
      found += block.filter { suggestion in
        query.filter.admits(suggestion)
          && query.after.map { query.isOrdered($0, suggestion.place) } ?? true
      }
      // One more than is asked for tells that there is another page.
      found.sort { query.isOrdered($0.place, $1.place) }
      found.removeLast(max(0, found.count - query.limit - 1))
    }
    let page = Array(found.prefix(query.limit))
    return SuggestionPage(
      suggestions: page, next: page.count < found.count ? page.last?.place : nil)
  }

  /// For how many of the project's untagged images each tag reaches the filter's threshold; of all tags of
  /// the iteration where the filter names none.
  ///
  /// - Parameter limit: How many embeddings that are missing are made for it.
  public func suggestionCounts(
    of project: Project, by classifier: Classifier, _ filter: SuggestionFilter,
    embedding limit: Int
  ) throws -> [TagID: Int] {
    let tags = classifier.tags.map(\.id).filter(filter.admits)
    var counts = Dictionary(uniqueKeysWithValues: tags.map { ($0, 0) })
    try forEachBlockOfUntagged(of: project, by: classifier, embedding: limit) { block in
      for prediction in block.lazy.flatMap(\.predictions) where filter.admits(prediction) {
        counts[prediction.tag.id, default: 0] += 1
      }
    }
    return counts
  }

  /// Images that are looked at together: their embeddings take 44 MB at most.
  private static let suggestionBlockCount = 2_000

  private func forEachBlockOfUntagged(
    of project: Project, by classifier: Classifier, embedding limit: Int,
    _ body: ([ImageSuggestion]) throws -> Void
  ) throws {
    let images = try images(of: project.id, .untagged)
    let missing = Set(
      try cache.contentsWithoutEmbedding(
        images.map(\.content), recipe: classifier.embedder.recipe.cacheKey
      ).dropFirst(limit))
    let known = images.filter { !missing.contains($0.content) }
    for start in stride(from: 0, to: known.count, by: Self.suggestionBlockCount) {
      let block = known[start..<min(start + Self.suggestionBlockCount, known.count)]
      try body(try suggestions(for: Array(block), by: classifier))
    }
  }
}
