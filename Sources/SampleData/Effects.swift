import Foundation
import Imaging

/// What the camera does to the light: exposure, white balance, blur, vignette, grain.
struct Effects {
  var exposure: Float
  var balance: Vector
  /// Standard deviation of the blur, in pixels.
  var blur: Float
  var vignette: Float
  /// Standard deviation of the grain, in linear light at mid gray.
  var grain: Float

  init(random: inout SplitMix64) {
    exposure = exp2(random.bell() * 0.32)
    balance = Vector(1 + random.bell() * 0.06, 1, 1 + random.bell() * 0.08)
    blur = random.chance(0.14) ? random.uniform(1, 2.2) : 0
    vignette = random.chance(0.4) ? random.uniform(0.1, 0.5) : 0
    grain = random.chance(0.25) ? random.uniform(0.012, 0.035) : 0.004
  }

  /// Develops linear light into 8-bit pixels, metered on the highlights as a camera does.
  func develop(_ canvas: Canvas, random: inout SplitMix64) -> PixelImage {
    let blurred = canvas.blurred(by: blur)
    let exposure = exposure * metered(blurred)
    var pixels: [UInt8] = []
    pixels.reserveCapacity(canvas.width * canvas.height * 3)
    let diagonal = Float(canvas.width * canvas.width + canvas.height * canvas.height) / 4
    for y in 0..<canvas.height {
      for x in 0..<canvas.width {
        let light = blurred.pixels[y * canvas.width + x]
        let dx = Float(x) - Float(canvas.width) / 2
        let dy = Float(y) - Float(canvas.height) / 2
        let falloff = 1 - vignette * (dx * dx + dy * dy) / diagonal
        var colour = Vector(light.x, light.y, light.z) * balance * (exposure * falloff)
        let noise = random.bell() * grain
        colour += Vector(repeating: noise) * (Colour.luminance(colour).squareRoot() + 0.1)
        for channel in 0..<3 {
          pixels.append(UInt8(Colour.encoded(shoulder(colour[channel])) * 255 + 0.5))
        }
      }
    }
    return PixelImage(width: canvas.width, height: canvas.height, pixels: pixels)
  }

  /// What brings the 97th percentile of luminance near to 0.75; not all the way, so that dim scenes
  /// stay dim.
  private func metered(_ canvas: Canvas) -> Float {
    let luminances = canvas.pixels.map { Colour.luminance(Vector($0.x, $0.y, $0.z)) }.sorted()
    return pow(0.75 / max(luminances[luminances.count * 97 / 100], 0.02), 0.8)
  }

  /// Straight up to 0.6, then bending towards 1, so that bright petals keep their form.
  private func shoulder(_ value: Float) -> Float {
    value <= 0.6 ? max(value, 0) : 1 - 0.4 * exp(-(value - 0.6) / 0.4)
  }
}
