import Foundation

/// A point, a direction or a linear-light colour.
typealias Vector = SIMD3<Float>

func dot(_ a: Vector, _ b: Vector) -> Float {
  a.x * b.x + a.y * b.y + a.z * b.z
}

func cross(_ a: Vector, _ b: Vector) -> Vector {
  Vector(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x)
}

func length(_ a: Vector) -> Float {
  dot(a, a).squareRoot()
}

/// The direction of a vector; straight up the z axis for one without direction.
func normalized(_ a: Vector) -> Vector {
  let size = length(a)
  return size > 1e-12 ? a / size : Vector(0, 0, 1)
}

func mix(_ a: Vector, _ b: Vector, _ share: Float) -> Vector {
  a + (b - a) * share
}

func mix(_ a: Float, _ b: Float, _ share: Float) -> Float {
  a + (b - a) * share
}

func clamp(_ value: Float, _ lower: Float = 0, _ upper: Float = 1) -> Float {
  min(max(value, lower), upper)
}

/// 0 below `lower`, 1 above `upper`, a smooth step between.
func smoothstep(_ lower: Float, _ upper: Float, _ value: Float) -> Float {
  let t = clamp((value - lower) / (upper - lower))
  return t * t * (3 - 2 * t)
}

/// A rotation, as the images of the three axes.
struct Rotation {
  var x = Vector(1, 0, 0)
  var y = Vector(0, 1, 0)
  var z = Vector(0, 0, 1)

  static let identity = Rotation()

  private init() {}

  /// Turns by `angle` radians, counterclockwise when the axis points at the viewer.
  init(around axis: Vector, by angle: Float) {
    let a = normalized(axis)
    let c = cos(angle)
    let s = sin(angle)
    func turn(_ p: Vector) -> Vector { p * c + cross(a, p) * s + a * (dot(a, p) * (1 - c)) }
    x = turn(x)
    y = turn(y)
    z = turn(z)
  }

  /// Takes the z axis to `direction`, after a roll around it.
  init(facing direction: Vector, roll: Float = 0) {
    let forward = normalized(direction)
    let helper = abs(forward.y) > 0.95 ? Vector(0, 0, -1) : Vector(0, 1, 0)
    let right = normalized(cross(helper, forward))
    let up = cross(forward, right)
    x = right * cos(roll) + up * sin(roll)
    y = up * cos(roll) - right * sin(roll)
    z = forward
  }

  func callAsFunction(_ p: Vector) -> Vector {
    x * p.x + y * p.y + z * p.z
  }

  /// Undoes the rotation.
  func undone(_ p: Vector) -> Vector {
    Vector(dot(x, p), dot(y, p), dot(z, p))
  }
}

/// Where a thing stands: scaled, then turned, then moved.
struct Placement {
  var rotation = Rotation.identity
  var scale: Float = 1
  var offset = Vector.zero

  func callAsFunction(_ p: Vector) -> Vector {
    rotation(p * scale) + offset
  }
}

/// The point of a cubic Bézier curve at `t` in 0...1.
func bezier(_ a: Vector, _ b: Vector, _ c: Vector, _ d: Vector, _ t: Float) -> Vector {
  let s = 1 - t
  return a * (s * s * s) + b * (3 * s * s * t) + c * (3 * s * t * t) + d * (t * t * t)
}
