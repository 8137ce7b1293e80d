import Foundation

extension Sheet {
  /// A tube around a curve; `radius` and `path` are asked at 0...1 along it.
  static func tube(
    rows: Int, columns: Int = 9, material: @escaping Material, radius: (Float) -> Float,
    path: (Float) -> Vector
  ) -> Sheet {
    Sheet(columns: columns, rows: rows, material: material) { u, v in
      let ahead = normalized(path(min(v + 0.01, 1)) - path(max(v - 0.01, 0)))
      let frame = Rotation(facing: ahead)
      let angle = u * .pi
      return path(v) + (frame.x * cos(angle) + frame.y * sin(angle)) * radius(v)
    }
  }

  /// A body turned around the z axis: `profile` gives distance from the axis and height at 0...1.
  static func turned(
    rows: Int, columns: Int = 25, material: @escaping Material,
    profile: (Float) -> (radius: Float, height: Float)
  ) -> Sheet {
    Sheet(columns: columns, rows: rows, material: material) { u, v in
      let (radius, height) = profile(v)
      return Vector(cos(u * .pi) * radius, sin(u * .pi) * radius, height)
    }
  }

  /// An ellipsoid around the origin.
  static func ellipsoid(
    _ radii: Vector, columns: Int = 11, rows: Int = 9, material: @escaping Material
  ) -> Sheet {
    Sheet(columns: columns, rows: rows, material: material) { u, v in
      Vector(
        cos(u * .pi) * sin(v * .pi), sin(u * .pi) * sin(v * .pi), cos(v * .pi)) * radii
    }
  }

  /// A flat rectangle around `centre` whose material is asked at positions along `across` and `up`.
  static func plane(
    centre: Vector, across: Vector, up: Vector,
    look: @escaping (_ x: Float, _ y: Float) -> Surface
  ) -> Sheet {
    let width = length(across)
    let height = length(up)
    return Sheet(
      columns: 2, rows: 2, material: { u, v in look(u * width, (v * 2 - 1) * height) },
      shape: { u, v in centre + across * u + up * (v * 2 - 1) })
  }
}

/// The place of the `index`-th of many things packed evenly around a centre, as the florets of a
/// disc are (Vogel 1979): angle in radians, and the square root of its share in the area.
func phyllotaxis(_ index: Int, of count: Int) -> (angle: Float, radius: Float) {
  (Float(index) * 2.399963, ((Float(index) + 0.5) / Float(count)).squareRoot())
}
