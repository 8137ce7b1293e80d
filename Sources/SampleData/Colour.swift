import Foundation

/// Linear-light colours; 1 is white paper in full light.
enum Colour {
  /// The colour that a screen shows for `0xRRGGBB`.
  static func hex(_ code: UInt32) -> Vector {
    func channel(_ shift: UInt32) -> Float { linear(Float((code >> shift) & 0xFF) / 255) }
    return Vector(channel(16), channel(8), channel(0))
  }

  /// sRGB's decoding (IEC 61966-2-1).
  static func linear(_ encoded: Float) -> Float {
    encoded <= 0.04045 ? encoded / 12.92 : pow((encoded + 0.055) / 1.055, 2.4)
  }

  /// sRGB's encoding (IEC 61966-2-1), of a value clamped to 0...1.
  static func encoded(_ linear: Float) -> Float {
    let value = clamp(linear)
    return value <= 0.0031308 ? value * 12.92 : 1.055 * pow(value, 1 / 2.4) - 0.055
  }

  static func luminance(_ colour: Vector) -> Float {
    dot(colour, Vector(0.2126, 0.7152, 0.0722))
  }

  /// More (above 1) or less (below 1) colourful, equally bright.
  static func saturated(_ colour: Vector, by factor: Float) -> Vector {
    let gray = Vector(repeating: luminance(colour))
    return (gray + (colour - gray) * factor).clamped(
      lowerBound: .zero, upperBound: Vector(repeating: 4))
  }

  /// A neighbour of the colour: up to the share `amount` brighter or darker, and half that in hue.
  static func varied(_ colour: Vector, by amount: Float, _ random: inout SplitMix64) -> Vector {
    let overall = 1 + random.uniform(-amount, amount)
    let tint = Vector(
      random.uniform(-amount, amount), random.uniform(-amount, amount),
      random.uniform(-amount, amount))
    return colour * (Vector(repeating: overall) + tint * 0.5)
  }
}

/// Petal colours, shared by the three kinds so that colour alone does not tell them apart.
enum PetalColour: UInt32 {
  case white = 0xFBF8F2
  case cream = 0xF8EBC4
  case lemon = 0xF8E36A
  case yellow = 0xF6C515
  case apricot = 0xF6B47C
  case orange = 0xEE7A1E
  case coral = 0xEE6A5A
  case blush = 0xF6CFD2
  case pink = 0xE985B0
  case magenta = 0xC42E86
  case lilac = 0xBFA0DC
  case purple = 0x7A3A9A
  case red = 0xC81E24
  case crimson = 0x7E1226

  var colour: Vector { Colour.hex(rawValue) }
}
