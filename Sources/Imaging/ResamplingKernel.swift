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

  /// The weights of two neighbouring pixels, each as `high << lowBits + low`.
  struct WeightPair {
    var high: SIMD2<Int16> = .zero
    var low: SIMD2<Int16> = .zero

    mutating func set(_ weight: Int32, at place: Int) {
      high[place] = Int16(weight >> ResamplingKernel.lowBits)
      low[place] = Int16(weight & (1 << ResamplingKernel.lowBits - 1))
    }
  }

  /// Where a pixel of the result finds its weights and the pixels that they are for.
  struct Taps {
    /// The first pixel of the source, halved: pixels are taken in pairs that begin at even places.
    /// A pixel of a pair that takes no part has the weight 0.
    var firstPair: Int
    var pairCount: Int
    /// Index of the first pair in `weights`.
    var firstWeight: Int
  }

  private let sourceCount: Int
  /// One for each pixel of the result.
  private(set) var taps: [Taps] = []
  private(set) var weights: [WeightPair] = []

  /// Makes the kernel for the pixels in `range` of a line resized from `sourceCount` pixels to
  /// `resultCount`; the range is not empty.
  init(from sourceCount: Int, to resultCount: Int, range: Range<Int>) {
    self.sourceCount = sourceCount
    let scale = Double(sourceCount) / Double(resultCount)
    let stretch = max(scale, 1)
    let support = 2 * stretch
    var shares: [Double] = []
    for index in range {
      let center = (Double(index) + 0.5) * scale
      let first = max(Int(center - support + 0.5), 0)
      let end = min(Int(center + support + 0.5), sourceCount)
      shares.removeAll(keepingCapacity: true)
      for place in first..<end {
        shares.append(Self.cubic((Double(place) - center + 0.5) * (1 / stretch)))
      }
      let total = shares.reduce(0, +)
      let pairs = first / 2..<(end + 1) / 2
      taps.append(
        Taps(firstPair: pairs.lowerBound, pairCount: pairs.count, firstWeight: weights.count))
      weights.append(contentsOf: repeatElement(WeightPair(), count: pairs.count))
      for (place, share) in zip(first..<end, shares) {
        let weight = share / total * Double(1 << Self.fractionBits)
        weights[weights.count - pairs.upperBound + place / 2].set(
          Int32(weight < 0 ? weight - 0.5 : weight + 0.5), at: place % 2)
      }
    }
  }

  /// The source pixels that anything in the range is made of, widened to whole pairs.
  var sourceRange: Range<Int> {
    let pairs = taps[0].firstPair..<taps[taps.count - 1].firstPair + taps[taps.count - 1].pairCount
    return 2 * pairs.lowerBound..<min(2 * pairs.upperBound, sourceCount)
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
