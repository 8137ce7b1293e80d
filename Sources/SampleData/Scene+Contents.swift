import Foundation

extension Scene {
  /// Adds the flowers that the picture is about, with stems, leaves and visitors.
  mutating func addFlowers(
    of species: Species, _ composition: Composition, _ setting: Setting
  ) {
    let cultivar = Cultivar(species, random: &random)
    let greenery = Greenery(random: &random)
    let places = composition.heads(of: species, framing: framing, random: &random)
    // Four different heads are variety enough, and a field of them stays quick to draw.
    let models = (0..<min(places.count, 4)).map { _ in cultivar.head(random: &random) }
    for (index, place) in places.enumerated() {
      let rotation = Rotation(facing: place.axis, roll: random.uniform(0, 6.28))
      let placement = Placement(rotation: rotation, scale: place.size, offset: place.position)
      let head = models[index % models.count]
      main.add(head, placed: placement)
      var down = setting.down
      var length = framing * 1.5 + 2.5
      if composition == .pot {
        let mouth = Setting.potMouth + Vector(random.bell(), 0, random.bell()) * 0.2
        down = normalized(mouth - place.position)
        length = SampleData.length(mouth - place.position)
      }
      main.add(
        greenery.stem(
          of: cultivar, head: place.position, axis: place.axis, size: place.size, down: down,
          length: length, random: &random))
      if index == 0 { addVisitors(on: head, placement, chance: composition == .field ? 0 : 0.16) }
    }
    if composition == .pot { main.add(Setting.pot(random: &random)) }
  }

  private mutating func addVisitors(on head: Model, _ placement: Placement, chance: Float) {
    if random.chance(chance) {
      main.add(
        Visitors.drops(
          on: head, count: random.integer(20...60), size: random.uniform(0.02, 0.045),
          random: &random),
        placed: placement)
    }
    guard random.chance(chance) else { return }
    let perch = Vector(random.bell() * 0.25, random.bell() * 0.25, 0.42)
    let turn = Rotation(around: Vector(0, 0, 1), by: random.uniform(0, 6.28))
    var model = Model()
    if random.chance(0.5) {
      model.add(
        Visitors.butterfly(random: &random),
        placed: Placement(rotation: turn, scale: random.uniform(0.7, 1.1), offset: perch))
    } else {
      model.add(
        Visitors.bee(random: &random),
        placed: Placement(rotation: turn, scale: random.uniform(0.28, 0.4), offset: perch))
    }
    main.add(model, placed: placement)
  }

  /// Adds the surface that they lie on, stand on or grow in front of.
  mutating func addGround(_ setting: Setting, _ composition: Composition) {
    guard let ground = setting.ground else { return }
    let reach = framing * 14
    if composition == .pot {
      main.add(
        .plane(
          centre: Vector(0, Setting.potFoot, -reach * 0.5 + framing * 2),
          across: Vector(reach, 0, 0),
          up: Vector(0, 0, -reach * 0.5), look: ground.look(random: &random)))
      return
    }
    main.add(
      .plane(
        centre: Vector(0, 0, -setting.depth), across: Vector(reach, 0, 0), up: Vector(0, reach, 0),
        look: ground.look(random: &random)))
  }

  /// Adds flowers of any kind far behind, out of focus.
  mutating func addFarFlowers() {
    let cultivar = Cultivar(random.pick(Species.allCases), random: &random)
    let head = cultivar.head(random: &random)
    for _ in 0..<random.integer(2...6) {
      let place = Vector(
        random.uniform(-1.8, 1.8) * framing, random.uniform(-1.6, 1.1) * framing,
        random.uniform(-6, -3) * framing * 0.6)
      let axis = Vector(random.bell() * 0.5, random.uniform(-0.1, 0.8), 1)
      far.add(
        head,
        placed: Placement(
          rotation: Rotation(facing: axis), scale: random.uniform(0.6, 0.9), offset: place))
    }
  }

  /// Adds blades between the stems.
  mutating func addGrass() {
    let greenery = Greenery(random: &random)
    for _ in 0..<random.integer(10...45) {
      let depth = random.uniform(-4, 0.3)
      // Further away the picture shows more of the ground; no blade may begin in mid-air.
      let below = 1.45 * framing * (1 - depth / (4 * framing + 2))
      let foot = Vector(random.uniform(-1.4, 1.4) * framing, -below, depth)
      main.add(
        greenery.blade(
          from: foot, towards: Vector(0, framing * random.uniform(0.6, 1.4), 0),
          width: random.uniform(0.03, 0.09), random: &random))
    }
  }

  /// Adds a few blades close to the camera, out of focus.
  mutating func addGrassInFront() {
    let greenery = Greenery(random: &random)
    for _ in 0..<random.integer(2...8) {
      let foot = Vector(
        random.uniform(-1.1, 1.1) * framing, -framing * 1.2, framing * random.uniform(0.9, 1.4))
      front.add(
        greenery.blade(
          from: foot, towards: Vector(0, framing * random.uniform(0.5, 1.7), 0),
          width: framing * random.uniform(0.02, 0.06), random: &random))
    }
  }
}
