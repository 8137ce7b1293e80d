import Foundation

/// Seeded smooth noise on the plane: the grain of wood, soil, clouds and petals.
struct Noise {
  private let seed: UInt32

  init(_ random: inout SplitMix64) {
    seed = UInt32(truncatingIfNeeded: random.next())
  }

  /// An even-looking number in 0..<1 for a cell of the integer grid.
  func cell(_ x: Int32, _ y: Int32) -> Float {
    var hash = seed &+ UInt32(bitPattern: x) &* 0x9E37_79B1 &+ UInt32(bitPattern: y) &* 0x85EB_CA77
    hash = (hash ^ (hash >> 15)) &* 0x2C1B_3C6D
    hash = (hash ^ (hash >> 12)) &* 0x297A_2D39
    return Float((hash ^ (hash >> 15)) >> 8) * 0x1p-24
  }

  /// Value noise in 0..<1, with features about one unit wide.
  func smooth(_ x: Float, _ y: Float) -> Float {
    let left = x.rounded(.down)
    let top = y.rounded(.down)
    let column = Int32(left)
    let row = Int32(top)
    let s = smoothstep(0, 1, x - left)
    let t = smoothstep(0, 1, y - top)
    return mix(
      mix(cell(column, row), cell(column &+ 1, row), s),
      mix(cell(column, row &+ 1), cell(column &+ 1, row &+ 1), s), t)
  }

  /// Four octaves of value noise, in 0..<1.
  func fractal(_ x: Float, _ y: Float) -> Float {
    var total: Float = 0
    var weight: Float = 0.5
    var scale: Float = 1
    for octave in 0..<4 {
      // The shift keeps the octaves' grids from meeting at the origin.
      let shift = Float(octave) * 17.3
      total += weight * smooth(x * scale + shift, y * scale - shift)
      weight *= 0.5
      scale *= 2.03
    }
    return total / 0.9375
  }

  /// Distances to the nearest and second-nearest of one random point per cell, and the nearest's
  /// own number in 0..<1 (Worley's cellular noise): pebbles and cobbles.
  func cellular(_ x: Float, _ y: Float) -> (nearest: Float, second: Float, stone: Float) {
    let column = Int32(x.rounded(.down))
    let row = Int32(y.rounded(.down))
    var nearest: Float = 9
    var second: Float = 9
    var stone: Float = 0
    for dy in Int32(-1)...1 {
      for dx in Int32(-1)...1 {
        let cx = column &+ dx
        let cy = row &+ dy
        let px = Float(cx) + cell(cx, cy)
        let py = Float(cy) + cell(cx &+ 7919, cy)
        let distance = ((px - x) * (px - x) + (py - y) * (py - y)).squareRoot()
        if distance < nearest {
          second = nearest
          nearest = distance
          stone = cell(cx, cy &+ 104_729)
        } else if distance < second {
          second = distance
        }
      }
    }
    return (nearest, second, stone)
  }
}
