/// One side of a view: which pixels of a resized picture it holds, and of what.
///
/// The weights are those of Pillow's bicubic filter with antialiasing, which the product cuts its views
/// with: a = −½, stretched where the picture shrinks.
struct ViewSide: Hashable {
  /// Pixels of the view.
  let count: Int
  /// Where the view begins in the resized picture.
  let first: Int
  let isMirrored: Bool

  /// The order in which the view holds the pixels of the resized picture.
  var positions: [Int] {
    let positions = (0..<count).map { first + $0 }
    return isMirrored ? positions.reversed() : positions
  }

  /// Weights of a picture of a known size: one row for each pixel of the view.
  ///
  /// - Parameters:
  ///   - source: Pixels of the picture on this side.
  ///   - target: Pixels that it is resized to.
  func weights(from source: Int, to target: Int) -> FixedPointWeights {
    let scale = Double(source) / Double(target)
    let stretch = max(scale, 1)
    var weights = FixedPointWeights()
    for position in positions {
      let center = (Double(position) + 0.5) * scale
      let shares = (0..<source).map { Self.cubic((Double($0) + 0.5 - center) * (1 / stretch)) }
      let sum = shares.reduce(0, +)
      for share in shares { weights.append(share / sum) }
    }
    return weights
  }

  private static func cubic(_ x: Double) -> Double {
    let x = abs(x)
    switch x {
    case ..<1: return (1.5 * x - 2.5) * x * x + 1
    case ..<2: return (((x - 5) * x + 8) * x - 4) * -0.5
    default: return 0
    }
  }
}

/// Weights in the fixed point of the product, in two parts whose products with pixels are whole
/// numbers that single floats hold exactly: sums of them are the same in any order, so that every
/// runtime gives the product's pixels.
struct FixedPointWeights {
  /// Bits behind the point.
  static let fractionBits = 22
  /// Bits of the low part.
  static let lowBits = 11

  private(set) var high: [Float] = []
  private(set) var low: [Float] = []

  mutating func append(_ weight: Double) {
    let whole = Int((weight * Double(1 << Self.fractionBits)).rounded())
    // Rounded to the nearest, so that the low parts cancel out in sums.
    let upper = (whole + 1 << (Self.lowBits - 1)) >> Self.lowBits
    high.append(Float(upper))
    low.append(Float(whole - upper << Self.lowBits))
  }
}
