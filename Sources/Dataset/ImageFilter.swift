/// Which of a project's images are meant.
public enum ImageFilter: Hashable, Sendable {
  case all
  case untagged
  case tagged
  case tag(TagID)
  /// Taken out of the project; they can be restored.
  case removed
}

/// A tag with the number of images that bear it.
public struct TagCount: Hashable, Sendable {
  public let tag: Tag
  public let imageCount: Int

  public init(tag: Tag, imageCount: Int) {
    self.tag = tag
    self.imageCount = imageCount
  }
}
