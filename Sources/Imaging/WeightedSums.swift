import CResampling

/// Four pairs of samples, each pair to be weighted and added.
typealias SamplePairs = SIMD8<Int16>

/// Four sums of weighted samples, in the two parts of the weights.
///
/// This is where resizing spends its time. The vectors are as wide as those that every x86-64
/// processor has, so that a compiler finds the instruction that multiplies and adds pairs (`pmaddwd`).
struct WeightedSums {
  private var high: SIMD4<Int32> = .zero
  private var low: SIMD4<Int32> = .zero

  /// Adds four pairs of samples, the first of each times the first weight, the second times the
  /// second.
  @inline(__always)
  mutating func add(_ pairs: SamplePairs, weights: ResamplingKernel.WeightPair) {
    high &+= Self.addedProducts(pairs, weights.high)
    low &+= Self.addedProducts(pairs, weights.low)
  }

  @inline(__always)
  private static func addedProducts(_ pairs: SamplePairs, _ weights: UInt32) -> SIMD4<Int32> {
    let repeated = unsafeBitCast(SIMD4<UInt32>(repeating: weights), to: SamplePairs.self)
    let products =
      SIMD8<Int32>(truncatingIfNeeded: pairs)
      &* SIMD8<Int32>(truncatingIfNeeded: repeated)
    return products.evenHalf &+ products.oddHalf
  }

  /// The sums, rounded, as samples of 0 to 255.
  var samples: SIMD4<UInt8> {
    @inline(__always) get {
      let half = SIMD4<Int32>(repeating: 1 << (ResamplingKernel.fractionBits - 1))
      let lowBits = SIMD4<Int32>(repeating: ResamplingKernel.lowBits)
      let fractionBits = SIMD4<Int32>(repeating: ResamplingKernel.fractionBits)
      var values = (high &<< lowBits &+ low &+ half) &>> fractionBits
      values.replace(with: 0, where: values .< 0)
      values.replace(with: 255, where: values .> 255)
      return SIMD4<UInt8>(truncatingIfNeeded: values)
    }
  }
}
