/// What a BMP file says before its pixels. Headers of Windows and OS/2 and what they may hold are
/// understood as Pillow understands them.
struct BMPHeader {
  /// How pixels lie in the file.
  enum Layout: Equatable {
    /// Numbers of colours, of 1, 4 or 8 bits.
    case indices(bitCount: Int)
    /// Runs of such numbers, of 4 or 8 bits.
    case runs(bitCount: Int)
    /// Samples of 5 bits, green with 5 or 6.
    case packed(greenBits: Int)
    case samples(SamplePlaces)
  }

  /// Where in the bytes of a pixel its samples are.
  struct SamplePlaces: Equatable {
    let pixelLength: Int
    var red = 2
    var green = 1
    var blue = 0
    var alpha: Int?
  }

  let width: Int
  let height: Int
  let isTopDown: Bool
  let layout: Layout
  let colors: ColorTable
  /// Where the pixels begin.
  let pixelOffset: Int

  private static let fileHeaderLength = 14
  private static let oldHeaderLength = 12

  var imageHeader: ImageHeader {
    ImageHeader(format: .bmp, storedWidth: width, storedHeight: height, orientation: .upright)
  }

  /// Whether bytes begin like a BMP file. Its mark has but two letters, so the length of the header
  /// behind it must be believable, too.
  static func isLikely(in bytes: [UInt8]) -> Bool {
    let view = ByteView(bytes: bytes.prefix(18), isLittleEndian: true)
    guard view.has("BM", at: 0), let length = view.uint32(at: fileHeaderLength) else {
      return false
    }
    return oldHeaderLength...256 ~= length
  }

  /// Reads a file that is likely a BMP.
  init(_ bytes: [UInt8]) throws(ImagingError) {
    let view = ByteView(bytes: bytes[...], isLittleEndian: true)
    guard let length = view.uint32(at: Self.fileHeaderLength), let offset = view.uint32(at: 10),
      let header = view.slice(at: Self.fileHeaderLength, count: length)
    else { throw .truncated(.bmp) }
    guard [Self.oldHeaderLength, 40, 52, 56, 64, 108, 124].contains(length) else {
      throw .unsupported(.bmp, .headerLength(length))
    }
    let fields = Fields(ByteView(bytes: header, isLittleEndian: true))
    (width, height, isTopDown) = (fields.width, fields.height, fields.isTopDown)
    guard width > 0, height > 0 else {
      throw .damaged(.bmp, detail: "\(width) × \(height) pixels")
    }
    var end = Self.fileHeaderLength + length
    layout = try fields.layout {
      // A header too short for masks has them behind it.
      let place = length >= 52 ? Self.fileHeaderLength + 40 : end
      let masks = (0..<3).compactMap { view.uint32(at: place + 4 * $0) }
      guard masks.count == 3 else { return nil }
      if length < 52 { end += 12 }
      return masks + [length >= 56 ? view.uint32(at: place + 12) ?? 0 : 0]
    }
    switch layout {
    case .indices(let bitCount), .runs(let bitCount):
      let count = fields.colorCount == 0 ? 1 << bitCount : fields.colorCount
      guard 1...65_536 ~= count else { throw .damaged(.bmp, detail: "\(count) colours") }
      let entryLength = length == Self.oldHeaderLength ? 3 : 4
      colors = Self.colors(at: end, count: min(count, 256), entryLength: entryLength, in: view)
      end += count * entryLength
      // Some programs forget the colours when they tell where the pixels begin.
      let forgets = offset == Self.fileHeaderLength + length
      pixelOffset = offset == 0 ? end : forgets ? offset + count * entryLength : offset
    case .packed, .samples:
      colors = .grays
      pixelOffset = offset == 0 ? end : offset
    }
  }

  private static func colors(
    at offset: Int, count: Int, entryLength: Int, in view: ByteView
  ) -> ColorTable {
    var table = ColorTable.grays
    for index in 0..<count {
      guard let entry = view.slice(at: offset + index * entryLength, count: 3) else { break }
      let first = entry.startIndex
      table.set(index, to: (entry[first + 2], entry[first + 1], entry[first]))
    }
    return table
  }
}

/// The numbers of a header, whatever its kind.
private struct Fields {
  var width = 0
  var height = 0
  var isTopDown = false
  var bitCount = 0
  var compression = 0
  var colorCount = 0

  /// Takes a whole header.
  init(_ view: ByteView) {
    func number(_ value: Int?) -> Int { value ?? 0 }
    if view.bytes.count < 40 {
      (width, height) = (number(view.uint16(at: 4)), number(view.uint16(at: 6)))
      bitCount = number(view.uint16(at: 10))
      return
    }
    (width, height) = (number(view.uint32(at: 4)), number(view.uint32(at: 8)))
    isTopDown = height >> 24 == 0xFF
    if isTopDown { height = 1 << 32 - height }
    bitCount = number(view.uint16(at: 14))
    compression = number(view.uint32(at: 16))
    colorCount = number(view.uint32(at: 32))
  }

  /// - Parameter masks: Finds the masks of red, green, blue and alpha; `nil` when the file ends.
  func layout(masks: () -> [Int]?) throws(ImagingError) -> BMPHeader.Layout {
    switch (compression, bitCount) {
    case (0, 1), (0, 4), (0, 8): return .indices(bitCount: bitCount)
    case (0, 16): return .packed(greenBits: 5)
    case (0, 24), (0, 32): return .samples(BMPHeader.SamplePlaces(pixelLength: bitCount / 8))
    case (1, 8): return .runs(bitCount: 8)
    case (2, 4): return .runs(bitCount: 4)
    case (3, 16), (3, 24), (3, 32):
      guard let masks = masks() else { throw .truncated(.bmp) }
      guard let layout = Self.layout(of: masks, bitCount: bitCount) else {
        throw .unsupported(.bmp, .channelMasks)
      }
      return layout
    case (0...3, _): throw .unsupported(.bmp, .pixelBits(bitCount))
    default: throw .unsupported(.bmp, .compression(compression))
    }
  }

  private static func layout(of masks: [Int], bitCount: Int) -> BMPHeader.Layout? {
    if bitCount == 16 {
      return switch Array(masks.prefix(3)) {
      case [0xF800, 0x7E0, 0x1F]: .packed(greenBits: 6)
      case [0x7C00, 0x3E0, 0x1F]: .packed(greenBits: 5)
      default: nil
      }
    }
    var places = BMPHeader.SamplePlaces(pixelLength: bitCount / 8)
    if masks.allSatisfy({ $0 == 0 }) {
      guard bitCount == 32 else { return nil }
      places.alpha = 3
      return .samples(places)
    }
    let bytes = masks.map { mask in (0..<places.pixelLength).first { mask == 0xFF << (8 * $0) } }
    guard let red = bytes[0], let green = bytes[1], let blue = bytes[2],
      Set([red, green, blue]).count == 3, masks[3] == 0 || bytes[3] != nil
    else { return nil }
    (places.red, places.green, places.blue) = (red, green, blue)
    places.alpha = bitCount == 32 ? bytes[3] : nil
    return .samples(places)
  }
}
