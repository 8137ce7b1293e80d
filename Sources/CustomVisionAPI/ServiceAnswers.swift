/// What a client reads of the service's answers: the part that a project is made of.
public struct ProjectAnswer: Decodable, Sendable {
  public let id: String
  public let name: String
  public let description: String?
  public let settings: Settings

  public struct Settings: Decodable, Sendable {
    public let domainId: String
    /// Missing in projects of object detection.
    public let classificationType: String?
  }
}

public struct TagAnswer: Decodable, Sendable {
  public let id: String
  public let name: String
  public let description: String?
  public let type: String
  public let imageCount: Int
}

public struct ImageAnswer: Decodable, Sendable {
  public let id: String
  public let originalImageUri: String
  public let tags: [Tag]?
  public let metadata: [String: String]?

  public struct Tag: Decodable, Sendable {
    public let tagId: String
  }
}
