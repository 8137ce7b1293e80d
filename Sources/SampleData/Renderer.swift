import Foundation

/// Turns models into pixels: nearest surface, shadow map, ambient occlusion, light through petals.
struct Renderer {
  let width: Int
  let height: Int
  let light: Light

  /// Samples along each side of a pixel.
  private static let supersampling = 3
  private static let shadowMapSide = 900

  /// Draws the model over nothing, seen from `rotation` around the origin.
  ///
  /// - Parameters:
  ///   - framing: Half of the picture's short side, in world units at the origin.
  ///   - shift: Move of the picture, as a share of its short side.
  ///   - reach: Radius around the origin that throws shadows.
  func render(
    _ model: Model, framing: Float, rotation: Rotation, shift: Vector, reach: Float
  ) -> Canvas {
    let factor = Renderer.supersampling
    let short = Float(min(width, height) * factor)
    let camera = Camera(
      rotation: rotation, target: .zero, distance: 4 * framing + 2,
      magnification: short / (2 * framing), centreX: Float(width * factor) / 2 + shift.x * short,
      centreY: Float(height * factor) / 2 - shift.y * short)
    let frame = FrameBuffer(
      width: width * factor, height: height * factor, model: model, camera: camera)
    let side = Renderer.shadowMapSide
    let sun = Camera(
      rotation: Rotation(facing: light.direction), target: camera.target, distance: nil,
      magnification: Float(side) / (2 * reach), centreX: Float(side) / 2, centreY: Float(side) / 2)
    let shadows = FrameBuffer(
      width: side, height: side, model: model, camera: sun, depthOnly: true)
    var canvas = Canvas(width: frame.width, height: frame.height)
    for y in 0..<frame.height {
      for x in 0..<frame.width {
        let pixel = y * frame.width + x
        let sample = frame.samples[pixel]
        guard sample.sheet >= 0 else { continue }
        let point = camera.point(x: Float(x), y: Float(y), nearness: frame.nearness[pixel])
        let towardsCamera = normalized(camera.position - point)
        var normal = normalized(sample.normal)
        if dot(normal, towardsCamera) < 0 { normal = -normal }
        let turn = Renderer.scatter(x, y) * 2 * .pi
        let surface = model.sheets[Int(sample.sheet)].material(sample.u, sample.v)
        let colour = shade(
          surface, normal: normal, towardsCamera: towardsCamera,
          lit: lit(point + normal * 0.015, shadows, sun, turn),
          open: openness(point, normal, frame, camera, x, y, turn))
        canvas.pixels[pixel] = SIMD4(colour, 1)
      }
    }
    return canvas.reduced(by: factor)
  }

  private func shade(
    _ surface: Surface, normal: Vector, towardsCamera: Vector, lit: Float, open: Float
  ) -> Vector {
    let facing = dot(normal, light.direction)
    let upward = normal.y * 0.5 + 0.5
    let through = Colour.saturated(surface.colour, by: 1.35) * surface.translucency
    var colour = surface.colour * light.sun * (max(facing, 0) * lit)
    colour += through * light.sun * (max(-facing, 0) * lit)
    // The floor under the openness keeps deep folds from going black: petals light each other.
    colour += surface.colour * mix(light.bounce, light.sky, upward) * open
    colour += surface.colour * surface.colour * light.sun * (0.12 * (1 - open) * lit)
    if surface.gloss > 0 {
      let half = normalized(light.direction + towardsCamera)
      let highlight = pow(max(dot(normal, half), 0), 12 + 90 * surface.gloss)
      colour += light.sun * (highlight * surface.gloss * lit)
      colour += light.sky * (surface.gloss * 0.25 * pow(1 - max(dot(normal, towardsCamera), 0), 4))
    }
    return colour
  }

  /// Share of the sun that reaches a point, in 0...1.
  private func lit(_ point: Vector, _ shadows: FrameBuffer, _ sun: Camera, _ turn: Float) -> Float {
    guard let centre = sun.project(point) else { return 1 }
    let bias = 0.012 + light.softness * 0.12
    let tapCount = 8
    var open: Float = 0
    for tap in 0..<tapCount {
      let (dx, dy) = Renderer.spiral(tap, of: tapCount, turn)
      let radius = light.softness * sun.magnification + 0.7
      let x = Int((centre.x + dx * radius).rounded())
      let y = Int((centre.y + dy * radius).rounded())
      guard x >= 0, y >= 0, x < shadows.width, y < shadows.height else {
        open += 1
        continue
      }
      if shadows.nearness[y * shadows.width + x] <= centre.nearness + bias { open += 1 }
    }
    return open / Float(tapCount)
  }

  /// Share of the surroundings that a point sees, in 0.15...1, judged from the neighbouring pixels.
  private func openness(
    _ point: Vector, _ normal: Vector, _ frame: FrameBuffer, _ camera: Camera, _ x: Int, _ y: Int,
    _ turn: Float
  ) -> Float {
    let tapCount = 9
    let reach: Float = 0.3
    let nearness = frame.nearness[y * frame.width + x]
    let radius = min(reach * camera.magnification * (camera.distance ?? 1) * nearness, 120)
    var hidden: Float = 0
    for tap in 0..<tapCount {
      let (dx, dy) = Renderer.spiral(tap, of: tapCount, turn)
      let px = Int(Float(x) + dx * radius)
      let py = Int(Float(y) + dy * radius)
      guard px >= 0, py >= 0, px < frame.width, py < frame.height else { continue }
      let near = frame.nearness[py * frame.width + px]
      guard near > 0 else { continue }
      let towards = camera.point(x: Float(px), y: Float(py), nearness: near) - point
      let distance = length(towards)
      guard distance > 1e-4, distance < reach * 2 else { continue }
      hidden += max(dot(normal, towards) / distance - 0.12, 0) * (1 - distance / (reach * 2))
    }
    return max(1 - 2.1 * hidden / Float(tapCount), 0.15)
  }

  /// The `tap`-th of `count` places spread over the unit disc along a golden-angle spiral.
  private static func spiral(_ tap: Int, of count: Int, _ turn: Float) -> (Float, Float) {
    let radius = ((Float(tap) + 0.5) / Float(count)).squareRoot()
    let angle = Float(tap) * 2.399963 + turn
    return (cos(angle) * radius, sin(angle) * radius)
  }

  /// A number in 0..<1 that differs between neighbouring pixels, so that too few taps show as fine
  /// grain, which the supersampling averages away, and not as bands.
  private static func scatter(_ x: Int, _ y: Int) -> Float {
    // Jimenez's interleaved gradient noise (SIGGRAPH 2014 course).
    let slope = (0.06711056 * Float(x) + 0.00583715 * Float(y)).truncatingRemainder(dividingBy: 1)
    return (52.9829189 * slope).truncatingRemainder(dividingBy: 1)
  }
}
