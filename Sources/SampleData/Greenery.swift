import Foundation

/// Stems, leaves and grass.
struct Greenery {
  let stemColour: Vector
  let leafColour: Vector

  init(random: inout SplitMix64) {
    stemColour = Colour.varied(
      Colour.hex(random.pick([0x5F8F3C, 0x6C9A45, 0x4F7A36, 0x76803C])), by: 0.12, &random)
    leafColour = Colour.varied(
      Colour.hex(random.pick([0x3F7A34, 0x4F8A3A, 0x2F6238, 0x5C8A4C])), by: 0.15, &random)
  }

  /// A stem from behind a head that faces along `axis`, bending towards `down`, with a few leaves.
  func stem(
    of cultivar: Cultivar, head: Vector, axis: Vector, size: Float, down: Vector, length: Float,
    random: inout SplitMix64
  ) -> Model {
    var model = Model()
    let start = head - axis * (cultivar.neck * size)
    let sway = Vector(random.bell(), random.bell() * 0.3, random.bell()) * 0.25
    let bend = start - axis * (0.5 * size) + down * (0.25 * size)
    let end = start + down * length - axis * (0.3 * size) + sway * length * 0.4
    let knee = mix(bend, end, 0.35) + sway
    func path(_ t: Float) -> Vector { bezier(start, bend, knee, end, t) }
    model.add(
      .tube(
        rows: 26,
        material: Materials.plain(
          stemColour, unevenness: 0.2, translucency: 0.1, gloss: 0.1, random: &random),
        radius: { cultivar.stemRadius * size * mix(0.85, 1.25, $0) }, path: path))
    switch cultivar {
    case .daffodil:
      for _ in 0..<random.integer(1...3) {
        let foot = end + Vector(random.bell(), 0, random.bell()) * 0.3
        let height = length * random.uniform(0.7, 1.15)
        model.add(blade(from: foot, towards: -down * height, width: 0.11 * size, random: &random))
      }
    case .daisy:
      addLeaves(to: &model, petal: narrowLeaf, span: 0.6 * size, path: path, random: &random)
    case .dahlia:
      addLeaves(to: &model, petal: broadLeaf, span: 1.5 * size, path: path, random: &random)
    }
    return model
  }

  private func addLeaves(
    to model: inout Model, petal: Petal, span: Float, path: (Float) -> Vector,
    random: inout SplitMix64
  ) {
    for place in [Float(0.28), 0.42, 0.55, 0.72] where random.chance(0.6) {
      let side = normalized(Vector(random.bell(), random.uniform(-0.2, 0.5), random.bell()))
      let facing = normalized(Vector(side.y, 1, 0.6) - side * 0.4)
      let placement = Placement(
        rotation: Rotation(facing: facing, roll: random.uniform(0, 6)),
        scale: span * random.uniform(0.7, 1.2), offset: path(place))
      model.add(leaf(petal, random: &random).placed(placement))
    }
  }

  private var broadLeaf: Petal {
    Petal(halfWidth: 0.3, baseTaper: 0.7, tipTaper: 0.9)
  }

  private var narrowLeaf: Petal {
    Petal(halfWidth: 0.17, baseTaper: 1.1, tipTaper: 0.5)
  }

  /// One leaf along x, 1 long, in a pose of its own.
  private func leaf(_ form: Petal, random: inout SplitMix64) -> Sheet {
    var leaf = form
    leaf.rise = random.uniform(0, 0.5)
    leaf.curl = random.uniform(-0.9, 0)
    leaf.cup = random.uniform(0.2, 0.6)
    leaf.ruffle = 0.14
    leaf.ruffleCount = 5
    leaf.phase = random.uniform(0, 6)
    return leaf.sheet(
      at: 0, columns: 11, rows: 22,
      material: Materials.leaf(
        Colour.varied(leafColour, by: 0.1, &random), sideVeins: 0.8, random: &random))
  }

  /// A long narrow leaf of grass or daffodil from a foot, bending over at its end.
  func blade(
    from foot: Vector, towards reach: Vector, width: Float, random: inout SplitMix64
  ) -> Sheet {
    let lean = Vector(random.bell(), 0, random.bell()) * (length(reach) * 0.22)
    let tip = foot + reach * random.uniform(0.75, 1) + lean * 1.6
    let middle = foot + reach * 0.7 + lean * 0.4
    let turn = random.uniform(-0.9, 0.9)
    let side = Vector(cos(turn), 0, sin(turn))
    let material = Materials.leaf(
      Colour.varied(leafColour * 1.1, by: 0.2, &random), sideVeins: 0, random: &random)
    return Sheet(columns: 5, rows: 18, material: material) { u, v in
      let centre = bezier(foot, foot + reach * 0.4, middle, tip, v)
      let narrowing = pow(1 - v, 0.45) * width
      return centre + side * (u * narrowing) + Vector(0, 0, 0.35) * (u * u * narrowing)
    }
  }
}
