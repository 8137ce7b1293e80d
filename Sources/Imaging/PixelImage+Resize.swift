extension PixelImage {
  /// Resizes with antialiased bicubic interpolation: to the bit the pixels of Pillow 13's
  /// `resize((width, height), Resampling.BICUBIC)`.
  ///
  /// Traps unless both sides have at least one pixel.
  public func resized(toWidth newWidth: Int, height newHeight: Int) -> PixelImage {
    resized(
      toWidth: newWidth, height: newHeight, columns: 0..<newWidth, rows: 0..<newHeight)
  }

  /// Resizes as `resized(toWidth:height:)` and cuts out a rectangle of the result, without computing
  /// the rest.
  ///
  /// Traps unless the rectangle lies within the result and has at least one pixel.
  public func resized(
    toWidth newWidth: Int, height newHeight: Int, columns: Range<Int>, rows: Range<Int>
  ) -> PixelImage {
    precondition(
      !columns.isEmpty && !rows.isEmpty && columns.lowerBound >= 0 && rows.lowerBound >= 0
        && columns.upperBound <= newWidth && rows.upperBound <= newHeight,
      "columns \(columns) and rows \(rows) are not within \(newWidth) × \(newHeight)")
    var across = ResamplingKernel(from: width, to: newWidth, range: columns)
    var down = ResamplingKernel(from: height, to: newHeight, range: rows)
    let needed = cropped(columns: across.sourceRange, rows: down.sourceRange)
    across.countFromSourceRange()
    down.countFromSourceRange()
    // The two orders round differently, so this is Pillow's rule, and not the faster order here.
    let downFirst = height > newHeight && height - newHeight > 2 * (width - newWidth)
    return downFirst
      ? needed.resampledDown(down).resampledAcross(across)
      : needed.resampledAcross(across).resampledDown(down)
  }

  /// Shrinks so that the longer side has at most `maxSide` pixels, keeping the ratio; a picture that
  /// already fits is returned as it is.
  public func resizedToFit(maxSide: Int) -> PixelImage {
    precondition(maxSide > 0, "a longest side of \(maxSide) pixels")
    let longest = max(width, height)
    guard longest > maxSide else { return self }
    func scaled(_ side: Int) -> Int { max((side * maxSide + longest / 2) / longest, 1) }
    return resized(toWidth: scaled(width), height: scaled(height))
  }

  private func cropped(columns: Range<Int>, rows: Range<Int>) -> PixelImage {
    if columns.count == width && rows.count == height { return self }
    return cropped(
      x: columns.lowerBound, y: rows.lowerBound, width: columns.count, height: rows.count)
  }
}
