// The two passes of resizing. Both lay samples out in blocks of eight pairs and weigh them in one loop.

/// Eight pairs of samples that take the same weights.
private struct PairBlock {
  var first: SamplePairs
  var second: SamplePairs
}

extension PixelImage {
  /// Resizes each row. A block holds two neighbouring pixels of a row, then of the row below.
  func resampledAcross(_ kernel: ResamplingKernel) -> PixelImage {
    let newWidth = kernel.taps.count
    let result = makeSamples(count: newWidth * height * 3, blockCount: (width + 1) / 2) {
      source, blocks, target in
      for y in stride(from: 0, to: height, by: 2) {
        // The last row of an odd number is its own partner.
        let below = min(y + 1, height - 1)
        let (upper, lower) = (y * width * 3, below * width * 3)
        for index in blocks.indices {
          blocks[index] = PairBlock(
            first: source.channelPairs(at: upper &+ 6 &* index),
            second: source.channelPairs(at: lower &+ 6 &* index))
        }
        kernel.weigh(blocks) { x, first, second in
          let (upper, lower) = ((y &* newWidth &+ x) &* 3, (below &* newWidth &+ x) &* 3)
          for channel in 0..<3 {
            target[upper &+ channel] = first[channel]
            target[lower &+ channel] = second[channel]
          }
        }
      }
    }
    return PixelImage(width: newWidth, height: height, pixels: result)
  }

  /// Resizes each column, eight columns of samples at a time. A block holds eight samples of a row,
  /// each beside the one below.
  func resampledDown(_ kernel: ResamplingKernel) -> PixelImage {
    let rowLength = width * 3
    let newHeight = kernel.taps.count
    let result = makeSamples(count: rowLength * newHeight, blockCount: (height + 1) / 2) {
      source, blocks, target in
      for left in stride(from: 0, to: rowLength, by: 8) {
        for index in blocks.indices {
          let upper = 2 &* index &* rowLength &+ left
          blocks[index] = source.rowPairs(at: upper, and: upper &+ rowLength)
        }
        let sampleCount = min(8, rowLength - left)
        kernel.weigh(blocks) { y, first, second in
          let samples = SIMD8(lowHalf: first, highHalf: second)
          let to = y &* rowLength &+ left
          for place in 0..<sampleCount { target[to &+ place] = samples[place] }
        }
      }
    }
    return PixelImage(width: width, height: newHeight, pixels: result)
  }

  /// Hands a pass the pixels, room for the blocks of a line, and room for all it makes.
  @inline(__always)
  private func makeSamples(
    count: Int, blockCount: Int,
    by pass: (
      UnsafeBufferPointer<UInt8>, UnsafeMutableBufferPointer<PairBlock>,
      UnsafeMutableBufferPointer<UInt8>
    ) -> Void
  ) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count) { target, initializedCount in
      pixels.withUnsafeBufferPointer { source in
        withUnsafeTemporaryAllocation(of: PairBlock.self, capacity: blockCount) { blocks in
          pass(source, blocks, target)
        }
      }
      initializedCount = count
    }
  }
}

extension ResamplingKernel {
  /// Computes each sample of the result from blocks that hold a line's pairs in order.
  @inline(__always)
  fileprivate func weigh(
    _ blocks: UnsafeMutableBufferPointer<PairBlock>,
    store: (_ index: Int, _ first: SIMD4<UInt8>, _ second: SIMD4<UInt8>) -> Void
  ) {
    weights.withUnsafeBufferPointer { weights in
      for (index, taps) in taps.enumerated() {
        var (first, second) = (WeightedSums(), WeightedSums())
        for pair in 0..<taps.pairCount {
          let weights = weights[taps.firstWeight &+ pair]
          first.add(blocks[taps.firstPair &+ pair].first, weights: weights)
          second.add(blocks[taps.firstPair &+ pair].second, weights: weights)
        }
        store(index, first.samples, second.samples)
      }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Two neighbouring pixels with equal channels side by side: red, green, blue and nothing of use.
  /// Beyond the last pixel of a row there may be anything, and its weight is 0.
  @inline(__always)
  fileprivate func channelPairs(at offset: Int) -> SamplePairs {
    let samples = SamplePairs(truncatingIfNeeded: eightBytes(at: offset))
    return SamplePairs(
      samples[0], samples[3], samples[1], samples[4], samples[2], samples[5], 0, 0)
  }

  /// Eight samples of a row, each beside the one of another row. Beyond the last row there are zeros,
  /// and their weight is 0.
  @inline(__always)
  fileprivate func rowPairs(at upper: Int, and lower: Int) -> PairBlock {
    var pairs = SIMD16<UInt8>.zero
    pairs.evenHalf = eightBytes(at: upper)
    pairs.oddHalf = eightBytes(at: lower)
    return PairBlock(
      first: SamplePairs(truncatingIfNeeded: pairs.lowHalf),
      second: SamplePairs(truncatingIfNeeded: pairs.highHalf))
  }

  /// Eight bytes from an offset on; beyond the end of the buffer, zeros.
  @inline(__always)
  private func eightBytes(at offset: Int) -> SIMD8<UInt8> {
    guard offset &+ 8 <= count else { return lastBytes(from: offset) }
    return UnsafeRawBufferPointer(self).loadUnaligned(fromByteOffset: offset, as: SIMD8<UInt8>.self)
  }

  /// Apart from the common case, which would be slower with this in it.
  @inline(never)
  private func lastBytes(from offset: Int) -> SIMD8<UInt8> {
    var bytes = SIMD8<UInt8>.zero
    for place in 0..<Swift.max(count - offset, 0) { bytes[place] = self[offset + place] }
    return bytes
  }
}
