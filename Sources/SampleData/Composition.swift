import Foundation

/// How heads are arranged before the camera, which looks along -z at the origin.
enum Composition {
  case closeUp, portrait, pair, group, field, lying, pot

  /// One head: where, facing where, how large.
  struct Head {
    var position: Vector
    var axis: Vector
    var size: Float
  }

  static func random(_ random: inout SplitMix64) -> Composition {
    random.pick(weighted: [
      .closeUp: 3, .portrait: 5, .pair: 2.5, .group: 3,
      .field: 2.2, .lying: 2.2, .pot: 2.2,
    ])
  }

  /// Half of the short side of the picture, in world units; a head is about 1 in radius.
  func framing(random: inout SplitMix64) -> Float {
    switch self {
    case .closeUp: random.uniform(0.7, 1)
    case .portrait: random.uniform(1.15, 2.1)
    case .pair: random.uniform(1.7, 2.4)
    case .group: random.uniform(2.1, 3.2)
    case .field: random.uniform(3.4, 5.5)
    case .lying: random.uniform(1.3, 2.3)
    case .pot: random.uniform(2.5, 3.3)
    }
  }

  func heads(of species: Species, framing: Float, random: inout SplitMix64) -> [Head] {
    func head(_ position: Vector, size: Float = 1) -> Head {
      Head(
        position: position, axis: axis(of: species, random: &random),
        size: size * random.uniform(0.85, 1.1))
    }
    switch self {
    case .closeUp:
      return [head(Vector(random.bell(), random.bell(), 0) * 0.3)]
    case .portrait:
      let room = max(framing - 1, 0.1)
      return [head(Vector(random.bell() * 0.35, random.bell() * 0.3 + 0.15, 0) * room)]
    case .pair:
      let tilt = random.uniform(-0.6, 0.6)
      let away = Vector(cos(tilt), sin(tilt), 0) * random.uniform(0.85, 1.1)
      return [head(away), head(-away + Vector(0, 0, random.uniform(-1.2, 0.3)), size: 0.9)]
    case .group, .pot:
      let lift: Float = self == .pot ? framing * 0.3 : 0
      return scattered(
        random.integer(3...6), within: framing * (self == .pot ? 0.55 : 0.75), apart: 1.35,
        random: &random
      ).map { head($0 + Vector(0, lift, 0)) }
    case .field:
      return (0..<random.integer(9...20)).map { _ in
        let depth = random.uniform(-9, 1.5)
        return head(
          Vector(
            random.uniform(-1.3, 1.3) * (framing - depth * 0.3),
            random.uniform(-0.9, 0.1) - depth * 0.13, depth),
          size: random.uniform(0.75, 1))
      }
    case .lying:
      let count = random.pick(weighted: [1: 3, 2: 1, 3: 1])
      if count == 1 { return [head(Vector(random.bell(), random.bell(), 0) * (framing * 0.2))] }
      return scattered(count, within: framing * 0.7, apart: 1.5, random: &random).map { head($0) }
    }
  }

  private func scattered(
    _ count: Int, within reach: Float, apart: Float, random: inout SplitMix64
  ) -> [Vector] {
    var places: [Vector] = []
    // Bounded, because the heads may not all find room.
    for _ in 0..<60 where places.count < count {
      let place = Vector(
        random.uniform(-1.15, 1.15) * reach, random.uniform(-1, 1) * reach,
        random.uniform(-1.4, 0.4))
      if places.allSatisfy({ length(($0 - place) * Vector(1, 1, 0.4)) > apart }) {
        places.append(place)
      }
    }
    return places
  }

  private func axis(of species: Species, random: inout SplitMix64) -> Vector {
    let tilt: Float
    switch self {
    case .lying: tilt = random.uniform(0, 0.6)
    case .field: tilt = random.uniform(0.1, 1.5)
    case .closeUp, .portrait, .pair, .group, .pot:
      tilt = random.pick(weighted: [
        random.uniform(0, 0.35): 4, random.uniform(0.35, 1): 4.5,
        random.uniform(1, 1.6): 1.8, random.uniform(1.7, 2.5): 0.5,
      ])
    }
    // Daffodils nod sideways; the others look up.
    let azimuth: Float
    switch species {
    case .daffodil: azimuth = (random.chance(0.5) ? 0 : .pi) + random.bell() * 0.4
    case .daisy, .dahlia: azimuth = .pi / 2 + random.bell() * 0.75
    }
    return Vector(sin(tilt) * cos(azimuth), sin(tilt) * sin(azimuth), cos(tilt))
  }
}
