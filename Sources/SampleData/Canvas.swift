/// Linear-light pixels with coverage, red, green and blue already multiplied by it.
struct Canvas {
  let width: Int
  let height: Int
  var pixels: [SIMD4<Float>]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    pixels = [SIMD4<Float>](repeating: .zero, count: width * height)
  }

  /// An opaque picture of a function of x in -1...1 along the short side (further along the long
  /// one) and y likewise, up.
  init(width: Int, height: Int, colour: (Float, Float) -> Vector) {
    self.init(width: width, height: height)
    let half = Float(min(width, height)) / 2
    for y in 0..<height {
      for x in 0..<width {
        let value = colour(
          (Float(x) + 0.5 - Float(width) / 2) / half, (Float(height) / 2 - Float(y) - 0.5) / half)
        pixels[y * width + x] = SIMD4(value, 1)
      }
    }
  }

  /// Lays another canvas of the same size on top.
  mutating func lay(_ top: Canvas) {
    precondition(
      top.width == width && top.height == height,
      "\(top.width) × \(top.height) does not cover \(width) × \(height)")
    for index in pixels.indices {
      pixels[index] = top.pixels[index] + pixels[index] * (1 - top.pixels[index].w)
    }
  }

  /// Averages squares of `factor` × `factor` pixels into one.
  func reduced(by factor: Int) -> Canvas {
    var small = Canvas(width: width / factor, height: height / factor)
    for y in 0..<small.height {
      for x in 0..<small.width {
        var sum = SIMD4<Float>.zero
        for row in y * factor..<(y + 1) * factor {
          for column in x * factor..<(x + 1) * factor {
            sum += pixels[row * width + column]
          }
        }
        small.pixels[y * small.width + x] = sum / Float(factor * factor)
      }
    }
    return small
  }

  /// Blurs with three box filters each way, which come close to a Gaussian of this standard
  /// deviation in pixels.
  func blurred(by deviation: Float) -> Canvas {
    // Three boxes of width w have the variance (w² − 1) / 4.
    let radius = Int((((4 * deviation * deviation + 1).squareRoot() - 1) / 2).rounded())
    guard radius > 0 else { return self }
    var result = self
    for _ in 0..<3 {
      result.slide(radius, along: width, step: 1, lines: height, lineStep: width)
      result.slide(radius, along: height, step: width, lines: width, lineStep: 1)
    }
    return result
  }

  private mutating func slide(_ radius: Int, along count: Int, step: Int, lines: Int, lineStep: Int)
  {
    var line = [SIMD4<Float>](repeating: .zero, count: count)
    for index in 0..<lines {
      let start = index * lineStep
      for place in 0..<count { line[place] = pixels[start + place * step] }
      var sum = line[0] * Float(radius + 1)
      for place in 1...radius { sum += line[min(place, count - 1)] }
      for place in 0..<count {
        pixels[start + place * step] = sum / Float(2 * radius + 1)
        sum += line[min(place + radius + 1, count - 1)] - line[max(place - radius, 0)]
      }
    }
  }
}
