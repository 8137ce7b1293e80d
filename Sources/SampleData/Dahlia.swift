import Foundation

/// Broad petals in spirals, from the tight centre to the outermost ring.
struct Dahlia {
  let form: Form
  let innerColour: Vector
  let outerColour: Vector
  let tipColour: Vector
  let petalCount: Int
  let petal: Petal

  init(random: inout SplitMix64) {
    form = random.pick(weighted: [
      .decorative: 5, .waterLily: 2, .ball: 2.4, .cactus: 1.8, .single: 0.4,
    ])
    let colour = random.pick(weighted: [
      PetalColour.white: 1.6, .cream: 0.8, .yellow: 1.8, .lemon: 0.5, .apricot: 1.2, .orange: 1.6,
      .coral: 1.3, .blush: 1, .pink: 1.9, .magenta: 1.6, .lilac: 0.9, .purple: 1.3, .red: 1.8,
      .crimson: 1.3,
    ]).colour
    outerColour = Colour.varied(colour, by: 0.06, &random)
    innerColour =
      random.chance(0.35)
      ? mix(outerColour, random.pick([PetalColour.yellow, .cream, .magenta]).colour, 0.5)
      : outerColour * random.uniform(0.8, 1)
    tipColour =
      random.chance(0.3)
      ? mix(outerColour, random.pick([PetalColour.white, .cream, .yellow]).colour, 0.8)
      : outerColour * random.uniform(0.95, 1.1)
    petalCount = form.petalCount(random: &random)
    petal = form.petal(random: &random)
  }

  /// One head with its face towards +z, about 1 in radius.
  func head(random: inout SplitMix64) -> Model {
    var model = Model()
    if form == .single {
      addRing(to: &model, random: &random)
    } else {
      addSpiral(to: &model, random: &random)
    }
    addCalyx(to: &model, radius: 0.24, random: &random)
    return model
  }

  private func addSpiral(to model: inout Model, random: inout SplitMix64) {
    // The heart, which shows between the youngest petals.
    model.add(
      .turned(rows: 6, material: Materials.plain(innerColour * 0.55, random: &random)) { v in
        (cos(v * .pi / 2) * 0.2, sin(v * .pi / 2) * (form == .ball ? 0.45 : 0.32))
      })
    for index in 0..<petalCount {
      let (angle, radius) = phyllotaxis(index, of: petalCount)
      var leaf = petal
      // Young petals in the middle are short, narrow, upright and closed.
      leaf.length = lengths(radius) * (1 + random.bell() * 0.04)
      leaf.halfWidth *= mix(0.4, 1.1, radius)
      leaf.rise = slope(radius) + random.bell() * 0.05
      leaf.curl += mix(0.9, 0, smoothstep(0, 0.45, radius)) + random.bell() * 0.06
      if leaf.cup > 0 { leaf.cup += 0.7 * (1 - radius) }
      leaf.phase = random.uniform(0, 6)
      leaf.twist = form == .cactus ? random.bell() * 0.3 : random.bell() * 0.06
      let colour = mix(innerColour, outerColour, smoothstep(0.1, 0.6, radius))
      model.add(
        leaf.sheet(
          at: angle + random.bell() * 0.04, offset: 0.04 + radius * (form == .ball ? 0.2 : 0.13),
          height: (form == .ball ? 0.45 : 0.3) * (1 - radius * radius),
          columns: 9, rows: 12,
          material: Materials.petal(
            base: Colour.varied(colour, by: 0.04, &random), tip: mix(colour, tipColour, 0.9),
            veins: 0.1, shade: 0.5, random: &random)))
    }
  }

  private func lengths(_ radius: Float) -> Float {
    switch form {
    case .ball: mix(0.16, 0.62, radius)
    case .decorative, .waterLily, .cactus, .single: mix(0.14, 0.95, pow(radius, 1.15))
    }
  }

  private func slope(_ radius: Float) -> Float {
    switch form {
    case .ball: mix(1.4, -0.75, pow(radius, 1.2))
    case .waterLily: mix(1.4, 0.12, radius)
    case .decorative, .cactus, .single: mix(1.4, -0.2, pow(radius, 0.85))
    }
  }

  private func addRing(to model: inout Model, random: inout SplitMix64) {
    for index in 0..<petalCount {
      var leaf = petal
      leaf.rise += random.bell() * 0.06
      leaf.length *= 1 + random.bell() * 0.04
      leaf.phase = random.uniform(0, 6)
      let angle = (Float(index) + random.bell() * 0.08) / Float(petalCount) * 2 * .pi
      model.add(
        leaf.sheet(
          at: angle, offset: 0.14, height: Float(index % 2) * 0.025, columns: 11,
          material: Materials.petal(
            base: innerColour, tip: tipColour, spread: 0.5, veins: 0.15, random: &random)))
    }
    let gold = Colour.hex(random.pick([0xF0B010, 0xD98A0C, 0x8A3A14]))
    for index in 0..<90 {
      let (angle, radius) = phyllotaxis(index, of: 90)
      let size = random.uniform(0.018, 0.028)
      model.add(
        Sheet.ellipsoid(
          Vector(size, size, size * 2.6), columns: 6, rows: 5,
          material: Materials.gradient(gold * 1.1, gold * 0.5)
        ).placed(
          Placement(
            offset: Vector(cos(angle), sin(angle), 0) * (radius * 0.19)
              + Vector(0, 0, 0.1 - 0.06 * radius))))
    }
  }
}
