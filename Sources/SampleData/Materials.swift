import Foundation

/// Looks of living and made things.
enum Materials {
  /// A petal: shaded at its base, running into the tip's colour, with fine veins and blotches.
  static func petal(
    base: Vector, tip: Vector, spread: Float = 0.75, veins: Float = 0.1, shade: Float = 0.35,
    random: inout SplitMix64
  ) -> Material {
    let noise = Noise(&random)
    let veinCount = random.uniform(5, 9)
    return { u, v in
      var colour = mix(base, tip, smoothstep(spread - 0.4, spread + 0.3, v))
      let vein = cos(u * veinCount * 3 + noise.smooth(u * 2, v * 3) * 1.5)
      colour *= 1 - veins * (0.5 + 0.5 * vein) * (1 - v * 0.5)
      colour *= 1 - shade * pow(1 - v, 3)
      colour *= 0.94 + 0.12 * noise.fractal(u * 3, v * 6)
      return Surface(colour: colour, translucency: 0.42, gloss: 0.06)
    }
  }

  /// A leaf with a light rib and side veins.
  static func leaf(_ colour: Vector, sideVeins: Float, random: inout SplitMix64) -> Material {
    let noise = Noise(&random)
    return { u, v in
      var shown = colour * (0.75 + 0.5 * noise.fractal(u * 3, v * 9))
      let rib = exp(-pow(u * 14, 2))
      let side = sideVeins * exp(-pow(sin((v * 9 - abs(u) * 2.2) * .pi) * 5, 2))
      shown = mix(shown, shown * 1.5 + Vector(0.02, 0.03, 0.01), clamp(rib * 0.6 + side * 0.4))
      return Surface(colour: shown, translucency: 0.3, gloss: 0.12)
    }
  }

  /// One colour with a little unevenness.
  static func plain(
    _ colour: Vector, unevenness: Float = 0.15, translucency: Float = 0, gloss: Float = 0,
    random: inout SplitMix64
  ) -> Material {
    let noise = Noise(&random)
    return { u, v in
      Surface(
        colour: colour * (1 + unevenness * (noise.fractal(u * 4, v * 7) * 2 - 1)),
        translucency: translucency, gloss: gloss)
    }
  }

  /// A gradient from the base to the far end of the sheet.
  static func gradient(
    _ base: Vector, _ end: Vector, translucency: Float = 0, gloss: Float = 0
  ) -> Material {
    { _, v in
      Surface(colour: mix(base, end, v), translucency: translucency, gloss: gloss)
    }
  }
}
