/// Whether an image may bear one tag or several.
public enum ClassificationType: String, Sendable, CaseIterable, Codable {
  /// One tag an image; probabilities add up to 1.
  case multiclass
  /// Any number of tags an image; each probability stands alone.
  case multilabel
}

/// Which embedding a project uses.
public enum Domain: String, Sendable, CaseIterable, Codable {
  /// Two backbones side by side: the most accurate.
  case general
  /// One backbone: about a third of the cost.
  case compact
}

/// One classifier in the making: a list of tags, a set of images, and the iterations trained on them.
public struct Project: Hashable, Sendable, Identifiable {
  public let id: ProjectID
  public var name: String
  public var description: String
  public var type: ClassificationType
  public var domain: Domain

  public init(
    id: ProjectID, name: String, description: String = "", type: ClassificationType, domain: Domain
  ) {
    self.id = id
    self.name = name
    self.description = description
    self.type = type
    self.domain = domain
  }
}

/// What a tag stands for.
public enum TagKind: String, Sendable, CaseIterable, Codable {
  /// A thing to recognise.
  case regular
  /// Pictures of none of the others; at most one such tag a project, never beside another on an image.
  case negative
}

/// A name from the project's list that a person gives an image.
public struct Tag: Hashable, Sendable, Identifiable {
  public let id: TagID
  public var name: String
  public var kind: TagKind

  public init(id: TagID, name: String, kind: TagKind = .regular) {
    self.id = id
    self.name = name
    self.kind = kind
  }
}
