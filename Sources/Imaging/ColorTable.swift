/// The colours that the numbers of an indexed picture stand for.
struct ColorTable {
  /// Red, green and blue of 256 colours.
  private(set) var samples = [UInt8](repeating: 0, count: 256 * 3)

  /// A ramp of grays, which is what a number means where no table says otherwise.
  static let grays: ColorTable = {
    var table = ColorTable()
    for index in 0..<256 { table.set(index, to: (UInt8(index), UInt8(index), UInt8(index))) }
    return table
  }()

  mutating func set(_ index: Int, to color: (UInt8, UInt8, UInt8)) {
    (samples[3 * index], samples[3 * index + 1], samples[3 * index + 2]) = color
  }

  func color(_ index: Int) -> (UInt8, UInt8, UInt8) {
    (samples[3 * index], samples[3 * index + 1], samples[3 * index + 2])
  }

  /// Replaces numbers by their colours.
  func picture(of indices: [UInt8], width: Int, height: Int) -> PixelImage {
    let pixels = [UInt8](unsafeUninitializedCapacity: indices.count * 3) { target, count in
      samples.withUnsafeBufferPointer { samples in
        for (place, index) in indices.enumerated() {
          let from = 3 &* Int(index)
          target[3 &* place] = samples[from]
          target[3 &* place &+ 1] = samples[from &+ 1]
          target[3 &* place &+ 2] = samples[from &+ 2]
        }
      }
      count = target.count
    }
    return PixelImage(width: width, height: height, pixels: pixels)
  }
}
