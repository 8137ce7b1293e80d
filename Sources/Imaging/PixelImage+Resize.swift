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

  /// Resizes each row, two rows at a time.
  private func resampledAcross(_ kernel: ResamplingKernel) -> PixelImage {
    let newWidth = kernel.taps.count
    var pairs = [RowPairs](repeating: RowPairs(), count: (width + 1) / 2)
    let result = [UInt8](unsafeUninitializedCapacity: newWidth * height * 3) { target, count in
      pixels.withUnsafeBufferPointer { source in
        pairs.withUnsafeMutableBufferPointer { pairs in
          for y in stride(from: 0, to: height, by: 2) {
            // The last row of an odd number is its own partner.
            let partner = min(y + 1, height - 1)
            for index in pairs.indices {
              pairs[index].upper = Self.paired(source, at: y * width * 3 + 6 * index)
              pairs[index].lower = Self.paired(source, at: partner * width * 3 + 6 * index)
            }
            Self.resample(
              UnsafeBufferPointer(pairs), by: kernel, into: target,
              upper: y * newWidth * 3, lower: partner * newWidth * 3)
          }
        }
      }
      count = newWidth * height * 3
    }
    return PixelImage(width: newWidth, height: height, pixels: result)
  }

  /// Two neighbouring pixels of two rows.
  private struct RowPairs {
    var upper: SamplePairs = .zero
    var lower: SamplePairs = .zero
  }

  /// Reads two pixels and lays equal channels side by side: red, green, blue, nothing. Beyond the
  /// last pixel of a row there may be anything, and its weight is 0.
  @inline(__always)
  private static func paired(_ source: UnsafeBufferPointer<UInt8>, at offset: Int) -> SamplePairs {
    let samples = SamplePairs(truncatingIfNeeded: source.eightBytes(at: offset))
    return SamplePairs(
      samples[0], samples[3], samples[1], samples[4], samples[2], samples[5], 0, 0)
  }

  /// Resizes two rows that were paired up, to two offsets of the target.
  @inline(__always)
  private static func resample(
    _ pairs: UnsafeBufferPointer<RowPairs>, by kernel: ResamplingKernel,
    into target: UnsafeMutableBufferPointer<UInt8>, upper: Int, lower: Int
  ) {
    kernel.weights.withUnsafeBufferPointer { weights in
      var place = 0
      for taps in kernel.taps {
        var upperSums = WeightedSums()
        var lowerSums = WeightedSums()
        for index in 0..<taps.pairCount {
          let weights = weights[taps.firstWeight &+ index]
          upperSums.add(pairs[taps.firstPair &+ index].upper, weights: weights)
          lowerSums.add(pairs[taps.firstPair &+ index].lower, weights: weights)
        }
        let (upperSamples, lowerSamples) = (upperSums.samples, lowerSums.samples)
        for channel in 0..<3 {
          target[upper &+ place &+ channel] = upperSamples[channel]
          target[lower &+ place &+ channel] = lowerSamples[channel]
        }
        place &+= 3
      }
    }
  }

  /// Resizes each column, eight samples of a row at a time.
  private func resampledDown(_ kernel: ResamplingKernel) -> PixelImage {
    let rowLength = width * 3
    let newHeight = kernel.taps.count
    let result = [UInt8](unsafeUninitializedCapacity: rowLength * newHeight) { target, count in
      pixels.withUnsafeBufferPointer { source in
        kernel.weights.withUnsafeBufferPointer { weights in
          for (y, taps) in kernel.taps.enumerated() {
            for left in stride(from: 0, to: rowLength, by: 8) {
              var leftSums = WeightedSums()
              var rightSums = WeightedSums()
              var offset = 2 &* taps.firstPair &* rowLength &+ left
              for index in 0..<taps.pairCount {
                // Beyond the last row there are zeros, and their weight is 0.
                let upper = SIMD8<Int16>(truncatingIfNeeded: source.eightBytes(at: offset))
                let lower = SIMD8<Int16>(
                  truncatingIfNeeded: source.eightBytes(at: offset &+ rowLength))
                let weights = weights[taps.firstWeight &+ index]
                leftSums.add(Self.interleaved(upper.lowHalf, lower.lowHalf), weights: weights)
                rightSums.add(Self.interleaved(upper.highHalf, lower.highHalf), weights: weights)
                offset &+= 2 &* rowLength
              }
              let samples = SIMD8<UInt8>(
                lowHalf: leftSums.samples, highHalf: rightSums.samples)
              let to = y &* rowLength &+ left
              for place in 0..<min(8, rowLength &- left) { target[to &+ place] = samples[place] }
            }
          }
        }
      }
      count = rowLength * newHeight
    }
    return PixelImage(width: width, height: newHeight, pixels: result)
  }

  @inline(__always)
  private static func interleaved(_ upper: SIMD4<Int16>, _ lower: SIMD4<Int16>) -> SamplePairs {
    SamplePairs(
      upper[0], lower[0], upper[1], lower[1], upper[2], lower[2], upper[3], lower[3])
  }
}
