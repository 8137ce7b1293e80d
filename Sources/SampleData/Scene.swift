import Foundation
import Imaging

/// Everything in one picture, drawn by chance from a seed.
struct Scene {
  /// How a further shot of the same scene differs from the first; not at all by default.
  struct Retake {
    /// Move of the picture, as a share of the picture's short side.
    var shift = Vector.zero
    var exposure: Float = 1
  }

  let width: Int
  let height: Int
  private let light: Light
  let framing: Float
  private let camera: Rotation
  private let behind: Canvas
  var far = Model()
  var main = Model()
  var front = Model()
  private let farBlur: Float
  private let frontBlur: Float
  private let effects: Effects
  var random: SplitMix64

  /// Draws up the scene; `clean` ones have a smooth background and no grain, and so pack well.
  init(of species: Species, width: Int, height: Int, clean: Bool, seed: UInt64) {
    var random = SplitMix64(seed: seed)
    self.width = width
    self.height = height
    let composition =
      clean ? random.pick([.closeUp, .portrait, .pair]) : Composition.random(&random)
    framing = composition.framing(random: &random)
    let setting = Setting(for: composition, clean: clean, random: &random)
    var light = Light(setting.mood, random: &random)
    if setting.ground != nil { light.direction.z = max(light.direction.z, 0.4) }
    light.direction = normalized(light.direction)
    self.light = light
    camera = Rotation(around: Vector(1, 0, 0), by: -setting.pitch)
    behind = setting.backdrop.paint(width: width, height: height, light: light, random: &random)
    var effects = Effects(random: &random)
    if clean { effects.grain = 0 }
    self.effects = effects
    farBlur = random.uniform(2.5, 6)
    frontBlur = random.uniform(1.5, 5)
    self.random = random
    addFlowers(of: species, composition, setting)
    addGround(setting, composition)
    if setting.ground == nil, composition == .field || composition == .group { addGrass() }
    if setting.showsFarFlowers, self.random.chance(0.45) { addFarFlowers() }
    if composition != .lying, self.random.chance(clean ? 0.1 : 0.28) { addGrassInFront() }
  }

  /// Takes the picture.
  func render(_ retake: Retake = Retake()) -> PixelImage {
    var random = random
    var canvas = behind
    let renderer = Renderer(width: width, height: height, light: light)
    let reach = framing * 2.4
    for (model, blur) in [(far, farBlur), (main, 0), (front, frontBlur)] where !model.sheets.isEmpty
    {
      canvas.lay(
        renderer.render(
          model, framing: framing, rotation: camera, shift: retake.shift, reach: reach
        )
        .blurred(by: blur))
    }
    var effects = effects
    effects.exposure *= retake.exposure
    return effects.develop(canvas, random: &random)
  }
}
