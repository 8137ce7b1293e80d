/// What tells whether a picture came out: how light, how varied, how sharp it is.
public struct PictureTraits: Equatable, Sendable {
  /// Luma (BT.601, 0…255) below which 5 % of the pixels lie, and above which 5 % do.
  public let darkLuma: Int
  public let brightLuma: Int
  /// How far colours lie from their mean: the root of the mean squared distance, 0…221.
  public let colorSpread: Double
  /// How little a further blur takes away, 0…1: photos have about 0.3, blurred ones 0.6 and more; 1
  /// where all is plain. The direction that is more blurred counts.
  ///
  /// Crété-Roffet, Dolmiere, Ladret & Nicolas, "The blur effect: perception and estimation with a new
  /// no-reference perceptual blur metric", 2007.
  public let blur: Double

  /// Looks at a picture, which should be a thumbnail of 256 pixels: blur is a matter of scale.
  public init(of image: PixelImage) {
    let luma = image.luma
    let sorted = luma.sorted()
    darkLuma = Int(sorted[sorted.count * 5 / 100])
    brightLuma = Int(sorted[sorted.count * 95 / 100])
    colorSpread = image.colorSpread
    blur = max(
      blurEffect(luma, width: image.width, height: image.height, isAcross: true),
      blurEffect(luma, width: image.width, height: image.height, isAcross: false))
  }
}

/// The share of the differences between neighbours that a mean over nine pixels leaves.
private func blurEffect(_ luma: [Float], width: Int, height: Int, isAcross: Bool) -> Double {
  let (lineCount, length) = isAcross ? (height, width) : (width, height)
  let (lineStep, step) = isAcross ? (width, 1) : (1, width)
  let reach = 4
  var (differences, lost) = (0.0, 0.0)
  var blurred = [Float](repeating: 0, count: length)
  for line in 0..<lineCount {
    let start = line * lineStep
    // A running sum over the nine around each pixel; the edge goes on beyond the edge.
    func at(_ index: Int) -> Float { luma[start + min(max(index, 0), length - 1) * step] }
    var sum = (-reach...reach).reduce(Float(0)) { $0 + at($1) }
    for index in 0..<length {
      blurred[index] = sum / Float(2 * reach + 1)
      sum += at(index + reach + 1) - at(index - reach)
    }
    for index in stride(from: 1, to: length, by: 1) {
      let sharp = abs(at(index) - at(index - 1))
      differences += Double(sharp)
      lost += Double(max(0, sharp - abs(blurred[index] - blurred[index - 1])))
    }
  }
  return differences > 0 ? (differences - lost) / differences : 1
}

extension PixelImage {
  /// Row after row, 0…255.
  fileprivate var luma: [Float] {
    pixels.withUnsafeBufferPointer { pixels in
      (0..<width * height).map { index in
        let (red, green) = (Int(pixels[3 * index]), Int(pixels[3 * index + 1]))
        return Float(299 * red + 587 * green + 114 * Int(pixels[3 * index + 2])) / 1000
      }
    }
  }

  fileprivate var colorSpread: Double {
    let count = Double(width * height)
    var total = 0.0
    for channel in 0..<3 {
      var (sum, square) = (0, 0)
      for index in stride(from: channel, to: pixels.count, by: 3) {
        let value = Int(pixels[index])
        sum += value
        square += value * value
      }
      let mean = Double(sum) / count
      total += Double(square) / count - mean * mean
    }
    return max(0, total).squareRoot()
  }
}
