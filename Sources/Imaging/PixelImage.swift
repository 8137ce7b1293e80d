/// A picture as 8-bit RGB pixels, upright, without transparency.
public struct PixelImage: Equatable, Sendable {
  public let width: Int
  public let height: Int
  /// `width * height * 3` bytes: red, green, blue, row after row from the top.
  public var pixels: [UInt8]

  /// Takes pixels; traps unless there are `width * height * 3` bytes and at least one pixel.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(
      width > 0 && height > 0 && pixels.count == width * height * 3,
      "\(pixels.count) bytes do not fill \(width) × \(height) RGB pixels")
    self.width = width
    self.height = height
    self.pixels = pixels
  }
}
