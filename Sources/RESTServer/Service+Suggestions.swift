import CustomVisionAPI
import Dataset
import ProjectLibrary

extension Service {
  func suggestTags(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let ids: [ImageID] = try call.query.ids("imageIds", limit: limits.batchCount, missing: "Image")
    guard !ids.isEmpty else { throw ServiceError.missing("imageIds") }
    let classifier = try suggester(call, of: project)
    let images = try library.images(ids, of: project.id)
    return try .json(
      try library.suggestions(for: images, by: classifier).map { suggestion in
        SuggestedTagModel(
          prediction: ImagePredictionModel(
            id: suggestion.image.id.description, project: project.id.description,
            iteration: classifier.iteration.id.description, created: timestamp(Library.clock()),
            predictions: Self.models(of: suggestion.predictions)),
          predictionUncertainty: suggestion.uncertainty)
      })
  }

  func querySuggestedImages(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    var token = try call.model(SuggestionQueryToken.self)
    let classifier = try suggester(call, of: project)
    let isAscending: Bool
    switch (token.sortBy ?? "UncertaintyAscending").lowercased() {
    case "uncertaintyascending": isAscending = true
    case "uncertaintydescending": isAscending = false
    case let word: throw ServiceError.badRequest("“\(word)” is no order.")
    }
    let found = try suggestions(of: project, by: classifier, token.tagIds, token.threshold)
    // Equals stand in the order of their ids, so that pages fit together.
    let ordered = found.sorted { left, right in
      left.uncertainty == right.uncertainty
        ? left.image.id < right.image.id
        : (left.uncertainty < right.uncertainty) == isAscending
    }
    let start = try position(token.continuation)
    guard token.maxCount ?? 0 >= 0 else { throw ServiceError.badRequest("maxCount is negative.") }
    let count = token.maxCount.flatMap { $0 == 0 ? nil : min($0, limits.listCount) } ?? 50
    let page = Array(ordered.dropFirst(start).prefix(count))
    let arrivals = Dictionary(
      uniqueKeysWithValues: try library.details(of: page.map(\.image), in: project.id).map {
        ($0.image.id, $0.arrived)
      })
    token.session = classifier.iteration.id.description
    token.continuation = start + page.count < ordered.count ? String(start + page.count) : ""
    return try .json(
      SuggestionQueryResult(
        token: token,
        results: page.map { suggestion in
          let id = suggestion.image.id
          let original = Self.address(of: id, .original, for: call)
          return SuggestedImageModel(
            stored: StoredImagePredictionModel(
              id: id.description, project: project.id.description,
              iteration: classifier.iteration.id.description,
              created: timestamp(arrivals[id] ?? 0),
              predictions: Self.models(of: suggestion.predictions), resizedImageUri: original,
              thumbnailUri: Self.address(of: id, .thumbnail, for: call),
              originalImageUri: original, domain: Self.serviceDomain(project.domain).id),
            width: suggestion.image.width, height: suggestion.image.height,
            predictionUncertainty: suggestion.uncertainty)
        }))
  }

  func suggestedImageCount(_ call: Call) throws -> Answer {
    let project = try project(of: call)
    let filter = try call.model(TagFilter.self)
    let classifier = try suggester(call, of: project)
    let tags = try wantedTags(filter.tagIds)
    let threshold = try checked(filter.threshold)
    let found = try suggestions(of: project, by: classifier, filter.tagIds, filter.threshold)
    var counts: [String: Int] = [:]
    for tag in classifier.tags where tags.isEmpty || tags.contains(tag.id) {
      counts[tag.id.description] = found.count {
        $0.predictions.contains { $0.tag.id == tag.id && $0.probability >= threshold }
      }
    }
    return try .json(counts)
  }

  private func suggester(_ call: Call, of project: Project) throws -> Classifier {
    guard let iteration = try iterationAsked(call, of: project) else {
      throw ServiceError.missing("iterationId")
    }
    return try classifier(iteration.id, of: project.id)
  }

  /// Untagged images for which one of the tags reaches the threshold.
  private func suggestions(
    of project: Project, by classifier: Classifier, _ tagIDs: [String]?, _ threshold: Double?
  ) throws -> [ImageSuggestion] {
    let tags = try wantedTags(tagIDs)
    let threshold = try checked(threshold)
    return try library.suggestionsForUntagged(
      of: project, by: classifier, embedding: limits.listCount
    ).filter { suggestion in
      suggestion.predictions.contains {
        (tags.isEmpty || tags.contains($0.tag.id)) && $0.probability >= threshold
      }
    }
  }

  private func wantedTags(_ ids: [String]?) throws -> Set<TagID> {
    Set(try identifiers(ids ?? [], missing: "Tag"))
  }

  private func checked(_ threshold: Double?) throws -> Float {
    guard let threshold else { return 0 }
    guard (0...1).contains(threshold) else {
      throw ServiceError.badRequest("threshold is no number from 0 to 1.")
    }
    return Float(threshold)
  }

  private func position(_ continuation: String?) throws -> Int {
    guard let continuation, !continuation.isEmpty else { return 0 }
    guard let start = Int(continuation), (0...1_000_000_000).contains(start) else {
      throw ServiceError.badRequest("The continuation is none of ours.")
    }
    return start
  }
}
