public import Dataset

/// The tags of the project with their counts, as the tags pane lists them.
public struct TagsState: Equatable, Sendable {
  /// The project's tags in the order of its list.
  public let counts: [TagCount]
  /// How many images the project has.
  public let imageCount: Int
  /// How many of them bear no tag.
  public let untaggedCount: Int

  public init(counts: [TagCount] = [], imageCount: Int = 0, untaggedCount: Int = 0) {
    self.counts = counts
    self.imageCount = imageCount
    self.untaggedCount = untaggedCount
  }

  /// What the rows of the pane filter by: all, untagged, then every tag.
  public var filters: [ImageFilter] { [.all, .untagged] + counts.map { .tag($0.tag.id) } }

  /// The tag that a digit gives: the first nine regular ones have 1 to 9.
  public func tag(number: Int) -> Tag? {
    let regular = counts.lazy.map(\.tag).filter { $0.kind == .regular }
    return regular.dropFirst(number - 1).first
  }

  public var negativeTag: Tag? { counts.first { $0.tag.kind == .negative }?.tag }

  /// The digit that gives a tag; `nil` for a tag beyond the ninth.
  public func number(of tag: TagID) -> Int? {
    if negativeTag?.id == tag { return 0 }
    return (1...9).first { self.tag(number: $0)?.id == tag }
  }

  func tag(named name: String) -> Tag? { counts.first { $0.tag.name == name }?.tag }

  public func tag(_ id: TagID) -> Tag? { counts.first { $0.tag.id == id }?.tag }
}
