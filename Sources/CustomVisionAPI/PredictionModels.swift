/// An answer that was kept, with the picture that it is about.
public struct StoredImagePredictionModel: Encodable, Sendable {
  public var id: String
  public var project: String
  public var iteration: String
  public var created: String
  public var predictions: [PredictionModel]
  public var resizedImageUri: String
  public var thumbnailUri: String
  public var originalImageUri: String
  public var domain: String

  public init(
    id: String, project: String, iteration: String, created: String,
    predictions: [PredictionModel], resizedImageUri: String, thumbnailUri: String,
    originalImageUri: String, domain: String
  ) {
    self.id = id
    self.project = project
    self.iteration = iteration
    self.created = created
    self.predictions = predictions
    self.resizedImageUri = resizedImageUri
    self.thumbnailUri = thumbnailUri
    self.originalImageUri = originalImageUri
    self.domain = domain
  }
}

/// A question about stored predictions; an answer holds it again, with the place of the next page.
public struct PredictionQueryToken: Codable, Sendable {
  public var session: String?
  public var continuation: String?
  public var maxCount: Int?
  public var orderBy: String?
  public var tags: [TagRange]?
  public var iterationId: String?
  public var startTime: String?
  public var endTime: String?
  public var application: String?

  public struct TagRange: Codable, Sendable {
    public var id: String?
    public var minThreshold: Float?
    public var maxThreshold: Float?
  }
}

public struct PredictionQueryResult: Encodable, Sendable {
  public var token: PredictionQueryToken
  public var results: [StoredImagePredictionModel]

  public init(token: PredictionQueryToken, results: [StoredImagePredictionModel]) {
    self.token = token
    self.results = results
  }
}

/// Stored predictions whose pictures are to become pictures of the project.
public struct ImageIdCreateBatch: Decodable, Sendable {
  public var images: [Entry]?
  public var tagIds: [String]?
  public var metadata: [String: String]?

  public struct Entry: Decodable, Sendable {
    public var id: String?
    public var tagIds: [String]?
    /// Of object detection.
    public var regions: [Anything]?
  }
}
