extension PixelImage {
  /// Cuts out a rectangle of `width × height` pixels whose top left corner is at (`x`, `y`).
  ///
  /// Traps unless the rectangle lies within the picture and has at least one pixel.
  public func cropped(x: Int, y: Int, width: Int, height: Int) -> PixelImage {
    precondition(
      x >= 0 && y >= 0 && width > 0 && height > 0 && x <= self.width - width
        && y <= self.height - height,
      "\(width) × \(height) pixels at (\(x), \(y)) are not within \(self.width) × \(self.height)")
    var cut: [UInt8] = []
    cut.reserveCapacity(width * height * 3)
    for row in y..<y + height {
      let start = (row * self.width + x) * 3
      cut.append(contentsOf: pixels[start..<start + width * 3])
    }
    return PixelImage(width: width, height: height, pixels: cut)
  }

  /// Swaps left and right.
  public func mirrored() -> PixelImage {
    turnedUpright(from: .mirrored)
  }

  /// Turns pixels stored with an orientation so that the picture stands upright.
  func turnedUpright(from orientation: ExifOrientation) -> PixelImage {
    guard orientation != .upright else { return self }
    let (newWidth, newHeight) = orientation.swapsSides ? (height, width) : (width, height)
    let (origin, right, down) = steps(for: orientation)
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      pixels.withUnsafeBufferPointer { source in
        // In squares, so that what is read down a column is still in the processor's cache when the
        // next column is read.
        let side = 32
        for top in stride(from: 0, to: newHeight, by: side) {
          for left in stride(from: 0, to: newWidth, by: side) {
            for y in top..<min(top + side, newHeight) {
              var from = (origin + left * right + y * down) * 3
              var to = (y * newWidth + left) * 3
              for _ in left..<min(left + side, newWidth) {
                target[to] = source[from]
                target[to &+ 1] = source[from &+ 1]
                target[to &+ 2] = source[from &+ 2]
                from &+= 3 &* right
                to &+= 3
              }
            }
          }
        }
      }
      count = pixels.count
    }
    return PixelImage(width: newWidth, height: newHeight, pixels: turned)
  }

  /// The stored pixel that becomes the top left one, and how far to go in the stored pixels for one
  /// step right and one step down in the upright picture.
  private func steps(
    for orientation: ExifOrientation
  ) -> (origin: Int, right: Int, down: Int) {
    let (topRight, bottomLeft) = (width - 1, (height - 1) * width)
    return switch orientation {
    case .upright: (0, 1, width)
    case .mirrored: (topRight, -1, width)
    case .upsideDown: (bottomLeft + topRight, -1, -width)
    case .flipped: (bottomLeft, 1, -width)
    case .transposed: (0, width, 1)
    case .turnedLeft: (bottomLeft, -width, 1)
    case .transversed: (bottomLeft + topRight, -width, -1)
    case .turnedRight: (topRight, width, -1)
    }
  }
}
