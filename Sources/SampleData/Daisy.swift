import Foundation

/// Many narrow rays around a domed disc of florets.
struct Daisy {
  let rayColour: Vector
  let tipColour: Vector
  /// Share of the ray that keeps the base's colour.
  let spread: Float
  let discColour: Vector
  let discCentre: Vector
  let discRadius: Float
  let dome: Float
  let rayCount: Int
  let ringCount: Int
  let ray: Petal

  init(random: inout SplitMix64) {
    let colour = random.pick(weighted: [
      PetalColour.white: 8, .cream: 1, .blush: 1.5, .pink: 1.6, .magenta: 0.8, .yellow: 2,
      .orange: 0.8, .coral: 0.6, .lilac: 1.5, .purple: 0.6, .red: 0.4, .lemon: 0.6,
    ]).colour
    rayColour = Colour.varied(colour, by: 0.06, &random)
    tipColour =
      random.chance(0.3)
      ? mix(rayColour, random.pick([PetalColour.pink, .white, .yellow, .magenta]).colour, 0.7)
      : rayColour * random.uniform(0.92, 1.08)
    spread = random.uniform(0.3, 0.85)
    let dark = random.chance(0.22)
    discColour =
      dark ? Colour.hex(0x4A2A14) : Colour.hex(random.pick([0xF2B90F, 0xE9A50B, 0xF6CE2C]))
    discCentre =
      dark ? Colour.hex(0x2A1A10) : mix(discColour, Colour.hex(0x9AA526), random.uniform(0, 0.8))
    discRadius = random.uniform(0.2, 0.36)
    dome = random.uniform(0.25, 0.9)
    rayCount = random.integer(16...32)
    ringCount = random.pick(weighted: [1: 6, 2: 3, 4: 0.4])
    let slim = .pi * (discRadius + 0.35) / Float(rayCount)
    ray = Petal(
      length: 1 - discRadius * 0.85, halfWidth: slim * random.uniform(0.75, 1.25),
      baseTaper: random.uniform(0.25, 0.45), tipTaper: random.uniform(0.2, 0.5),
      rise: random.uniform(-0.1, 0.5), curl: random.uniform(-0.9, 0.25),
      cup: random.uniform(-0.5, 0.7), notch: random.chance(0.3) ? random.uniform(0, 0.1) : 0)
  }

  /// One head with its face towards +z and rays about 1 long.
  func head(random: inout SplitMix64) -> Model {
    var model = Model()
    let missing: Float = random.chance(0.25) ? random.uniform(0.05, 0.3) : 0
    for ring in 0..<ringCount {
      for index in 0..<rayCount where !random.chance(missing) {
        model.add(ray(index, ring: ring, random: &random))
      }
    }
    addDisc(to: &model, random: &random)
    addCalyx(to: &model, radius: discRadius * 0.95, random: &random)
    return model
  }

  private func ray(_ index: Int, ring: Int, random: inout SplitMix64) -> Sheet {
    var petal = ray
    let inner = Float(ring) / Float(max(ringCount, 3))
    petal.length *= (1 - inner * 0.6) * (1 + random.bell() * 0.05)
    petal.halfWidth *= 1 + random.bell() * 0.08
    petal.rise += inner * 0.7 + random.bell() * 0.07
    petal.curl += random.bell() * 0.12
    petal.twist = random.bell() * 0.18
    petal.phase = random.uniform(0, 6)
    let turn = (Float(index) + Float(ring) * 0.5 + random.bell() * 0.16) / Float(rayCount) * 2 * .pi
    return petal.sheet(
      at: turn, offset: discRadius * (0.8 - inner * 0.4),
      height: inner * 0.1 + random.bell() * 0.012,
      material: Materials.petal(
        base: Colour.varied(rayColour, by: 0.04, &random), tip: tipColour, spread: spread,
        veins: 0.14, shade: 0.25, random: &random))
  }

  private func addDisc(to model: inout Model, random: inout SplitMix64) {
    let height = discRadius * dome
    model.add(
      .turned(rows: 7, material: Materials.plain(discColour * 0.6, random: &random)) { v in
        (cos(v * .pi / 2) * discRadius, sin(v * .pi / 2) * height * 0.92)
      })
    let floretCount = 170
    for index in 0..<floretCount {
      let (angle, radius) = phyllotaxis(index, of: floretCount)
      let size = discRadius * 0.088 * (0.65 + 0.5 * radius)
      let top = (1 - radius * radius).squareRoot() * height
      let open = smoothstep(0.35, 0.7, radius + random.bell() * 0.06)
      let colour = mix(discCentre, discColour, open) * random.uniform(0.8, 1.15)
      let floret = Sheet.turned(
        rows: 3, columns: 6, material: Materials.gradient(colour * 0.55, colour, gloss: 0.05)
      ) { v in (size * (1 - v * v), v * size * (1.3 + open)) }
      model.add(
        floret.placed(
          Placement(
            offset: Vector(cos(angle), sin(angle), 0) * (radius * discRadius) + Vector(0, 0, top))))
    }
  }
}

/// Adds the green cup behind a head.
func addCalyx(to model: inout Model, radius: Float, random: inout SplitMix64) {
  let green = Colour.varied(Colour.hex(0x5E8A3A), by: 0.15, &random)
  model.add(
    .turned(rows: 6, columns: 17, material: Materials.plain(green, random: &random)) { v in
      (radius * pow(1 - v, 0.6), -0.02 - v * radius * 0.75)
    })
}
