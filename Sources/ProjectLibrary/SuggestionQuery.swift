public import Dataset

/// Which suggestions are wanted: those in which one of the tags reaches the threshold.
public struct SuggestionFilter: Hashable, Sendable {
  /// Without any all are meant.
  public var tags: Set<TagID>
  public var threshold: Float

  public init(tags: Set<TagID> = [], threshold: Float = 0) {
    self.tags = tags
    self.threshold = threshold
  }

  func admits(_ tag: TagID) -> Bool { tags.isEmpty || tags.contains(tag) }

  func admits(_ prediction: TagPrediction) -> Bool {
    admits(prediction.tag.id) && prediction.probability >= threshold
  }

  func admits(_ suggestion: ImageSuggestion) -> Bool {
    suggestion.predictions.contains(where: admits)
  }
}

/// A part of the list of suggestions for untagged images.
public struct SuggestionQuery: Hashable, Sendable {
  public var filter: SuggestionFilter
  /// Whether the most certain come first.
  public var isAscending: Bool
  /// Begins after this place.
  public var after: SuggestionPlace?
  public var limit: Int

  public init(
    _ filter: SuggestionFilter = SuggestionFilter(), isAscending: Bool,
    after: SuggestionPlace? = nil, limit: Int
  ) {
    self.filter = filter
    self.isAscending = isAscending
    self.after = after
    self.limit = limit
  }

  /// Whether one place comes before another. Equals stand in the order of their ids.
  func isOrdered(_ left: SuggestionPlace, _ right: SuggestionPlace) -> Bool {
    left.uncertainty == right.uncertainty
      ? left.image < right.image : (left.uncertainty < right.uncertainty) == isAscending
  }
}

/// A place in the list of suggestions, which stays where it is when images are tagged or come.
public struct SuggestionPlace: Hashable, Sendable, LosslessStringConvertible {
  public let image: ImageID
  /// In ten-thousandths of a nat: the last digits of a prediction depend on the pictures that it was
  /// made beside, and would move an image over the end of a page.
  public let uncertainty: Int

  public init(image: ImageID, uncertainty: Int) {
    self.image = image
    self.uncertainty = uncertainty
  }

  public init?(_ description: String) {
    let halves = description.split(separator: "/")
    guard halves.count == 2, let image = ImageID(String(halves[0])),
      let uncertainty = Int(halves[1])
    else { return nil }
    self.init(image: image, uncertainty: uncertainty)
  }

  public var description: String { "\(image)/\(uncertainty)" }
}

extension ImageSuggestion {
  var place: SuggestionPlace {
    SuggestionPlace(image: image.id, uncertainty: Int((uncertainty * 10_000).rounded()))
  }
}

public struct SuggestionPage: Sendable {
  public let suggestions: [ImageSuggestion]
  /// Where the next page begins; `nil` when this is the last.
  public let next: SuggestionPlace?
}
