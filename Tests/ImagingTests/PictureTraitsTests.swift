import Imaging
import Testing

@Suite struct PictureTraitsTests {
  private func mapped(_ image: PixelImage, _ change: (Int) -> Int) -> PixelImage {
    PixelImage(
      width: image.width, height: image.height,
      pixels: image.pixels.map { UInt8(clamping: change(Int($0))) })
  }

  /// Means over squares of so many pixels a side.
  private func blurred(_ image: PixelImage, reach: Int) -> PixelImage {
    var pixels = image.pixels
    for y in 0..<image.height {
      for x in 0..<image.width {
        for channel in 0..<3 {
          var (sum, count) = (0, 0)
          for row in max(0, y - reach)...min(image.height - 1, y + reach) {
            for column in max(0, x - reach)...min(image.width - 1, x + reach) {
              sum += Int(image.pixels[3 * (row * image.width + column) + channel])
              count += 1
            }
          }
          pixels[3 * (y * image.width + x) + channel] = UInt8(sum / count)
        }
      }
    }
    return PixelImage(width: image.width, height: image.height, pixels: pixels)
  }

  /// Sharp edges and fine noise.
  private func sharp(seed: UInt64) -> PixelImage {
    var state = seed &* 77 &+ 5
    func next() -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 40)
    }
    let levels = (0..<24).map { _ in 40 + next() % 180 }
    var pixels: [UInt8] = []
    for y in 0..<96 {
      for x in 0..<128 {
        let level = levels[(x / 22 + y / 17 * 7) % 24]
        for channel in 0..<3 { pixels.append(UInt8(clamping: level + channel * 9 + next() % 20)) }
      }
    }
    return PixelImage(width: 128, height: 96, pixels: pixels)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func theMoreAPictureIsBlurredTheHigherItsBlur(seed: UInt64) {
    let picture = sharp(seed: seed)
    let levels = [0, 1, 3, 6].map {
      PictureTraits(of: $0 == 0 ? picture : blurred(picture, reach: $0)).blur
    }
    #expect(levels == levels.sorted() && levels[0] < 0.4 && levels[3] > 0.6, "\(levels)")
  }

  @Test func lightAndColourAreTold() {
    let picture = sharp(seed: 3)
    let dark = PictureTraits(of: mapped(picture) { $0 / 20 })
    #expect(dark.brightLuma < 15 && dark.darkLuma <= dark.brightLuma)
    let bright = PictureTraits(of: mapped(picture) { 255 - (255 - $0) / 20 })
    #expect(bright.darkLuma > 240)
    let plain = PictureTraits(of: mapped(picture) { _ in 90 })
    #expect(plain == PictureTraits(of: blurred(mapped(picture) { _ in 90 }, reach: 2)))
    #expect(plain.colorSpread == 0 && plain.blur == 1 && plain.darkLuma == 90)
    #expect(PictureTraits(of: picture).colorSpread > 30)
  }

  @Test func aPixelHasTraits() {
    let pixel = PixelImage(width: 1, height: 1, pixels: [10, 20, 30])
    #expect(PictureTraits(of: pixel).colorSpread == 0)
  }
}
