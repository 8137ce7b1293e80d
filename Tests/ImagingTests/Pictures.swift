import Imaging
import WorkbenchTesting

/// A picture of independent random samples.
func noise(width: Int, height: Int, seed: UInt64) -> PixelImage {
  var generator = SplitMix64(seed: seed)
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
