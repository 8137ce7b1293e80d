/// What an iteration would tag an image with.
public struct SuggestedTagModel: Encodable, Sendable {
  public var id: String
  public var project: String
  public var iteration: String
  public var created: String
  public var predictions: [PredictionModel]
  public var predictionUncertainty: Double

  public init(prediction: ImagePredictionModel, predictionUncertainty: Double) {
    id = prediction.id
    project = prediction.project
    iteration = prediction.iteration
    created = prediction.created
    predictions = prediction.predictions
    self.predictionUncertainty = predictionUncertainty
  }
}

/// A question about suggestions; an answer holds it again, with the place of the next page.
public struct SuggestionQueryToken: Codable, Sendable {
  public var tagIds: [String]?
  public var threshold: Double?
  public var session: String?
  public var continuation: String?
  public var maxCount: Int?
  public var sortBy: String?
}

public struct TagFilter: Decodable, Sendable {
  public var tagIds: [String]?
  public var threshold: Double?
}

public struct SuggestionQueryResult: Encodable, Sendable {
  public var token: SuggestionQueryToken
  public var results: [SuggestedImageModel]

  public init(token: SuggestionQueryToken, results: [SuggestedImageModel]) {
    self.token = token
    self.results = results
  }
}

/// An untagged image with what it might be tagged with.
public struct SuggestedImageModel: Encodable, Sendable {
  public var stored: StoredImagePredictionModel
  public var width: Int
  public var height: Int
  public var predictionUncertainty: Double

  public init(
    stored: StoredImagePredictionModel, width: Int, height: Int, predictionUncertainty: Double
  ) {
    self.stored = stored
    self.width = width
    self.height = height
    self.predictionUncertainty = predictionUncertainty
  }

  private enum CodingKeys: CodingKey { case width, height, predictionUncertainty }

  /// The fields of the prediction stand beside those of its own.
  public func encode(to encoder: any Encoder) throws {
    try stored.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(width, forKey: .width)
    try container.encode(height, forKey: .height)
    try container.encode(predictionUncertainty, forKey: .predictionUncertainty)
  }
}
