public import Dataset
import Embeddings
import Glibc
import Imaging
import ProjectStore

extension Library {
  /// Predicts the tags of one picture as `predict` does, and keeps picture and answer for review.
  ///
  /// - Parameter application: What the program that asks calls itself.
  /// - Returns: What is kept, and the answer, highest probability first.
  /// - Throws: `Refusal`; `PictureOutOfBounds`; what keeps the library from being written.
  public func predictAndKeep(
    _ bytes: [UInt8], with classifier: Classifier, of project: Project,
    within bounds: PictureBounds, application: String
  ) throws -> (kept: StoredPrediction, predictions: [TagPrediction]) {
    let judged = try predictor.judge(bytes, with: classifier, in: self, within: bounds)
    let header = try pictureHeader(of: bytes, limits: limits)
    if let halves = judged.newEmbedding {
      // Should the picture become one of the project's, it is embedded already.
      try cache.keep(
        embeddings: [(judged.content, halves)], recipe: classifier.embedder.recipe.cacheKey)
    }
    let stored = StoredPrediction(
      id: .random(), project: project.id, iteration: classifier.iteration.id,
      content: judged.content, width: header.width, height: header.height, created: now(),
      application: application, probabilities: judged.probabilities,
      uncertainty: entropy(of: judged.probabilities, classifier.iteration.type))
    // The file is written while nobody can delete it: `forget` deletes under the same lock.
    try store.writePredictions { writer in
      try asked.keep(bytes, of: judged.content, from: nil)
      try writer.insert(stored)
    }
    return (stored, judged.ranked(classifier.tags))
  }

  /// A part of the list of what programs asked.
  public func predictions(
    of project: ProjectID, _ query: PredictionQuery
  ) throws -> PredictionPage {
    try store.read { try $0.predictions(of: project, query) }
  }

  /// How many predictions of a project are stored.
  public func predictionCount(of project: ProjectID) throws -> Int {
    try store.read { try $0.predictionCount(of: project) }
  }

  /// The stored prediction with this id; `nil` when there is none, or it was forgotten.
  public func prediction(_ id: PredictionID) throws -> StoredPrediction? {
    try store.read { try $0.prediction(id) }
  }

  /// The tags that a stored prediction is about with their probabilities, highest first.
  public func answer(of prediction: StoredPrediction) throws -> [TagPrediction] {
    let tags = try store.read { try $0.classes(of: prediction.iteration) }
    return TagPrediction.ranked(tags, prediction.probabilities)
  }

  /// The picture of a stored prediction as it came.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`.
  public func file(of prediction: StoredPrediction) throws -> [UInt8] {
    try asked.bytes(of: prediction.content, name: prediction.id.description)
  }

  /// The picture of a stored prediction as a JPEG file, at most 256 pixels a side.
  public func thumbnailFile(of prediction: StoredPrediction) throws -> [UInt8] {
    if let kept = try cache.thumbnail(of: prediction.content) { return kept }
    let image = try decodeImage(
      try file(of: prediction), limits: limits, reducedTo: EmbeddingRecipe.leastDecodedShortSide)
    let jpeg = try image.resizedToFit(maxSide: thumbnailSide).jpegData(quality: thumbnailQuality)
    try cache.keep(thumbnails: [(prediction.content, jpeg)])
    return jpeg
  }

  /// Makes pictures that programs asked about pictures of the project, 64 at a time; those that it then
  /// holds leave the list of predictions.
  ///
  /// - Returns: One result each, in their order; `nil` for a prediction that there is none of.
  public func add(
    _ predictions: [(id: PredictionID, tags: [TagID])], to project: Project,
    metadata: [String: String] = [:], within bounds: PictureBounds
  ) throws -> [Addition?] {
    var additions: [Addition?] = []
    for start in stride(from: 0, to: predictions.count, by: 64) {
      let some = predictions[start..<min(start + 64, predictions.count)]
      additions += try add(some: Array(some), to: project, metadata: metadata, within: bounds)
    }
    return additions
  }

  private func add(
    some predictions: [(id: PredictionID, tags: [TagID])], to project: Project,
    metadata: [String: String], within bounds: PictureBounds
  ) throws -> [Addition?] {
    var additions: [Addition?] = []
    var pictures: [NewPicture] = []
    var places: [Int] = []
    for (place, wanted) in predictions.enumerated() {
      additions.append(nil)
      guard let found = try prediction(wanted.id), found.project == project.id else { continue }
      do {
        pictures.append(
          NewPicture(
            name: found.id.description, bytes: try file(of: found), tags: wanted.tags,
            metadata: metadata))
        places.append(place)
      } catch LibraryError.originalMissing {
        additions[place] = .refused(.picture(.system(number: ENOENT)))
      } catch LibraryError.originalDamaged {
        additions[place] = .refused(.picture(.system(number: EIO)))
      }
    }
    for (place, addition) in zip(places, try add(pictures, to: project, within: bounds)) {
      additions[place] = addition
    }
    let done = zip(predictions, additions).compactMap { wanted, addition -> PredictionID? in
      switch addition {
      case .added, .duplicate: wanted.id
      case .refused, nil: nil
      }
    }
    try forget(done, of: project.id)
    return additions
  }

  /// Deletes stored predictions with their pictures; ids of none are passed over.
  public func forget(_ predictions: [PredictionID], of project: ProjectID) throws {
    try store.writePredictions { writer in
      for content in try writer.delete(predictions, of: project) { asked.remove(content) }
    }
  }

  /// Deletes what programs asked longer ago than a number of seconds.
  public func forgetPredictions(olderThan seconds: Double) throws {
    let time = now() - seconds
    try store.writePredictions { writer in
      for content in try writer.delete(before: time) { asked.remove(content) }
    }
  }
}

/// The entropy of an answer in nats: of the one choice in multiclass, summed over the tags in
/// multilabel.
func entropy(of probabilities: [Float], _ type: ClassificationType) -> Double {
  func share(_ probability: Double) -> Double {
    probability > 0 ? -probability * log(probability) : 0
  }
  return probabilities.reduce(0) { sum, probability in
    let probability = Double(probability)
    switch type {
    case .multiclass: return sum + share(probability)
    case .multilabel: return sum + share(probability) + share(1 - probability)
    }
  }
}
