import Foundation

/// What is far behind, painted flat and out of focus.
enum Backdrop {
  case meadow, sky, hedge, studio, paper, dusk

  /// Paints the backdrop, already blurred.
  func paint(width: Int, height: Int, light: Light, random: inout SplitMix64) -> Canvas {
    let noise = Noise(&random)
    let daylight = light.sky * 0.75 + light.sun * 0.3
    switch self {
    case .meadow:
      let near = Colour.varied(Colour.hex(0x4F7F2E), by: 0.25, &random)
      let far = Colour.varied(Colour.hex(0xA3BE6A), by: 0.25, &random)
      let horizon = random.uniform(-0.2, 1.3)
      var canvas = Canvas(width: width, height: height) { x, y in
        let grass = mix(near, far, smoothstep(-1.2, horizon, y))
        return grass * daylight * (0.55 + 0.9 * noise.fractal(x * 5, y * 1.6))
      }
      addBokeh(to: &canvas, count: random.integer(15...70), light: daylight, random: &random)
      return canvas.blurred(by: random.uniform(2.5, 9))
    case .sky:
      let top = Colour.varied(
        Colour.hex(random.pick([0x3F7FCB, 0x6AA5DE, 0x8FA3B5])), by: 0.1, &random)
      let cover = random.uniform(0.35, 0.8)
      return Canvas(width: width, height: height) { x, y in
        let blue = mix(top * 1.5, top * 0.9, smoothstep(-1, 1.2, y))
        let cloud = smoothstep(cover, cover + 0.3, noise.fractal(x * 1.1, y * 2 + 5))
        return mix(blue, Vector(1, 1, 1), cloud * 0.85)
          * (daylight * 0.55 + Vector(repeating: 0.35))
      }.blurred(by: 2)
    case .hedge:
      let leaf = Colour.varied(Colour.hex(0x2E5426), by: 0.3, &random)
      var canvas = Canvas(width: width, height: height) { x, y in
        leaf * daylight * (0.15 + 0.35 * noise.fractal(x * 3, y * 3))
      }
      addLeaves(to: &canvas, leaf: leaf * daylight, random: &random)
      addBokeh(to: &canvas, count: random.integer(0...14), light: daylight, random: &random)
      return canvas.blurred(by: random.uniform(1.5, 5))
    case .studio:
      let tone = Colour.hex(random.pick([0x15171C, 0x2B2622, 0x1C2B2A, 0x2A1A2A]))
      let x0 = random.uniform(-0.7, 0.7)
      return Canvas(width: width, height: height) { x, y in
        let glow = exp(-((x - x0) * (x - x0) + (y - 0.2) * (y - 0.2)) * 0.9)
        return tone * (0.4 + 2.2 * glow) * (0.95 + 0.1 * noise.fractal(x * 2, y * 2))
      }
    case .paper:
      let tone = Colour.varied(
        Colour.hex(random.pick([0xF1EEE6, 0xC9D6DD, 0xE9CFC4, 0xCFD8BE, 0xF0DFA8, 0xB9A7C4])),
        by: 0.05, &random)
      return Canvas(width: width, height: height) { x, y in
        tone * daylight * (0.95 - 0.1 * (x * x + y * y) + 0.06 * noise.fractal(x * 1.5, y * 1.5))
      }
    case .dusk:
      let low = Colour.varied(
        Colour.hex(random.pick([0xF2A65A, 0xE8847A, 0xD9B36C])), by: 0.15, &random)
      let high = Colour.varied(
        Colour.hex(random.pick([0x51456F, 0x3A4A66, 0x77506A])), by: 0.15, &random)
      var canvas = Canvas(width: width, height: height) { x, y in
        mix(low, high, smoothstep(-0.9, 1.1, y + 0.5 * noise.fractal(x * 2, y * 2))) * 0.9
      }
      addBokeh(to: &canvas, count: random.integer(5...30), light: low, random: &random)
      return canvas.blurred(by: 3)
    }
  }

  /// Blurred lights and far flowers show as soft discs.
  private func addBokeh(
    to canvas: inout Canvas, count: Int, light: Vector, random: inout SplitMix64
  ) {
    let palette: [PetalColour] = [.white, .yellow, .pink, .lemon, .lilac, .orange, .red, .white]
    let hues = [random.pick(palette), random.pick(palette)]
    let largest = random.uniform(0.06, 0.2)
    for _ in 0..<count {
      let radius = Float(min(canvas.width, canvas.height)) * largest * random.uniform(0.3, 1)
      let colour = Colour.varied(random.pick(hues).colour, by: 0.1, &random) * light
      addSpot(
        to: &canvas, colour: colour, strength: random.uniform(0.15, 0.75), radius: radius,
        flatness: 1,
        random: &random)
    }
  }

  /// Foliage: leaves over leaves, the last ones brightest.
  private func addLeaves(to canvas: inout Canvas, leaf: Vector, random: inout SplitMix64) {
    let size = Float(min(canvas.width, canvas.height)) * random.uniform(0.05, 0.11)
    let count = Int(Float(canvas.width * canvas.height) / (size * size) * 1.6)
    for index in 0..<count {
      let depth = Float(index) / Float(count)
      addSpot(
        to: &canvas, colour: Colour.varied(leaf, by: 0.3, &random) * (0.25 + 0.9 * depth),
        strength: 0.9,
        radius: size * random.uniform(0.6, 1.2), flatness: random.uniform(0.3, 0.55),
        random: &random)
    }
  }

  /// Paints an ellipse somewhere, `flatness` being the ratio of its axes.
  private func addSpot(
    to canvas: inout Canvas, colour: Vector, strength: Float, radius: Float, flatness: Float,
    random: inout SplitMix64
  ) {
    let centreX = random.uniform() * Float(canvas.width)
    let centreY = random.uniform() * Float(canvas.height)
    let turn = random.uniform(0, .pi)
    let (c, s) = (cos(turn), sin(turn))
    let left = max(Int(centreX - radius), 0)
    let right = min(Int(centreX + radius), canvas.width - 1)
    let top = max(Int(centreY - radius), 0)
    let bottom = min(Int(centreY + radius), canvas.height - 1)
    guard left <= right, top <= bottom else { return }
    for y in top...bottom {
      for x in left...right {
        let dx = Float(x) - centreX
        let dy = Float(y) - centreY
        let along = dx * c + dy * s
        let across = (dy * c - dx * s) / flatness
        let inside = smoothstep(
          radius, radius * 0.85, (along * along + across * across).squareRoot())
        let pixel = y * canvas.width + x
        canvas.pixels[pixel] += (SIMD4(colour, 1) - canvas.pixels[pixel]) * (inside * strength)
      }
    }
  }
}
