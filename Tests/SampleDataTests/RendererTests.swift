import Testing

@testable import SampleData

@Suite struct RendererTests {
  private static let overhead = Camera(
    rotation: .identity, target: .zero, distance: 5, magnification: 20, centreX: 32, centreY: 24)

  @Test func projectionIsUndone() throws {
    let camera = Camera(
      rotation: Rotation(facing: Vector(0.3, 0.5, 0.8)), target: Vector(1, 2, 3), distance: 6,
      magnification: 50, centreX: 40, centreY: 30)
    let point = Vector(1.4, 1.7, 3.6)
    let projection = try #require(camera.project(point))
    let back = camera.point(x: projection.x, y: projection.y, nearness: projection.nearness)
    #expect(length(back - point) < 1e-4)
  }

  @Test func pointsBehindTheCameraAreNotSeen() {
    #expect(RendererTests.overhead.project(Vector(0, 0, 6)) == nil)
  }

  @Test func theNearerSheetHidesTheOther() {
    let near = plane(z: 1, side: 0.5)
    let far = plane(z: -1, side: 1.2)
    for sheets in [[near, far], [far, near]] {
      let frame = FrameBuffer(
        width: 64, height: 48, model: Model(sheets: sheets), camera: RendererTests.overhead)
      let nearIndex: Int32 = sheets[0].points[0].z > 0 ? 0 : 1
      #expect(frame.samples[24 * 64 + 32].sheet == nearIndex)
      #expect(frame.samples[24 * 64 + 16].sheet == 1 - nearIndex)
      #expect(frame.samples[0].sheet == -1)
    }
  }

  @Test func aSheetThrowsItsShadow() {
    var random = SplitMix64(seed: 1)
    var light = Light(.sunny, random: &random)
    light.direction = Vector(0, 0.001, 1)
    let renderer = Renderer(width: 60, height: 60, light: light)
    func centre(_ model: Model) -> Float {
      // Seen from the side of the small plane, so that only its shadow is in view.
      renderer.render(
        model, framing: 2, rotation: Rotation(facing: Vector(1, 0, 0.6)), shift: .zero, reach: 5
      ).pixels[30 * 60 + 30].x
    }
    let wall = plane(z: 0, side: 4)
    let open = centre(Model(sheets: [wall]))
    let shaded = centre(Model(sheets: [wall, plane(z: 3, side: 0.6)]))
    #expect(shaded < open * 0.5)
  }

  @Test(arguments: [Float(1), 2, 5])
  func blurKeepsTheLight(deviation: Float) {
    var canvas = Canvas(width: 61, height: 61)
    canvas.pixels[30 * 61 + 30] = SIMD4(repeating: 1)
    let blurred = canvas.blurred(by: deviation)
    let total = blurred.pixels.reduce(0) { $0 + $1.x }
    #expect(abs(total - 1) < 1e-3)
    #expect(blurred.pixels[30 * 61 + 30].x < 0.7)
  }

  @Test func reducingAverages() {
    let canvas = Canvas(width: 4, height: 2) { x, _ in Vector(repeating: x < 0 ? 1 : 0) }
    #expect(canvas.reduced(by: 2).pixels.map(\.x) == [1, 0])
  }

  private func plane(z: Float, side: Float) -> Sheet {
    .plane(centre: Vector(0, 0, z), across: Vector(side, 0, 0), up: Vector(0, side, 0)) { _, _ in
      Surface(colour: Vector(0.5, 0.5, 0.5))
    }
  }
}
