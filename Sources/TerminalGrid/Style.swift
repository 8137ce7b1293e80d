/// A colour as a terminal names it.
public enum Color: Hashable, Sendable {
  /// Whatever the terminal shows when nothing is asked for.
  case standard
  /// An entry of the 256-colour palette: 0–7 normal and 8–15 bright (both as the terminal's owner
  /// set them), 16–231 a 6 × 6 × 6 cube, 232–255 grays.
  case palette(UInt8)

  public static let black = Color.palette(0)
  public static let red = Color.palette(1)
  public static let green = Color.palette(2)
  public static let yellow = Color.palette(3)
  public static let blue = Color.palette(4)
  public static let magenta = Color.palette(5)
  public static let cyan = Color.palette(6)
  public static let white = Color.palette(7)
}

/// How many colours a terminal shows, poorest first.
public enum ColorLevel: Int, Hashable, Sendable, Comparable, CaseIterable {
  /// No colour at all: only bold, dim, underline and reverse tell things apart.
  case monochrome
  /// Palette entries 0–7.
  case eight
  /// Palette entries 0–15.
  case sixteen
  /// The whole palette.
  case full

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What a character's cell looks like besides the character.
public struct Style: Hashable, Sendable {
  /// Renditions that can be combined.
  public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
  }

  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(
    _ foreground: Color = .standard, on background: Color = .standard,
    _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// The terminal's own colours, no attributes.
  public static let plain = Style()

  /// Returns this style with further attributes.
  public func adding(_ more: Attributes) -> Style {
    Style(foreground, on: background, attributes.union(more))
  }

  /// Returns this style with `.standard` colours replaced by those of `base`; attributes stay as
  /// they are.
  public func filling(from base: Style) -> Style {
    Style(
      foreground == .standard ? base.foreground : foreground,
      on: background == .standard ? base.background : background,
      attributes)
  }
}
