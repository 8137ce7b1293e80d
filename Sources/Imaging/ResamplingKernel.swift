import CResampling

/// Which pixels of a line make each pixel of a resized line, and how much of each.
///
/// The weights are those of Pillow's `Resample.c`, so that results agree to the bit: cubic
/// convolution (Keys, "Cubic convolution interpolation for digital image processing", 1981, with
/// a = −0.5), stretched over more pixels when shrinking, in fixed point.
struct ResamplingKernel {
  /// Bits of a weight behind the point: 32 less 8 of a sample and 2 for overshoot.
  static let fractionBits: Int32 = 22
  /// Bits of a weight's low part. The parts fit 16-bit integers, which processors multiply and add
  /// in pairs much faster than those of 32 bits: the sum is the same.
  static let lowBits: Int32 = 11

  typealias Taps = CResampling_Taps
  typealias WeightPair = CResampling_WeightPair

  /// One for each pixel of the result.
  private(set) var taps: [Taps] = []
  private(set) var weights: [WeightPair] = []
  /// Pixels of a line of the source.
  private let sourceCount: Int

  /// Makes the kernel for the pixels in `range` of a line resized from `sourceCount` pixels to
  /// `resultCount`; the range is not empty.
  init(from sourceCount: Int, to resultCount: Int, range: Range<Int>) {
    self.sourceCount = sourceCount
    let scale = Double(sourceCount) / Double(resultCount)
    let stretch = max(scale, 1)
    let support = 2 * stretch
    var taps: [Taps] = []
    var weights: [WeightPair] = []
    taps.reserveCapacity(range.count)
    weights.reserveCapacity(range.count * (Int(support) + 2))
    var shares: [Double] = []
    for index in range {
      let center = (Double(index) + 0.5) * scale
      let first = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), sourceCount)
      let pairs = first / 2..<(end + 1) / 2
      taps.append(
        Taps(
          firstPair: Int32(pairs.lowerBound), pairCount: Int32(pairs.count),
          firstWeight: Int32(weights.count)))
      shares.removeAll(keepingCapacity: true)
      // A pixel that fills up the first or the last pair takes no part.
      if first % 2 == 1 { shares.append(0) }
      var total = 0.0
      for place in first..<end {
        let share = Self.cubic((Double(place) - center + 0.5) * (1 / stretch))
        shares.append(share)
        total += share
      }
      if end % 2 == 1 { shares.append(0) }
      for place in stride(from: 0, to: shares.count, by: 2) {
        weights.append(
          WeightPair(
            Self.fixedPoint(shares[place] / total), Self.fixedPoint(shares[place + 1] / total)))
      }
    }
    self.taps = taps
    self.weights = weights
  }

  private static func fixedPoint(_ weight: Double) -> Int32 {
    let scaled = weight * Double(1 << fractionBits)
    return Int32(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
  }

  /// The pairs of source pixels that anything in the range is made of.
  var sourcePairs: Range<Int> {
    let last = taps[taps.count - 1]
    return Int(taps[0].firstPair)..<Int(last.firstPair + last.pairCount)
  }

  /// The source pixels that anything in the range is made of, widened to whole pairs.
  var sourceRange: Range<Int> {
    2 * sourcePairs.lowerBound..<min(2 * sourcePairs.upperBound, sourceCount)
  }

  /// Makes the kernel fit a line of which only `sourceRange` is left.
  mutating func countFromSourceRange() {
    let firstPair = taps[0].firstPair
    for index in taps.indices { taps[index].firstPair -= firstPair }
  }

  private static func cubic(_ distance: Double) -> Double {
    let a = -0.5
    let x = abs(distance)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }
}

extension ResamplingKernel.WeightPair {
  fileprivate init(_ first: Int32, _ second: Int32) {
    let lowBits = ResamplingKernel.lowBits
    let lowMask: Int32 = 1 << lowBits - 1
    self.init(
      high: Self.pair(first >> lowBits, second >> lowBits),
      low: Self.pair(first & lowMask, second & lowMask))
  }

  /// Two numbers of 16 bits side by side, the first in the lower half.
  private static func pair(_ first: Int32, _ second: Int32) -> UInt32 {
    UInt32(bitPattern: first) & 0xFFFF | UInt32(bitPattern: second) << 16
  }
}
