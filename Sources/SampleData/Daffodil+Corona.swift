import Foundation

extension Daffodil {
  /// Adds the trumpet: a tube that flares at its end, where the frill waves it.
  func addCorona(to model: inout Model, random: inout SplitMix64) {
    let phase = random.uniform(0, 6)
    let noise = Noise(&random)
    let rim = rimColour
    let corona = coronaColour
    let material: Material = { u, v in
      let rib = 0.92 + 0.08 * cos(u * .pi * 24)
      let colour = mix(corona * 0.8, corona, v)
      return Surface(
        colour: mix(colour, rim, smoothstep(0.75, 0.95, v))
          * (rib * (0.9 + 0.2 * noise.smooth(u * 9, v * 4))),
        translucency: 0.4, gloss: 0.05)
    }
    let flare = random.uniform(2.5, 6)
    model.add(
      Sheet(columns: 97, rows: 18, material: material) { u, v in
        let angle = u * .pi
        let edge = smoothstep(0.55, 1, v)
        let wave =
          sin(angle * frillCount + phase) + 0.45 * sin(angle * (frillCount * 2 + 1) + phase * 2)
        let radius = throat + (mouth - throat) * (0.35 * v + 0.65 * pow(v, flare))
        let waved = radius * (1 + frill * edge * wave)
        return Vector(
          cos(angle) * waved, sin(angle) * waved,
          depth * (v + frill * 0.35 * edge * sin(angle * frillCount + phase + 1.6)))
      })
    model.add(
      .turned(rows: 3, material: Materials.plain(corona * 0.45, random: &random)) { v in
        (throat * 1.08 * (1 - v), 0.1)
      })
  }

  /// Adds six stamens around a style.
  func addStamens(to model: inout Model, random: inout SplitMix64) {
    let pollen = Colour.hex(0xE8A81A)
    for index in 0..<7 {
      let angle = Float(index) / 6 * 2 * .pi
      let away: Float = index == 6 ? 0 : throat * 0.4
      let top = min(depth * 0.75, 0.5) * (index == 6 ? 1.15 : 1)
      let foot = Vector(cos(angle) * away * 0.5, sin(angle) * away * 0.5, 0)
      let tip = Vector(cos(angle) * away, sin(angle) * away, top)
      model.add(
        .tube(
          rows: 4, columns: 6, material: Materials.plain(Colour.hex(0xD8CF78), random: &random),
          radius: { 0.014 + 0.008 * $0 }, path: { mix(foot, tip, $0) }))
      model.add(
        Sheet.ellipsoid(
          Vector(0.026, 0.026, 0.055), columns: 7, rows: 6,
          material: Materials.plain(pollen, random: &random)
        ).placed(Placement(offset: tip)))
    }
  }
}
