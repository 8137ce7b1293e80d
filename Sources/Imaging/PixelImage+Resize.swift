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
    resized(
      toWidth: newWidth, height: newHeight, columns: columns, rows: rows, path: .fastest)
  }

  func resized(
    toWidth newWidth: Int, height newHeight: Int, columns: Range<Int>, rows: Range<Int>,
    path: ResamplingPath
  ) -> PixelImage {
    precondition(
      !columns.isEmpty && !rows.isEmpty && columns.lowerBound >= 0 && rows.lowerBound >= 0
        && columns.upperBound <= newWidth && rows.upperBound <= newHeight,
      "columns \(columns) and rows \(rows) are not within \(newWidth) × \(newHeight)")
    var across = ResamplingKernel(from: width, to: newWidth, range: columns)
    var down = ResamplingKernel(from: height, to: newHeight, range: rows)
    // The two orders round differently, so this is Pillow's rule, and not the faster order here.
    if height > newHeight && height - newHeight > 2 * (width - newWidth) {
      let columns = across.sourceRange
      across.countFromSourceRange()
      let shorter = resampledDown(down, columns: columns, path: path)
      return shorter.resampledAcross(across, rows: 0..<shorter.height, path: path)
    }
    let rows = down.sourceRange
    down.countFromSourceRange()
    let narrower = resampledAcross(across, rows: rows, path: path)
    return narrower.resampledDown(down, columns: 0..<narrower.width, path: path)
  }
}
