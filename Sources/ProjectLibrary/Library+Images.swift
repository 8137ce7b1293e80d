public import Dataset
import Embeddings
public import Imaging
import ProjectStore

extension Library {
  public func imageCount(of project: ProjectID, _ filter: ImageFilter = .all) throws -> Int {
    try store.read { try $0.imageCount(of: project, filter) }
  }

  /// How many images bear no tag.
  ///
  /// - Parameters:
  ///   - imageCount: How many images the project has now.
  ///   - counts: The project's tags with their counts as they are now. Where an image bears one tag at
  ///     most, the two tell it without looking at every image.
  public func untaggedCount(
    of project: Project, imageCount: Int, counts: [TagCount]
  ) throws -> Int {
    switch project.type {
    case .multiclass:
      max(0, imageCount - counts.reduce(0) { $0 + $1.imageCount })
    case .multilabel: try self.imageCount(of: project.id, .untagged)
    }
  }

  /// Images of the project, oldest first.
  public func images(of project: ProjectID, _ filter: ImageFilter = .all) throws -> [Image] {
    try store.read { try $0.images(of: project, filter) }
  }

  /// The images that a person means by a path, a file name or an id, removed ones among them.
  ///
  /// - Throws: `.imageNotFound` when there is none.
  public func images(named text: String, of project: ProjectID) throws -> [Image] {
    let images = try store.read { try $0.images(of: project, named: text) }
    if images.isEmpty { throw LibraryError.imageNotFound(text) }
    return images
  }

  /// The image with this id, removed or not.
  public func image(_ id: ImageID) throws -> Image? { try store.read { try $0.image(id) } }

  /// Takes images out of the project, keeping their labels for a restore.
  ///
  /// - Returns: How many were in it.
  @discardableResult
  public func removeImages(_ images: [ImageID], from project: ProjectID) throws -> Int {
    try change(in: project, command: "image remove") { recorder in
      try images.count { try recorder.record(.membership($0, false)) }
    }
  }

  /// Puts removed images back, with the labels they had.
  ///
  /// - Returns: How many were not in it.
  @discardableResult
  public func restoreImages(_ images: [ImageID], to project: ProjectID) throws -> Int {
    try change(in: project, command: "image restore") { recorder in
      try images.count { try recorder.record(.membership($0, true)) }
    }
  }

  /// An image's picture, at most `maxSide` pixels a side, from its original.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, `ImagingError`.
  public func picture(of content: ContentHash, maxSide: Int) throws -> PixelImage {
    let image = try decodeImage(
      try originals.bytes(of: content, name: content.description), limits: limits,
      reducedTo: maxSide)
    return image.resizedToFit(maxSide: maxSide)
  }

  /// An image's thumbnail, at most 256 pixels a side; made again where the cache has lost it.
  ///
  /// - Throws: `.originalMissing`, `.originalDamaged`, `ImagingError`.
  public func thumbnail(of content: ContentHash) throws -> PixelImage {
    if let kept = try cache.thumbnail(of: content),
      // A thumbnail that cannot be read is made again, like one that is missing.
      let image = try? decodeImage(kept)
    {
      return image
    }
    let image = try decodeImage(
      try originals.bytes(of: content, name: content.description), limits: limits,
      reducedTo: EmbeddingRecipe.leastDecodedShortSide)
    let thumbnail = image.resizedToFit(maxSide: thumbnailSide)
    let jpeg = try thumbnail.jpegData(quality: thumbnailQuality)
    try cache.keep(thumbnails: [(content, jpeg)])
    // The same pixels as if it had been kept all along.
    return try decodeImage(jpeg)
  }
}

/// The longest side of a thumbnail in pixels.
let thumbnailSide = 256
/// JPEG quality of a thumbnail: at 256 pixels 90 costs about 15 KB, and cells show no difference above.
let thumbnailQuality = 90
