import Foundation

/// Where a picture is taken: what is behind or below, from which height, in which light.
struct Setting {
  let backdrop: Backdrop
  /// A surface near the flowers; `nil` outdoors.
  let ground: Ground?
  /// How far the surface is behind the heads.
  let depth: Float
  /// Angle of the camera above the horizon, in radians.
  let pitch: Float
  /// Where stems go.
  let down: Vector
  let mood: Light.Mood

  /// Whether other flowers may stand behind, out of focus: not in mid-air.
  var showsFarFlowers: Bool {
    ground == nil && (backdrop == .meadow || backdrop == .hedge)
  }

  static let potMouth = Vector(0, -0.9, -0.4)
  static let potFoot: Float = -2.3

  init(for composition: Composition, clean: Bool, random: inout SplitMix64) {
    mood = random.pick(weighted: [
      .sunny: 4, .cloudy: 3, .golden: 2, .dim: 1.2, .lamp: 1.2,
    ])
    if clean {
      backdrop = random.pick([.studio, .paper, .sky])
      ground = nil
      depth = 0
      pitch = 0
      down = Vector(0, -1, -0.2)
      return
    }
    switch composition {
    case .lying:
      backdrop = .paper
      ground = random.pick([.wood, .cloth, .gravel, .soil, .plaster])
      depth = random.uniform(0.75, 0.95)
      pitch = random.uniform(-0.05, 0.3)
      let turn = random.uniform(0, 6.28)
      down = normalized(Vector(cos(turn), sin(turn), -0.05))
    case .pot:
      backdrop = random.pick([.hedge, .meadow, .paper, .studio, .dusk])
      ground = random.pick([.wood, .cloth, .plaster, .gravel])
      depth = 0
      pitch = random.uniform(0.1, 0.4)
      down = Vector(0, -1, 0)
    case .field:
      backdrop = random.pick([.meadow, .hedge, .sky, .dusk, .meadow])
      ground = nil
      depth = 0
      pitch = random.uniform(0, 0.3)
      down = Vector(0, -1, 0)
    case .closeUp, .portrait, .pair, .group:
      let near = random.chance(0.4)
      backdrop = random.pick(weighted: [
        .meadow: 4, .hedge: 3, .sky: 2, .studio: 1.3,
        .paper: 1.3, .dusk: 1.3,
      ])
      ground = near ? random.pick([.brick, .plaster, .soil, .lawn, .lawn, .gravel]) : nil
      depth = random.uniform(1.6, 3.2)
      pitch = random.uniform(-0.1, 0.25)
      down = Vector(0, -1, near ? -0.45 : -0.15)
    }
  }

  /// A flower pot with earth, its mouth at `potMouth`, its foot at `potFoot`.
  static func pot(random: inout SplitMix64) -> Model {
    let clay = Colour.varied(
      Colour.hex(random.pick([0xB5633C, 0x8C9AA6, 0xE4DFD2, 0x4F6F78, 0xC9A23E])), by: 0.1, &random)
    let wide = random.uniform(0.7, 0.95)
    let narrow = wide * random.uniform(0.6, 0.95)
    let height = potMouth.y - potFoot
    let upright = Placement(
      rotation: Rotation(facing: Vector(0, 1, 0)), offset: Vector(potMouth.x, potFoot, potMouth.z))
    var model = Model()
    model.add(
      Sheet.turned(
        rows: 24, columns: 41,
        material: Materials.plain(clay, gloss: random.uniform(0, 0.3), random: &random)
      ) { v in
        let rim: Float = v > 0.82 ? 0.06 : 0
        return (mix(narrow, wide, v) + rim, v * height)
      }.placed(upright))
    model.add(
      Sheet.turned(
        rows: 4, columns: 31,
        material: Materials.plain(Colour.hex(0x3A2A1E), unevenness: 0.6, random: &random)
      ) { v in (wide * (1 - v), height * 0.93) }.placed(upright))
    return model
  }
}
