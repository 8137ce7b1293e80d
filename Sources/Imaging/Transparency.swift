/// What shows through transparent pixels: neutral gray, as far from black as from white.
let transparentBackground: UInt8 = 128

/// Lays a sample over the background: `(sample * alpha + background * (255 - alpha)) / 255`, rounded.
func overBackground(_ sample: UInt8, alpha: UInt8) -> UInt8 {
  let (alpha, rest) = (UInt32(alpha), 255 - UInt32(alpha))
  let sum = UInt32(sample) * alpha + UInt32(transparentBackground) * rest + 128
  return UInt8((sum + sum >> 8) >> 8)
}
