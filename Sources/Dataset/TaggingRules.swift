/// What to do to the tags of images.
public enum LabelOperation: Hashable, Sendable {
  /// Gives a tag. In a multiclass project it replaces the tag that an image bears; the negative tag
  /// always replaces all others, and any other tag takes its place.
  case add(TagID)
  /// Takes a tag away where an image bears it.
  case remove(TagID)
  /// Takes all tags away.
  case clear
}

/// What decides how the tags of an image exclude each other.
///
/// The library and the screen follow the same rules, so that what is shown at once is what is saved.
public struct TaggingRules: Equatable, Sendable {
  public let type: ClassificationType
  /// The project's tags in the order of its list.
  public let tags: [Tag]

  public init(type: ClassificationType, tags: [Tag]) {
    self.type = type
    self.tags = tags
  }

  /// The tags that an image bears after an operation, in the order of the project's list.
  public func tags(after operation: LabelOperation, from before: [TagID]) -> [TagID] {
    switch operation {
    case .clear: return []
    case .remove(let tag): return before.filter { $0 != tag }
    case .add(let tag):
      let excludesAll = type == .multiclass || isNegative(tag)
      let kept = excludesAll ? [] : before.filter { $0 != tag && !isNegative($0) }
      let after = Set(kept + [tag])
      // A tag that another process has just made may be missing from the list: it comes last.
      let listed = tags.map(\.id).filter(after.contains)
      return listed + (kept + [tag]).filter { !listed.contains($0) }
    }
  }

  /// Whether an image may bear these tags together.
  public func allow(_ borne: [TagID]) -> Bool {
    borne.count < 2 || (type == .multilabel && !borne.contains(where: isNegative))
  }

  private func isNegative(_ id: TagID) -> Bool {
    tags.contains { $0.id == id && $0.kind == .negative }
  }
}
