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
    guard token.maxCount ?? 0 >= 0 else { throw ServiceError.badRequest("maxCount is negative.") }
    let session = classifier.iteration.id.description
    let page = try library.suggestionsForUntagged(
      of: project, by: classifier,
      SuggestionQuery(
        try filter(token.tagIds, token.threshold), isAscending: isAscending,
        after: try place(token, in: session),
        limit: token.maxCount.flatMap { $0 == 0 ? nil : min($0, limits.listCount) } ?? 50),
      embedding: limits.listCount)
    let arrivals = Dictionary(
      uniqueKeysWithValues: try library.details(of: page.suggestions.map(\.image), in: project.id)
        .map {
          ($0.image.id, $0.arrived)
        })
    token.session = session
    // An empty continuation says that there is no more.
    token.continuation = page.next?.description ?? ""
    return try .json(
      SuggestionQueryResult(
        token: token,
        results: page.suggestions.map { suggestion in
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
    let counts = try library.suggestionCounts(
      of: project, by: try suggester(call, of: project),
      try self.filter(filter.tagIds, filter.threshold), embedding: limits.listCount)
    return try .json(
      Dictionary(uniqueKeysWithValues: counts.map { ($0.description, $1) }))
  }

  private func suggester(_ call: Call, of project: Project) throws -> Classifier {
    guard let iteration = try iterationAsked(call, of: project) else {
      throw ServiceError.missing("iterationId")
    }
    return try classifier(iteration.id, of: project.id)
  }

  private func filter(_ tagIDs: [String]?, _ threshold: Double?) throws -> SuggestionFilter {
    let threshold = threshold ?? 0
    guard (0...1).contains(threshold) else {
      throw ServiceError.badRequest("threshold is no number from 0 to 1.")
    }
    return SuggestionFilter(
      tags: Set(try identifiers(tagIDs ?? [], missing: "Tag")), threshold: Float(threshold))
  }

  /// Where a page begins; `nil` for the first.
  private func place(
    _ token: SuggestionQueryToken, in session: String
  ) throws -> SuggestionPlace? {
    guard let continuation = token.continuation, !continuation.isEmpty else { return nil }
    // Another iteration is certain of other images: its places are none of this list.
    let isOurs = (token.session ?? "").isEmpty || token.session == session
    guard isOurs, let place = SuggestionPlace(continuation) else {
      throw ServiceError.badRequest("The continuation is none of this iteration's.")
    }
    return place
  }
}
