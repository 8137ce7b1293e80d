/// Whether an image may bear one tag or several.
public enum ClassificationType: String, Sendable, CaseIterable, Codable {
  /// One tag an image; probabilities add up to 1.
  case multiclass
  /// Any number of tags an image; each probability stands alone.
  case multilabel
}

/// Which embedding a project uses.
///
/// Stored, and shown to programs, as text: `general`, `compact`, or `encoder:` and a name.
public enum Domain: Hashable, Sendable {
  /// Two backbones side by side: the most accurate.
  case general
  /// One backbone: about a third of the cost.
  case compact
  /// An encoder that a person added, by its name; it need not be on this computer.
  case encoder(String)

  /// Those that need no encoder.
  public static let builtIn = [general, compact]
}

extension Domain: RawRepresentable {
  private static let encoderPrefix = "encoder:"

  public init?(rawValue: String) {
    if let domain = Self.builtIn.first(where: { $0.rawValue == rawValue }) {
      self = domain
    } else if rawValue.hasPrefix(Self.encoderPrefix),
      rawValue.utf8.count > Self.encoderPrefix.utf8.count
    {
      self = .encoder(String(rawValue.dropFirst(Self.encoderPrefix.count)))
    } else {
      return nil
    }
  }

  public var rawValue: String {
    switch self {
    case .general: "general"
    case .compact: "compact"
    case .encoder(let name): Self.encoderPrefix + name
    }
  }
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
