import TerminalGrid

/// Gives every combination of foreground and background a colour pair of ncurses.
///
/// Pairs are made when first needed and never changed: redefining one makes ncurses search the
/// whole screen. When all are used, further combinations get the nearest pair there is.
struct ColorTable {
  /// -1 is the terminal's own colour.
  struct Combination: Hashable {
    let foreground: Int
    let background: Int
  }

  private let level: ColorLevel
  private let pairLimit: Int
  private let hasDefaultColors: Bool
  private var pairs: [Combination: Int] = [:]
  private var made: [Combination] = []

  /// - Parameters:
  ///   - pairLimit: Pairs that the terminal has, the unchangeable pair 0 among them.
  ///   - hasDefaultColors: Whether a pair may hold the terminal's own colours.
  init(level: ColorLevel, pairLimit: Int, hasDefaultColors: Bool) {
    self.level = level
    self.pairLimit = pairLimit
    self.hasDefaultColors = hasDefaultColors
  }

  /// Returns the pair of a style, and its colours when it is new and must be defined.
  mutating func pair(for style: Style) -> (number: Int, new: Combination?) {
    guard level > .monochrome else { return (0, nil) }
    let wanted = Combination(
      foreground: number(style.foreground, isBackground: false),
      background: number(style.background, isBackground: true))
    if wanted == Combination(foreground: -1, background: -1) { return (0, nil) }
    if let pair = pairs[wanted] { return (pair, nil) }
    guard made.count + 1 < pairLimit else {
      let pair = nearestPair(to: wanted)
      pairs[wanted] = pair
      return (pair, nil)
    }
    made.append(wanted)
    pairs[wanted] = made.count
    return (made.count, wanted)
  }

  private func number(_ color: Color, isBackground: Bool) -> Int {
    switch color {
    case .standard: hasDefaultColors ? -1 : isBackground ? 0 : 7
    case .palette(let index): Int(Palette.reduce(index, to: level, isBackground: isBackground))
    }
  }

  private func nearestPair(to wanted: Combination) -> Int {
    var best = 0
    var bestDistance = Int.max
    for (index, combination) in made.enumerated() {
      let distance =
        distance(wanted.foreground, combination.foreground)
        + distance(wanted.background, combination.background)
      if distance < bestDistance {
        best = index + 1
        bestDistance = distance
      }
    }
    return best
  }

  /// The terminal's own colours are unknown, so they are far from all others.
  private func distance(_ first: Int, _ second: Int) -> Int {
    if first == second { return 0 }
    guard let first = UInt8(exactly: first), let second = UInt8(exactly: second) else {
      return 1_000_000
    }
    return Palette.color(of: first).distance(to: Palette.color(of: second))
  }
}
