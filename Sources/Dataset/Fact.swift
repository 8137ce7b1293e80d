/// One thing that can be changed in a project, together with the value it has or is given.
///
/// Every change that people make is a list of facts. A fact names its subject completely, so its
/// inverse is the same subject with the value it had before, and the state of a project at any
/// point of its log is the last fact of every subject up to there.
public enum Fact: Hashable, Sendable {
  /// Whether an image bears a tag.
  case label(ImageID, TagID, Bool)
  /// Whether a person has looked and says that an image bears a tag (`true`) or does not (`false`),
  /// whatever a prediction says; `nil` when nobody has.
  ///
  /// It holds for as long as it agrees with the label; once the label is another, it says nothing.
  case verdict(ImageID, TagID, Bool?)
  /// Whether an image belongs to the project.
  case membership(ImageID, Bool)
  /// Whether a tag is in the project's list.
  case tagExistence(TagID, Bool)
  case tagName(TagID, String)
  case tagKind(TagID, TagKind)
  case tagDescription(TagID, String)
  case imageMetadata(ImageID, ImageMetadata)
  /// Whether a person has looked at the images that are nearly the same as this one, and keeps it
  /// beside them.
  case keptBesideDuplicates(ImageID, Bool)
  /// Whether the project is in the library's list.
  case projectExistence(Bool)
  case projectName(String)
  case projectDescription(String)
  case projectType(ClassificationType)
  case projectDomain(Domain)
}

/// One entry of a project's log: a fact as it was before and after, by whom and when.
public struct Event: Hashable, Sendable {
  /// Where it stands in the log; later events have higher positions.
  public let position: Int64
  /// The change that it is part of; the events of a change happen together or not at all.
  public let change: Int64
  /// Seconds since 1970.
  public let time: Double
  /// Who made the change: a user's name, or the name of the program that did it for them.
  public let actor: String
  /// What was asked for, as a command: `tag merge`, `undo`.
  public let command: String
  public let before: Fact
  public let after: Fact

  public init(
    position: Int64, change: Int64, time: Double, actor: String, command: String, before: Fact,
    after: Fact
  ) {
    self.position = position
    self.change = change
    self.time = time
    self.actor = actor
    self.command = command
    self.before = before
    self.after = after
  }
}
