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

  /// What an iteration predicts of the project's untagged images, of those whose embeddings are kept.
  ///
  /// - Parameter limit: How many embeddings that are missing are made for it.
  public func suggestionsForUntagged(
    of project: Project, by classifier: Classifier, embedding limit: Int
  ) throws -> [ImageSuggestion] {
    let images = try images(of: project.id, .untagged)
    let missing = Set(
      try cache.contentsWithoutEmbedding(
        images.map(\.content), recipe: classifier.embedder.recipe.cacheKey
      ).dropFirst(limit))
    return try suggestions(for: images.filter { !missing.contains($0.content) }, by: classifier)
  }
}
