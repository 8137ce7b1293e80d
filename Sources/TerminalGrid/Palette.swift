/// The 256 colours of a terminal's palette, as xterm defines them.
///
/// Entries 0–15 are often set otherwise by a terminal's owner, so what is found by these numbers is
/// a guess for them, and exact for the rest.
public enum Palette {
  /// Red, green and blue, each 0…255.
  public struct RGB: Hashable, Sendable {
    public let red: Int
    public let green: Int
    public let blue: Int

    public init(red: Int, green: Int, blue: Int) {
      self.red = red
      self.green = green
      self.blue = blue
    }

    /// How far two colours are apart: squared, green counted most, as the eye does.
    public func distance(to other: RGB) -> Int {
      let (red, green, blue) = (red - other.red, green - other.green, blue - other.blue)
      return 2 * red * red + 4 * green * green + 3 * blue * blue
    }
  }

  /// Returns an entry's colour.
  public static func color(of entry: UInt8) -> RGB {
    switch Int(entry) {
    // Four of the first sixteen are no corners of the colour cube.
    case 4: return RGB(red: 0, green: 0, blue: 238)
    case 7: return RGB(red: 229, green: 229, blue: 229)
    case 8: return RGB(red: 127, green: 127, blue: 127)
    case 12: return RGB(red: 92, green: 92, blue: 255)
    case let named where named < 16:
      let full = named < 8 ? 205 : 255
      return RGB(
        red: named & 1 != 0 ? full : 0, green: named & 2 != 0 ? full : 0,
        blue: named & 4 != 0 ? full : 0)
    case let cube where cube < 232:
      let steps = [0, 95, 135, 175, 215, 255]
      return RGB(
        red: steps[(cube - 16) / 36], green: steps[(cube - 16) / 6 % 6],
        blue: steps[(cube - 16) % 6])
    case let gray:
      let value = 8 + 10 * (gray - 232)
      return RGB(red: value, green: value, blue: value)
    }
  }

  /// Returns the entry that looks most like a colour, the first of equals.
  ///
  /// - Parameter entries: Where to look; the part that every terminal shows alike when not given.
  public static func nearest(to color: RGB, in entries: ClosedRange<UInt8> = 16...255) -> UInt8 {
    entries.min { Self.color(of: $0).distance(to: color) < Self.color(of: $1).distance(to: color) }
      ?? entries.lowerBound
  }

  /// Returns the entry of a smaller palette that looks most like an entry of the 256.
  ///
  /// - Parameters:
  ///   - level: The colours there are; `.monochrome` is treated as `.eight`.
  ///   - isBackground: With eight colours, gray becomes black as a background and white as a
  ///     foreground, so that text stays readable on it and off it.
  public static func reduce(_ entry: UInt8, to level: ColorLevel, isBackground: Bool) -> UInt8 {
    if level == .full { return entry }
    let named = entry < 16 ? entry : nearest(to: color(of: entry), in: 0...15)
    if level == .sixteen { return named }
    if named == 8 { return isBackground ? 0 : 7 }
    return named % 8
  }
}
