/// What a picture that a program sends may measure, and have said of it.
public struct PictureBounds: Hashable, Sendable {
  /// Pixels of the longer side at most.
  public var side: Int
  /// The longer side over the shorter at most.
  public var ratio: Int
  /// Entries of its image's metadata at most.
  public var metadataCount: Int

  public init(side: Int, ratio: Int, metadataCount: Int = .max) {
    self.metadataCount = metadataCount
    self.side = side
    self.ratio = ratio
  }

  /// - Throws: `PictureOutOfBounds`.
  func check(width: Int, height: Int) throws(PictureOutOfBounds) {
    let (long, short) = (max(width, height), min(width, height))
    if long > side { throw .tooLong(width: width, height: height) }
    if long > short * ratio { throw .tooNarrow(width: width, height: height) }
  }
}

/// How a picture exceeds what it may measure.
public enum PictureOutOfBounds: Error, Equatable, Sendable {
  case tooLong(width: Int, height: Int)
  case tooNarrow(width: Int, height: Int)
}
