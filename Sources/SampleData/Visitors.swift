import Foundation

/// Small things that get into a picture: insects and drops of rain.
enum Visitors {
  /// A butterfly with half-open wings, about 1 across, its back towards +z.
  static func butterfly(random: inout SplitMix64) -> Model {
    var model = Model()
    let colour = Colour.hex(random.pick([0xE8862A, 0xF2EFE2, 0x7FA6DA, 0xE9C63A, 0xA83A2A]))
    let dark = Colour.hex(0x241A16)
    let lift = random.uniform(0.35, 1.1)
    for side in [Float(-1), 1] {
      for (angle, size) in [(Float(0.75), Float(0.55)), (-0.55, 0.42)] {
        let wing = Petal(
          length: size, halfWidth: size * 0.42, baseTaper: 0.9, tipTaper: 0.35, rise: lift,
          curl: -0.2)
        let material: Material = { u, v in
          let border = max(smoothstep(0.72, 0.86, v), smoothstep(0.7, 0.9, abs(u)))
          let eye = smoothstep(0.16, 0.1, ((v - 0.62) * (v - 0.62) + u * u * 0.09).squareRoot())
          let vein = smoothstep(0.93, 0.99, cos(u * 9))
          return Surface(
            colour: mix(colour, dark, max(border, eye * 0.9, vein * 0.5)), translucency: 0.3)
        }
        model.add(
          wing.sheet(
            at: side > 0 ? angle : .pi - angle, offset: 0.02, columns: 15, rows: 15,
            material: material))
      }
    }
    model.add(
      Sheet.ellipsoid(
        Vector(0.035, 0.26, 0.04), material: Materials.plain(dark, gloss: 0.1, random: &random)))
    return model
  }

  /// A bee, about 1 long along x.
  static func bee(random: inout SplitMix64) -> Model {
    var model = Model()
    let gold = Colour.hex(0xD99A1E)
    let dark = Colour.hex(0x1E1610)
    let stripes: Material = { _, v in
      Surface(colour: mix(dark, gold, smoothstep(-0.2, 0.2, sin(v * 19))), gloss: 0.12)
    }
    let along = Rotation(facing: Vector(1, 0, 0))
    model.add(
      Sheet.ellipsoid(Vector(0.19, 0.19, 0.34), rows: 25, material: stripes)
        .placed(Placement(rotation: along, offset: Vector(-0.2, 0, 0))))
    model.add(
      Sheet.ellipsoid(
        Vector(0.17, 0.17, 0.18), material: Materials.plain(gold * 0.55, random: &random)
      )
      .placed(Placement(rotation: along, offset: Vector(0.2, 0, 0.03))))
    model.add(
      Sheet.ellipsoid(
        Vector(0.11, 0.13, 0.1), material: Materials.plain(dark, gloss: 0.3, random: &random)
      )
      .placed(Placement(rotation: along, offset: Vector(0.43, 0, 0))))
    for side in [Float(-1), 1] {
      let wing = Petal(length: 0.6, halfWidth: 0.14, baseTaper: 0.8, tipTaper: 0.3, rise: 0.35)
      model.add(
        wing.sheet(
          at: side * 2.2, offset: 0, height: 0.16,
          material: Materials.plain(
            Vector(0.55, 0.57, 0.6), translucency: 0.8, gloss: 0.5, random: &random)))
    }
    return model
  }

  /// Drops of rain at random places of a model's sheets.
  static func drops(on model: Model, count: Int, size: Float, random: inout SplitMix64) -> Model {
    var drops = Model()
    for _ in 0..<count {
      let sheet = random.pick(model.sheets)
      let index = random.integer(0...sheet.points.count - 1)
      let row = index / sheet.columnCount
      let column = index % sheet.columnCount
      let under = sheet.material(
        Sheet.across(column, of: sheet.columnCount), Float(row) / Float(sheet.rowCount - 1))
      var normal = sheet.normals[index]
      if normal.z < 0 { normal = -normal }
      let radius = size * random.uniform(0.5, 1.2)
      let material: Material = { _, v in
        // A drop is bright on the side away from the light, where the light it gathers comes out.
        Surface(colour: under.colour * mix(0.75, 1.3, v), translucency: 0.3, gloss: 0.95)
      }
      drops.add(
        Sheet.ellipsoid(Vector(radius, radius, radius * 0.6), material: material).placed(
          Placement(rotation: Rotation(facing: normal), offset: sheet.points[index])))
    }
    return drops
  }
}
