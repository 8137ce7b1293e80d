/// What a scene is lit by; colours may exceed 1.
struct Light {
  enum Mood {
    case sunny, cloudy, golden, dim, lamp
  }

  /// Towards the sun or the lamp.
  var direction: Vector
  var sun: Vector
  var sky: Vector
  /// What the ground throws back up.
  var bounce: Vector
  /// Radius of a shadow's soft edge, in world units.
  var softness: Float

  init(_ mood: Mood, random: inout SplitMix64) {
    direction = normalized(
      Vector(random.uniform(-1.3, 1.3), random.uniform(0.35, 1.5), random.uniform(-0.35, 1.5)))
    switch mood {
    case .sunny:
      sun = Vector(2.3, 2.15, 1.9)
      sky = Vector(0.42, 0.52, 0.7)
      bounce = Vector(0.2, 0.22, 0.12)
      softness = 0.02
    case .cloudy:
      sun = Vector(0.75, 0.77, 0.8)
      sky = Vector(0.85, 0.9, 1)
      bounce = Vector(0.3, 0.33, 0.25)
      softness = 0.25
    case .golden:
      direction = normalized(direction * Vector(1.4, 0.5, 1))
      sun = Vector(2.6, 1.75, 0.95)
      sky = Vector(0.4, 0.42, 0.6)
      bounce = Vector(0.25, 0.2, 0.1)
      softness = 0.05
    case .dim:
      sun = Vector(0.35, 0.4, 0.5)
      sky = Vector(0.3, 0.37, 0.5)
      bounce = Vector(0.1, 0.1, 0.1)
      softness = 0.2
    case .lamp:
      direction = normalized(direction * Vector(1, 1, 0.6) + Vector(0, 0, 0.3))
      sun = Vector(1.9, 1.45, 1)
      sky = Vector(0.3, 0.26, 0.24)
      bounce = Vector(0.16, 0.12, 0.08)
      softness = 0.09
    }
  }
}
