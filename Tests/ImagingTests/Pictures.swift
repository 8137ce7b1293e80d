import Imaging

/// The generator SplitMix64 (Steele, Lea, Flood 2014): equal seeds, equal numbers everywhere.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }
}

/// A picture of independent random samples.
func noise(width: Int, height: Int, seed: UInt64) -> PixelImage {
  var generator = SeededGenerator(seed: seed)
  return PixelImage(
    width: width, height: height,
    pixels: (0..<width * height * 3).map { _ in UInt8.random(in: 0...255, using: &generator) })
}

/// A picture of large soft shapes, as photos are.
func softShapes(width: Int, height: Int, seed: UInt64) -> PixelImage {
  noise(width: 6, height: 6, seed: seed).resized(toWidth: width, height: height)
}

/// How far apart the two most different samples of two pictures of one size are.
func largestDifference(_ left: PixelImage, _ right: PixelImage) -> Int {
  zip(left.pixels, right.pixels).map { abs(Int($0) - Int($1)) }.max() ?? 0
}
