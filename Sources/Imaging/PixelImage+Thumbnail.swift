import CResampling

extension PixelImage {
  /// Shrinks so that the longer side has at most `maxSide` pixels, keeping the ratio; a picture that
  /// already fits is returned as it is.
  ///
  /// Made to be looked at, and fast: the picture is halved by averaging while it stays at least half
  /// as large again as needed, and only then resized.
  public func resizedToFit(maxSide: Int) -> PixelImage {
    precondition(maxSide > 0, "a longest side of \(maxSide) pixels")
    let longest = max(width, height)
    guard longest > maxSide else { return self }
    func scaled(_ side: Int) -> Int { max((side * maxSide + longest / 2) / longest, 1) }
    let (newWidth, newHeight) = (scaled(width), scaled(height))
    var picture = self
    while picture.width >= 3 * newWidth && picture.height >= 3 * newHeight {
      picture = picture.halved(path: .fastest)
    }
    return picture.resized(toWidth: newWidth, height: newHeight)
  }

  /// Averages pixels two by two. A last row or column of an odd number counts twice.
  func halved(path: ResamplingPath) -> PixelImage {
    let (newWidth, newHeight) = ((width + 1) / 2, (height + 1) / 2)
    let count = newWidth * newHeight * 3
    let averages = [UInt8](unsafeUninitializedCapacity: count) { target, initializedCount in
      pixels.withUnsafeBufferPointer { source in
        for y in 0..<newHeight {
          let upper = 2 * y * width * 3
          let lower = min(2 * y + 1, height - 1) * width * 3
          let to = y * newWidth * 3
          for x in halvedByAVX2(source, upper, lower, target, to, path: path)..<newWidth {
            let (left, right) = (6 * x, min(2 * x + 1, width - 1) * 3)
            for channel in 0..<3 {
              let sum =
                UInt16(source[upper + left + channel]) + UInt16(source[upper + right + channel])
                + UInt16(source[lower + left + channel]) + UInt16(source[lower + right + channel])
              target[to + 3 * x + channel] = UInt8((sum + 2) >> 2)
            }
          }
        }
      }
      initializedCount = count
    }
    return PixelImage(width: newWidth, height: newHeight, pixels: averages)
  }

  /// Makes as many pixels of a row as it can; returns their number.
  private func halvedByAVX2(
    _ source: UnsafeBufferPointer<UInt8>, _ upper: Int, _ lower: Int,
    _ target: UnsafeMutableBufferPointer<UInt8>, _ to: Int, path: ResamplingPath
  ) -> Int {
    guard path == .avx2, let from = source.baseAddress, let target = target.baseAddress else {
      return 0
    }
    return CResampling_halve(from + upper, from + lower, width, target + to)
  }
}
