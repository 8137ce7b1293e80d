public import Imaging

/// A square that a backbone sees of a picture.
public enum EmbeddingView: String, Sendable, CaseIterable {
  /// The whole picture, resized to the square whatever its ratio and mirrored left to right.
  case squeezed
  /// The middle of the picture: short side resized to round(side · 256/224), then cropped.
  case centred

  /// What the short side of a picture is resized to before a square is cropped out of its middle.
  public static func shortSide(of side: Int) -> Int {
    Int((Double(side) * 256 / 224).rounded())
  }

  /// The part of a picture that a view shows; lengths are shares of the picture's sides.
  struct Frame: Equatable {
    let left: Double
    let top: Double
    let width: Double
    let height: Double
    let isMirrored: Bool

    /// Where a place of the picture is in the view: 0…1 from left and top, or outside.
    func place(x: Double, y: Double) -> (x: Double, y: Double) {
      let across = (x - left) / width
      return (isMirrored ? 1 - across : across, (y - top) / height)
    }
  }

  /// What this view shows of a picture.
  ///
  /// - Parameter side: The view's, in pixels, as are the picture's width and height.
  func frame(width: Int, height: Int, side: Int) -> Frame {
    switch self {
    case .squeezed: return Frame(left: 0, top: 0, width: 1, height: 1, isMirrored: true)
    case .centred:
      let shown = Double(side) / Double(Self.shortSide(of: side)) * Double(min(width, height))
      let (across, down) = (shown / Double(width), shown / Double(height))
      return Frame(
        left: (1 - across) / 2, top: (1 - down) / 2, width: across, height: down,
        isMirrored: false)
    }
  }

  /// Cuts this view out of a picture, resizing with the bicubic filter of `PixelImage.resized`.
  ///
  /// - Parameter side: Pixels across and down, 1 or more.
  /// - Returns: `side` × `side` pixels.
  public func pixels(of image: PixelImage, side: Int) -> PixelImage {
    switch self {
    case .squeezed:
      return image.resized(toWidth: side, height: side).mirrored()
    case .centred:
      let middle = image.middle
      let shortSide = Self.shortSide(of: side)
      let scale = Double(shortSide) / Double(min(middle.width, middle.height))
      let width = max(shortSide, Int((Double(middle.width) * scale).rounded()))
      let height = max(shortSide, Int((Double(middle.height) * scale).rounded()))
      let (left, top) = ((width - side) / 2, (height - side) / 2)
      return middle.resized(
        toWidth: width, height: height, columns: left..<left + side, rows: top..<top + side)
    }
  }
}

extension PixelImage {
  /// The picture, or the middle 4:1 of a longer one: the crop would lose the rest anyway, and a
  /// picture of 30,000 × 10 pixels must not grow to a gigabyte before it is cropped.
  fileprivate var middle: PixelImage {
    let longest = 4 * min(width, height)
    guard max(width, height) > longest else { return self }
    let (keptWidth, keptHeight) = (min(width, longest), min(height, longest))
    return cropped(
      x: (width - keptWidth) / 2, y: (height - keptHeight) / 2, width: keptWidth,
      height: keptHeight)
  }
}
