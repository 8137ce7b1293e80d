/// How world points fall on a frame of pixels.
struct Camera {
  /// Where the axes of the camera point; it looks along its negative z axis.
  let rotation: Rotation
  /// What the camera turns around and looks at.
  let target: Vector
  /// From the camera to the target; `nil` for parallel rays, as from the sun.
  let distance: Float?
  /// Pixels per unit at the target.
  let magnification: Float
  /// Where the target falls, in pixels.
  let centreX: Float
  let centreY: Float

  /// A point on the frame.
  struct Projection {
    var x: Float
    var y: Float
    /// Rises towards the camera, and linear across a flat surface on the frame.
    var nearness: Float
    /// What attributes are weighted with so that they run straight in the world.
    var weight: Float
  }

  /// Returns `nil` for a point beside or behind a camera with perspective.
  func project(_ point: Vector) -> Projection? {
    let p = rotation.undone(point - target)
    guard let distance else {
      return Projection(
        x: centreX + p.x * magnification, y: centreY - p.y * magnification, nearness: p.z, weight: 1
      )
    }
    let depth = distance - p.z
    guard depth > 0.05 * distance else { return nil }
    let scale = magnification * distance / depth
    return Projection(
      x: centreX + p.x * scale, y: centreY - p.y * scale, nearness: 1 / depth, weight: 1 / depth)
  }

  /// The point that projects to a pixel with this nearness.
  func point(x: Float, y: Float, nearness: Float) -> Vector {
    let p: Vector
    if let distance {
      let depth = 1 / nearness
      let scale = depth / (magnification * distance)
      p = Vector((x - centreX) * scale, (centreY - y) * scale, distance - depth)
    } else {
      p = Vector((x - centreX) / magnification, (centreY - y) / magnification, nearness)
    }
    return target + rotation(p)
  }

  /// Where the camera itself stands; far out along its axis when its rays are parallel.
  var position: Vector {
    target + rotation.z * (distance ?? 1000)
  }
}
