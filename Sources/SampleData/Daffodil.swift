import Foundation

/// Six tepals behind a trumpet with a frilled edge.
struct Daffodil {
  private enum Cup {
    case trumpet, large, small
  }

  let tepalColour: Vector
  let tepalBase: Vector
  let coronaColour: Vector
  let rimColour: Vector
  /// Length of the trumpet and radii at its base and rim.
  let depth: Float
  let throat: Float
  let mouth: Float
  let frill: Float
  let frillCount: Float
  /// How many whorls of petals fill a double flower; 0 for the plain trumpet.
  let doubling: Int
  let tepal: Petal

  init(random: inout SplitMix64) {
    let colour = random.pick(weighted: [
      PetalColour.white: 4, .cream: 1.5, .yellow: 4.2,
      .lemon: 1.6, .apricot: 0.8, .blush: 0.9,
    ]).colour
    tepalColour = Colour.varied(colour, by: 0.05, &random)
    tepalBase = mix(tepalColour, Colour.hex(0xC9D27A), random.uniform(0, 0.35))
    let corona = random.pick(weighted: [
      PetalColour.yellow: 3.5, .orange: 2.2, .coral: 1.2,
      .apricot: 1, .white: 1, .pink: 0.8, .red: 0.6,
    ]).colour
    coronaColour =
      random.chance(0.25) ? tepalColour * 0.97 : Colour.varied(corona, by: 0.06, &random)
    rimColour =
      random.chance(0.35)
      ? mix(coronaColour, random.pick([PetalColour.orange, .red, .yellow, .white]).colour, 0.7)
      : coronaColour
    switch random.pick(weighted: [Cup.trumpet: 4, .large: 3, .small: 2]) {
    case .trumpet:
      depth = random.uniform(0.65, 0.95)
      throat = random.uniform(0.2, 0.26)
      mouth = random.uniform(0.36, 0.5)
    case .large:
      depth = random.uniform(0.36, 0.55)
      throat = random.uniform(0.2, 0.26)
      mouth = random.uniform(0.34, 0.48)
    case .small:
      depth = random.uniform(0.14, 0.26)
      throat = random.uniform(0.16, 0.2)
      mouth = random.uniform(0.24, 0.34)
    }
    frill = random.uniform(0.03, 0.16)
    frillCount = Float(random.integer(9...18))
    doubling = random.chance(0.09) ? random.integer(3...5) : 0
    tepal = Petal(
      length: 0.9, halfWidth: random.uniform(0.26, 0.42), baseTaper: random.uniform(0.45, 0.65),
      tipTaper: random.uniform(0.45, 0.75), rise: random.uniform(-0.25, 0.25),
      curl: random.pick(weighted: [random.uniform(-0.35, 0.3): 5, -1.1: 0.8]),
      cup: random.uniform(-0.3, 0.4), ruffle: random.uniform(0, 0.12), ruffleCount: 1.6)
  }

  /// One head with its face towards +z, about 1 in radius.
  func head(random: inout SplitMix64) -> Model {
    var model = Model()
    for index in 0..<6 {
      var leaf = tepal
      // The inner three are narrower and lie in front.
      let inner = index % 2 == 0
      leaf.halfWidth *= (inner ? 0.88 : 1.05) * (1 + random.bell() * 0.05)
      leaf.rise += random.bell() * 0.07
      leaf.curl += random.bell() * 0.1
      leaf.twist = random.bell() * 0.15
      leaf.phase = random.uniform(0, 6)
      model.add(tepalSheet(leaf, Float(index) / 6 * 2 * .pi, inner ? 0.02 : -0.02, &random))
    }
    if doubling > 0 {
      addDoubling(to: &model, random: &random)
    } else {
      addCorona(to: &model, random: &random)
      addStamens(to: &model, random: &random)
    }
    addTube(to: &model, random: &random)
    return model
  }

  private func tepalSheet(
    _ leaf: Petal, _ angle: Float, _ height: Float, _ random: inout SplitMix64
  ) -> Sheet {
    leaf.sheet(
      at: angle + random.bell() * 0.05, offset: 0.1, height: height, columns: 11, rows: 16,
      material: Materials.petal(
        base: tepalBase, tip: Colour.varied(tepalColour, by: 0.03, &random), spread: 0.35,
        veins: 0.16,
        shade: 0.15, random: &random))
  }

  private func addDoubling(to model: inout Model, random: inout SplitMix64) {
    for whorl in 0..<doubling {
      for index in 0..<7 {
        var leaf = tepal
        let inward = Float(whorl + 1) / Float(doubling)
        leaf.length = mix(0.75, 0.32, inward) * (1 + random.bell() * 0.1)
        leaf.halfWidth *= mix(0.85, 0.6, inward)
        leaf.rise = mix(0.35, 1.3, inward) + random.bell() * 0.12
        leaf.ruffle = 0.25
        leaf.cup = 0.5
        leaf.phase = random.uniform(0, 6)
        let corona = index % 2 == whorl % 2
        let angle = (Float(index) + Float(whorl) * 0.5 + random.bell() * 0.15) / 7 * 2 * .pi
        model.add(
          leaf.sheet(
            at: angle, offset: 0.06, height: inward * 0.08, columns: 9, rows: 12,
            material: Materials.petal(
              base: tepalBase, tip: corona ? coronaColour : tepalColour, spread: 0.3,
              random: &random)))
      }
    }
  }

  /// The green tube and the swelling behind the tepals.
  private func addTube(to model: inout Model, random: inout SplitMix64) {
    let green = Colour.varied(Colour.hex(0x7C9A4A), by: 0.1, &random)
    model.add(
      .turned(rows: 9, columns: 15, material: Materials.gradient(tepalBase, green)) { v in
        (mix(0.16, 0.06, smoothstep(0, 0.5, v)) + 0.05 * exp(-pow((v - 0.8) * 8, 2)), -v * 0.55)
      })
  }
}
