import CResampling

// The two passes of resizing. Both lay samples out in blocks of eight pairs and weigh them in one loop.
// Processors with AVX2 run the same passes out of CResampling.

/// How the passes are computed; the result is the same to the bit.
enum ResamplingPath: CaseIterable {
  case portable
  case avx2

  static let fastest: Self = avx2.isAvailable ? .avx2 : .portable

  var isAvailable: Bool {
    switch self {
    case .portable: true
    case .avx2: CResampling_isAvailable()
    }
  }
}

/// Eight pairs of samples that take the same weights.
private struct PairBlock {
  var first: SamplePairs
  var second: SamplePairs
}

extension PixelImage {
  /// Resizes each of the rows in a range.
  func resampledAcross(
    _ kernel: ResamplingKernel, rows: Range<Int>, path: ResamplingPath
  ) -> PixelImage {
    let newWidth = kernel.taps.count
    let result = [UInt8](unsafeUninitializedCapacity: newWidth * rows.count * 3) { target, count in
      pixels.withUnsafeBufferPointer { source in
        switch path {
        case .portable: resampleAcross(kernel, rows: rows, source: source, target: target)
        case .avx2: resampleAcrossByAVX2(kernel, rows: rows, source: source, target: target)
        }
      }
      count = target.count
    }
    return PixelImage(width: newWidth, height: rows.count, pixels: result)
  }

  /// Resizes each column of those in a range.
  func resampledDown(
    _ kernel: ResamplingKernel, columns: Range<Int>, path: ResamplingPath
  ) -> PixelImage {
    let newHeight = kernel.taps.count
    let size = columns.count * newHeight * 3
    let result = [UInt8](unsafeUninitializedCapacity: size) { target, count in
      pixels.withUnsafeBufferPointer { source in
        // The vectors of AVX2 begin at 32 samples.
        if path == .avx2 && columns.count * 3 >= 32 {
          resampleDownByAVX2(kernel, columns: columns, source: source, target: target)
        } else {
          resampleDown(kernel, columns: columns, source: source, target: target)
        }
      }
      count = size
    }
    return PixelImage(width: columns.count, height: newHeight, pixels: result)
  }

  // MARK: AVX2

  private func resampleAcrossByAVX2(
    _ kernel: ResamplingKernel, rows: Range<Int>, source: UnsafeBufferPointer<UInt8>,
    target: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard let start = source.baseAddress else { return }
    // Pairs are laid out by twos.
    let blockCount = (kernel.sourcePairs.count + 1) * Int(CRESAMPLING_BLOCKS)
    withUnsafeTemporaryAllocation(
      of: CResampling_Block.self, capacity: blockCount + kernel.taps.count
    ) { room in
      guard let blocks = room.baseAddress else { return }
      CResampling_across(
        start + rows.lowerBound * width * 3, start + source.count, width, rows.count, kernel.taps,
        kernel.taps.count, kernel.weights, blocks, blocks + blockCount, target.baseAddress)
    }
  }

  private func resampleDownByAVX2(
    _ kernel: ResamplingKernel, columns: Range<Int>, source: UnsafeBufferPointer<UInt8>,
    target: UnsafeMutableBufferPointer<UInt8>
  ) {
    guard let start = source.baseAddress else { return }
    let pairs = kernel.sourcePairs
    withUnsafeTemporaryAllocation(
      of: CResampling_Block.self, capacity: pairs.count * Int(CRESAMPLING_BLOCKS)
    ) { blocks in
      CResampling_down(
        start + columns.lowerBound * 3, width * 3, height, columns.count * 3, kernel.taps,
        kernel.taps.count, kernel.weights, pairs.lowerBound, pairs.upperBound, blocks.baseAddress,
        target.baseAddress)
    }
  }

  // MARK: Portable

  /// A block holds two neighbouring pixels of a row, then of the row below.
  private func resampleAcross(
    _ kernel: ResamplingKernel, rows: Range<Int>, source: UnsafeBufferPointer<UInt8>,
    target: UnsafeMutableBufferPointer<UInt8>
  ) {
    let newWidth = kernel.taps.count
    let pairs = kernel.sourcePairs
    withUnsafeTemporaryAllocation(of: PairBlock.self, capacity: pairs.count) { blocks in
      for y in stride(from: 0, to: rows.count, by: 2) {
        // The last row of an odd number is its own partner.
        let below = min(y + 1, rows.count - 1)
        let upper = ((rows.lowerBound + y) * width + 2 * pairs.lowerBound) * 3
        let lower = ((rows.lowerBound + below) * width + 2 * pairs.lowerBound) * 3
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
  }

  /// Eight columns of samples at a time. A block holds eight samples of a row, each beside the one
  /// below.
  private func resampleDown(
    _ kernel: ResamplingKernel, columns: Range<Int>, source: UnsafeBufferPointer<UInt8>,
    target: UnsafeMutableBufferPointer<UInt8>
  ) {
    let rowLength = width * 3
    let newRowLength = columns.count * 3
    let pairs = kernel.sourcePairs
    withUnsafeTemporaryAllocation(of: PairBlock.self, capacity: pairs.count) { blocks in
      for left in stride(from: 0, to: newRowLength, by: 8) {
        for index in blocks.indices {
          let row = 2 &* (pairs.lowerBound &+ index)
          let upper = row &* rowLength &+ columns.lowerBound &* 3 &+ left
          blocks[index] = source.rowPairs(at: upper, and: upper &+ rowLength)
        }
        let sampleCount = min(8, newRowLength - left)
        kernel.weigh(blocks) { y, first, second in
          let samples = SIMD8(lowHalf: first, highHalf: second)
          let to = y &* newRowLength &+ left
          for place in 0..<sampleCount { target[to &+ place] = samples[place] }
        }
      }
    }
  }
}

extension ResamplingKernel {
  /// Computes each sample of the result from blocks that hold the pairs of a line that take part, in
  /// order.
  @inline(__always)
  fileprivate func weigh(
    _ blocks: UnsafeMutableBufferPointer<PairBlock>,
    store: (_ index: Int, _ first: SIMD4<UInt8>, _ second: SIMD4<UInt8>) -> Void
  ) {
    let firstPair = sourcePairs.lowerBound
    weights.withUnsafeBufferPointer { weights in
      for (index, taps) in taps.enumerated() {
        let start = Int(taps.firstPair) &- firstPair
        var (first, second) = (WeightedSums(), WeightedSums())
        for pair in 0..<Int(taps.pairCount) {
          let weights = weights[Int(taps.firstWeight) &+ pair]
          first.add(blocks[start &+ pair].first, weights: weights)
          second.add(blocks[start &+ pair].second, weights: weights)
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
