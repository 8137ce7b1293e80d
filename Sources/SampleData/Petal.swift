import Foundation

/// The form of a petal, ray or leaf that grows from the origin along x, its upper side towards +z.
struct Petal {
  var length: Float = 1
  /// Half of the greatest width.
  var halfWidth: Float = 0.2
  /// How fast it widens from the base: small numbers make a broad base.
  var baseTaper: Float = 0.5
  /// How fast it narrows to the tip: 0.3 is blunt, 0.5 round, 1 pointed.
  var tipTaper: Float = 0.5
  /// Slope at the base in radians: 0 lies flat, π/2 stands up.
  var rise: Float = 0
  /// Change of slope from base to tip in radians: positive curls inwards.
  var curl: Float = 0
  /// Angle in radians through which each half bends up (positive) or down: 0 is flat, π a tube.
  var cup: Float = 0
  /// Turn of the tip around the middle line, in radians.
  var twist: Float = 0
  /// Height of the waves along the edges, in widths.
  var ruffle: Float = 0
  var ruffleCount: Float = 3
  /// Depth of the cut in the tip, as a share of the length.
  var notch: Float = 0
  var phase: Float = 0

  /// The petal as a sheet with its base `offset` from the axis, turned around z by `angle`.
  func sheet(
    at angle: Float, offset: Float = 0, height: Float = 0, columns: Int = 7, rows: Int = 14,
    material: @escaping Material
  ) -> Sheet {
    let spine = spine(steps: rows - 1)
    let widest = baseTaper / (baseTaper + tipTaper)
    let peak = pow(widest, baseTaper) * pow(1 - widest, tipTaper)
    let turn = Rotation(around: Vector(0, 0, 1), by: angle)
    return Sheet(columns: columns, rows: rows, material: material) { u, row in
      // Rows crowd towards the tip, where the outline turns fastest.
      let v = 1 - pow(1 - row, 1.5)
      // The notch draws the middle of the tip back along the spine.
      let reach = clamp(v - notch * v * v * (1 - abs(u)) * (1 - abs(u)))
      let step = min(Int(reach * Float(rows - 1)), rows - 2)
      let share = reach * Float(rows - 1) - Float(step)
      let x = mix(spine[step].x, spine[step + 1].x, share)
      let z = mix(spine[step].y, spine[step + 1].y, share)
      let slope = rise + curl * reach
      let width = halfWidth * pow(v, baseTaper) * pow(1 - v, tipTaper) / peak
      var across = width * u
      var lift: Float = 0
      if abs(cup) > 0.01 {
        across = sin(cup * u) / cup * width
        lift = (1 - cos(cup * u)) / cup * width
      }
      lift += ruffle * width * u * u * sin(v * ruffleCount * 2 * .pi + phase + u * 1.3)
      if twist != 0 {
        let turned = twist * v
        (across, lift) = (
          across * cos(turned) - lift * sin(turned), across * sin(turned) + lift * cos(turned)
        )
      }
      return turn(
        Vector(offset + x - lift * sin(slope), across, height + z + lift * cos(slope)))
    }
  }

  /// Points of the middle line in the plane of x and z.
  private func spine(steps: Int) -> [SIMD2<Float>] {
    var points: [SIMD2<Float>] = [.zero]
    for step in 0..<steps {
      let slope = rise + curl * (Float(step) + 0.5) / Float(steps)
      points.append(
        points[step] + SIMD2(cos(slope), sin(slope)) * (length / Float(steps)))
    }
    return points
  }
}
