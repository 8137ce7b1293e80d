import Foundation

/// What a flower lies on, stands on or grows in front of, near enough to show its shadow.
enum Ground {
  case wood, soil, gravel, brick, plaster, cloth, lawn

  /// The look at a place of the ground, in world units.
  func look(random: inout SplitMix64) -> (_ x: Float, _ y: Float) -> Surface {
    let noise = Noise(&random)
    switch self {
    case .wood:
      let tone = Colour.varied(
        Colour.hex(random.pick([0xA9764A, 0x6F4A2E, 0xC9A77A, 0x8E8578])), by: 0.1, &random)
      let plank = random.uniform(0.7, 1.5)
      return { x, y in
        let board = (y / plank).rounded(.down)
        let shift = noise.cell(Int32(board), 3) * 40
        let grain = noise.fractal(x * 0.7 + shift, y * 9 + shift)
        let rings = 0.5 + 0.5 * sin((grain * 9 + y * 3) * 2)
        let gap = smoothstep(0.5, 0.485, abs(y / plank - board - 0.5))
        let colour =
          tone * (0.7 + 0.35 * grain + 0.15 * rings) * (0.85 + 0.3 * noise.cell(Int32(board), 9))
        return Surface(colour: colour * (0.25 + 0.75 * gap), gloss: 0.08)
      }
    case .soil:
      let tone = Colour.varied(
        Colour.hex(random.pick([0x4A3626, 0x5E4632, 0x35291F])), by: 0.15, &random)
      return { x, y in
        let lump = noise.fractal(x * 3, y * 3)
        let crumb = noise.fractal(x * 15, y * 15)
        let (nearest, _, stone) = noise.cellular(x * 1.6, y * 1.6)
        let size = 0.05 + 0.2 * noise.smooth(x * 0.7, y * 0.7)
        let pebble = stone > 0.6 ? smoothstep(size, size * 0.8, nearest + 0.08 * crumb) : 0
        let earth = tone * (0.2 + 1.9 * lump * smoothstep(0.2, 0.75, crumb))
        return Surface(colour: mix(earth, tone * 1.6 + Vector(repeating: 0.12 * stone), pebble))
      }
    case .gravel:
      let tone = Colour.varied(
        Colour.hex(random.pick([0x9A948A, 0xB5A88E, 0x777A80])), by: 0.1, &random)
      let size = random.uniform(2.5, 5)
      return { x, y in
        let (nearest, second, stone) = noise.cellular(x * size, y * size)
        let (_, fineEdge, fine) = noise.cellular(x * size * 2.7 + 9, y * size * 2.7)
        let large = smoothstep(0, 0.25, second - nearest) * (1 - nearest * nearest * 0.6)
        let warm = Vector(1.06, 1, 0.9) * (0.4 + 0.8 * stone)
        let chips = Vector(repeating: (0.3 + 0.5 * fine) * min(fineEdge, 1))
        let colour = stone > 0.25 ? mix(chips * 0.5, warm, large) : chips
        return Surface(
          colour: tone * colour * (0.8 + 0.4 * noise.fractal(x * 18, y * 18)), gloss: 0.05)
      }
    case .brick:
      let tone = Colour.varied(
        Colour.hex(random.pick([0x9C4F38, 0xB0674A, 0x8A8078])), by: 0.1, &random)
      return { x, y in
        let course = (y * 2.4).rounded(.down)
        let along = x * 0.95 + (Int(course) % 2 == 0 ? 0 : 0.5)
        let brick = along.rounded(.down)
        let inset = min(
          0.5 - abs(y * 2.4 - course - 0.5), (0.5 - abs(along - brick - 0.5)) * 2.4)
        let face = tone * (0.7 + 0.5 * noise.cell(Int32(brick), Int32(course)))
        let rough = 0.75 + 0.5 * noise.fractal(x * 11, y * 11)
        return Surface(
          colour: mix(Vector(0.42, 0.39, 0.35), face, smoothstep(0.04, 0.1, inset)) * rough)
      }
    case .plaster:
      let tone = Colour.varied(
        Colour.hex(random.pick([0xE6DCC8, 0xC7B299, 0x9FB0B8, 0xD8A98C, 0xB8BF9A])), by: 0.08,
        &random)
      return { x, y in
        Surface(
          colour: tone * (0.7 + 0.4 * noise.fractal(x * 1.2, y * 1.2))
            * (0.9 + 0.2 * noise.fractal(x * 14, y * 14)))
      }
    case .cloth:
      let first = Colour.hex(random.pick([0xF3EFE6, 0xE9E2D0, 0x2F3E5C, 0xDDE5E8]))
      let second = Colour.hex(random.pick([0xB5322E, 0x3E62A0, 0x4E7F52, 0xD9A441, 0x8C5A86]))
      let striped = random.chance(0.4)
      let scale = random.uniform(1.1, 2.4)
      return { x, y in
        let across: Float = sin(x * scale * .pi) > 0 ? 0.5 : 0
        let along: Float = striped || sin(y * scale * .pi) > 0 ? 0.5 : 0
        let weave = 0.9 + 0.1 * sin(x * 70) * sin(y * 70)
        return Surface(
          colour: mix(first, second, across + along - (striped ? 0.5 : 0))
            * (weave * (0.85 + 0.3 * noise.fractal(x, y))))
      }
    case .lawn:
      let tone = Colour.varied(
        Colour.hex(random.pick([0x4F8030, 0x6A8A3A, 0x3C6A34])), by: 0.15, &random)
      return { x, y in
        // Streaks at four slants lie over each other; the topmost bright one shows.
        var shade: Float = 0.2
        for layer in 0..<4 {
          let slant = (Float(layer) - 1.5) * 0.45
          let along = y + x * slant * 0.6
          let across = x - y * slant + 0.12 * noise.smooth(x * 2 + Float(layer) * 31, y * 2)
          let streak = noise.smooth(across * 17 + Float(layer) * 57, along * 1.7)
          shade = max(shade, smoothstep(0.5, 0.95, streak) * (0.45 + 0.2 * Float(layer)))
        }
        let patch = noise.fractal(x * 0.8, y * 0.8)
        return Surface(colour: tone * (0.2 + 1.3 * shade) * (0.6 + 0.8 * patch))
      }
    }
  }
}
