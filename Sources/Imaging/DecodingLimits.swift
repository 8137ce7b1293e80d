/// How large an image may be; judged from its header, before memory for its pixels is taken.
public struct DecodingLimits: Equatable, Sendable {
  /// The largest file, in bytes.
  public var byteCount: Int
  /// The largest picture, as width times height.
  public var pixelCount: Int

  public init(byteCount: Int, pixelCount: Int) {
    self.byteCount = byteCount
    self.pixelCount = pixelCount
  }

  /// 64 million bytes, 100 million pixels: what most photos stay far below, and a laptop can hold.
  public static let standard = DecodingLimits(byteCount: 64_000_000, pixelCount: 100_000_000)
}
