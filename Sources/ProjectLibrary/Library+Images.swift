public import Dataset
public import Imaging
import ProjectStore

/// A run of rows out of a list of images that may be far longer.
public struct ImageRows: Hashable, Sendable {
  /// How many images pass the filter.
  public let matchCount: Int
  /// Where the first row stands in the list, from 0.
  public let start: Int
  public let images: [Image]
  /// How many of the images that pass come before the one that was asked for; `nil` without one.
  public let anchorRow: Int?
}

extension Library {
  public func imageCount(of project: ProjectID, _ filter: ImageFilter = .all) throws -> Int {
    try store.read { try $0.imageCount(of: project, filter) }
  }

  /// Images of the project, oldest first.
  public func images(of project: ProjectID, _ filter: ImageFilter = .all) throws -> [Image] {
    try store.read { try $0.images(of: project, filter) }
  }

  /// The rows of a range of the list, as many of them as there are.
  public func rows(
    _ range: Range<Int>, of project: ProjectID, _ filter: ImageFilter
  ) throws -> ImageRows {
    try store.read { snapshot in
      let matchCount = try snapshot.imageCount(of: project, filter)
      let range = range.clamped(to: 0..<matchCount)
      return ImageRows(
        matchCount: matchCount, start: range.lowerBound,
        images: try snapshot.images(
          of: project, filter, offset: range.lowerBound, limit: range.count), anchorRow: nil)
    }
  }

  /// `count` rows about the place where an image stands, or would stand if it passed the filter.
  public func rows(
    around image: ImageID, count: Int, of project: ProjectID, _ filter: ImageFilter
  ) throws -> ImageRows {
    try store.read { snapshot in
      let matchCount = try snapshot.imageCount(of: project, filter)
      let anchorRow = try snapshot.imageCount(of: project, filter, before: image)
      let start = max(0, min((anchorRow ?? 0) - count / 2, matchCount - count))
      return ImageRows(
        matchCount: matchCount, start: start,
        images: try snapshot.images(of: project, filter, offset: start, limit: count),
        anchorRow: anchorRow)
    }
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
    try store.change(in: project, by: actor, command: "image remove") { recorder in
      try images.count { try recorder.record(.membership($0, false)) }
    }
  }

  /// Puts removed images back, with the labels they had.
  ///
  /// - Returns: How many were not in it.
  @discardableResult
  public func restoreImages(_ images: [ImageID], to project: ProjectID) throws -> Int {
    try store.change(in: project, by: actor, command: "image restore") { recorder in
      try images.count { try recorder.record(.membership($0, true)) }
    }
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
      try originals.bytes(of: content, name: content.description), limits: limits)
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
