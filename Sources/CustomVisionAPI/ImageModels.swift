public struct ImageModel: Encodable, Sendable {
  public var id: String
  public var created: String
  public var width: Int
  public var height: Int
  public var resizedImageUri: String
  public var thumbnailUri: String
  public var originalImageUri: String
  public var tags: [Tag]
  public var metadata: [String: String] = [:]

  public struct Tag: Encodable, Sendable {
    public var tagId: String
    public var tagName: String
    public var created: String

    public init(tagId: String, tagName: String, created: String) {
      self.tagId = tagId
      self.tagName = tagName
      self.created = created
    }
  }

  public init(
    id: String, created: String, width: Int, height: Int, resizedImageUri: String,
    thumbnailUri: String, originalImageUri: String, tags: [Tag]
  ) {
    self.id = id
    self.created = created
    self.width = width
    self.height = height
    self.resizedImageUri = resizedImageUri
    self.thumbnailUri = thumbnailUri
    self.originalImageUri = originalImageUri
    self.tags = tags
  }
}

/// A part of a request that is only looked at to be refused where it says something.
public struct Anything: Decodable, Sendable {
  public init(from decoder: any Decoder) {}
}

public struct ImageFileCreateBatch: Decodable, Sendable {
  public var images: [Entry]?
  public var tagIds: [String]?
  public var metadata: [String: String]?

  public struct Entry: Decodable, Sendable {
    public var name: String?
    /// In base64.
    public var contents: String?
    public var tagIds: [String]?
    /// Of object detection.
    public var regions: [Anything]?
  }
}

/// Pictures that lie somewhere on the web.
public struct ImageUrlCreateBatch: Decodable, Sendable {
  public var images: [Entry]?
  public var tagIds: [String]?
  public var metadata: [String: String]?

  public struct Entry: Decodable, Sendable {
    public var url: String?
    public var tagIds: [String]?
    /// Of object detection.
    public var regions: [Anything]?
  }
}

/// A picture that lies somewhere on the web.
public struct ImageUrl: Decodable, Sendable {
  public var url: String?
}

/// What became of a batch, entry by entry.
public struct BatchSummary<Entry: BatchEntry>: Encodable, Sendable {
  public var isBatchSuccessful: Bool { images.allSatisfy { $0.status == "OK" } }
  public let images: [Entry]

  public init(images: [Entry]) { self.images = images }

  private enum CodingKeys: CodingKey { case isBatchSuccessful, images }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(isBatchSuccessful, forKey: .isBatchSuccessful)
    try container.encode(images, forKey: .images)
  }
}

/// An entry with the contract's word for what became of it, `OK` where all went well.
public protocol BatchEntry: Encodable, Sendable {
  var status: String { get }
}

public struct ImageCreateResult: BatchEntry {
  public let sourceUrl: String
  public let status: String
  public let image: ImageModel?

  public init(sourceUrl: String, status: String, image: ImageModel?) {
    self.sourceUrl = sourceUrl
    self.status = status
    self.image = image
  }
}

public struct ImageMetadataUpdateEntry: BatchEntry {
  public let imageId: String
  public let status: String
  public let metadata: [String: String]?

  public init(imageId: String, status: String, metadata: [String: String]?) {
    self.imageId = imageId
    self.status = status
    self.metadata = metadata
  }
}

/// An image that an iteration was judged on, with what heads that never saw it said.
public struct ImagePerformanceModel: Encodable, Sendable {
  public var id: String
  public var created: String
  public var width: Int
  public var height: Int
  public var imageUri: String
  public var thumbnailUri: String
  public var tags: [ImageModel.Tag]
  public var predictions: [PredictionModel]

  public init(
    id: String, created: String, width: Int, height: Int, imageUri: String, thumbnailUri: String,
    tags: [ImageModel.Tag], predictions: [PredictionModel]
  ) {
    self.id = id
    self.created = created
    self.width = width
    self.height = height
    self.imageUri = imageUri
    self.thumbnailUri = thumbnailUri
    self.tags = tags
    self.predictions = predictions
  }
}

public struct ImageTagPair: Codable, Sendable {
  public var imageId: String?
  public var tagId: String?

  public init(imageId: String, tagId: String) {
    self.imageId = imageId
    self.tagId = tagId
  }
}

public struct ImageTagCreateBatch: Decodable, Sendable {
  public var tags: [ImageTagPair]?
}

public struct ImageTagCreateSummary: Encodable, Sendable {
  public var created: [ImageTagPair] = []
  public var duplicated: [ImageTagPair] = []
  public var exceeded: [ImageTagPair] = []

  public init() {}
}
