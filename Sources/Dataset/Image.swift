/// One picture of a project.
public struct Image: Hashable, Sendable, Identifiable {
  public let id: ImageID
  public let content: ContentHash
  /// The file's name when it was imported, without folders.
  public var name: String
  /// The path given at import, as text for people; the bytes are kept by content, not by path.
  public var path: String
  /// Pixels across, with the file's orientation applied.
  public var width: Int
  /// Pixels down, with the file's orientation applied.
  public var height: Int
  /// The size of the file in bytes.
  public var byteCount: Int
  /// Similar pictures have hashes that differ in few bits.
  public var perceptualHash: UInt64
  /// The tags that it bears now, in the order of the project's tag list.
  public var tags: [TagID]

  public init(
    id: ImageID, content: ContentHash, name: String, path: String, width: Int, height: Int,
    byteCount: Int, perceptualHash: UInt64, tags: [TagID] = []
  ) {
    self.id = id
    self.content = content
    self.name = name
    self.path = path
    self.width = width
    self.height = height
    self.byteCount = byteCount
    self.perceptualHash = perceptualHash
    self.tags = tags
  }
}
