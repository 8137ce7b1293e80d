/// How stored pixels must be turned to stand upright, by EXIF's numbers.
enum ExifOrientation: Int, CaseIterable, Sendable {
  case upright = 1
  case mirrored = 2
  case upsideDown = 3
  case flipped = 4
  /// Mirrored along the diagonal from the top left corner.
  case transposed = 5
  /// Stands upright when turned clockwise by 90 degrees.
  case turnedLeft = 6
  /// Mirrored along the diagonal from the top right corner.
  case transversed = 7
  /// Stands upright when turned counterclockwise by 90 degrees.
  case turnedRight = 8

  /// Whether width and height change places.
  var swapsSides: Bool { rawValue >= 5 }

  private static let tag = 0x0112

  /// Finds the orientation in EXIF data, from its TIFF header on.
  ///
  /// - Returns: `nil` when the data does not hold one of the eight values.
  init?(exif: ArraySlice<UInt8>) {
    var view = ByteView(bytes: exif)
    switch view.uint16(at: 0) {
    case 0x4949: view.isLittleEndian = true
    case 0x4D4D: view.isLittleEndian = false
    default: return nil
    }
    guard view.uint16(at: 2) == 42, let directory = view.uint32(at: 4),
      let entryCount = view.uint16(at: directory)
    else { return nil }
    for index in 0..<entryCount {
      let entry = directory + 2 + 12 * index
      guard let entryTag = view.uint16(at: entry) else { return nil }
      guard entryTag == Self.tag else { continue }
      guard let value = Self.wholeNumber(at: entry, in: view) else { return nil }
      self.init(rawValue: value)
      return
    }
    return nil
  }

  /// The value of a directory entry with one number; the standard says SHORT, programs differ.
  private static func wholeNumber(at entry: Int, in view: ByteView) -> Int? {
    guard view.uint32(at: entry + 4) == 1 else { return nil }
    return switch view.uint16(at: entry + 2) {
    case 1: view.uint8(at: entry + 8)
    case 3: view.uint16(at: entry + 8)
    case 4: view.uint32(at: entry + 8)
    default: nil
    }
  }
}
