/// What a GIF file says before the pixels of its first frame.
struct GIFHeader {
  static let signatures = [Array("GIF87a".utf8), Array("GIF89a".utf8)]

  /// The canvas: the screen that the file announces, or larger where the frame needs it.
  private(set) var width: Int
  private(set) var height: Int
  /// The frame's place on the canvas.
  private(set) var frame = (x: 0, y: 0, width: 0, height: 0)
  private(set) var isInterlaced = false
  /// The colours of the frame, or of the file where the frame has none of its own.
  private(set) var colors = ColorTable.grays
  private(set) var transparentIndex: UInt8?
  /// Bits of a number of a colour.
  private(set) var bitCount = 0
  /// Where the frame's blocks of codes begin.
  private(set) var dataOffset = 0

  var imageHeader: ImageHeader {
    ImageHeader(format: .gif, storedWidth: width, storedHeight: height, orientation: .upright)
  }

  /// Reads a file that begins with one of the signatures, up to the pixels of its first frame.
  ///
  /// What is neither an extension nor a frame is skipped byte by byte, as Pillow does.
  init(_ bytes: [UInt8]) throws(ImagingError) {
    let view = ByteView(bytes: bytes[...], isLittleEndian: true)
    guard let width = view.uint16(at: 6), let height = view.uint16(at: 8),
      let flags = view.uint8(at: 10), view.uint8(at: 12) != nil
    else { throw .truncated(.gif) }
    (self.width, self.height) = (width, height)
    var offset = 13
    try readColors(in: view, at: &offset, flags: flags)
    while let kind = view.uint8(at: offset) {
      offset += 1
      switch kind {
      case 0x21: try readExtension(in: view, at: &offset)
      case 0x2C:
        try readFrame(in: view, at: offset)
        return
      case 0x3B: throw .damaged(.gif, detail: "no frame in it")
      default: break
      }
    }
    throw .truncated(.gif)
  }

  private mutating func readColors(
    in view: ByteView, at offset: inout Int, flags: Int
  ) throws(ImagingError) {
    guard flags & 0x80 != 0 else { return }
    let count = 2 << (flags & 7)
    guard let samples = view.slice(at: offset, count: 3 * count) else { throw .truncated(.gif) }
    colors = .grays
    for index in 0..<count {
      let first = samples.startIndex + 3 * index
      colors.set(index, to: (samples[first], samples[first + 1], samples[first + 2]))
    }
    offset += 3 * count
  }

  /// Keeps from a graphic control extension which colour is transparent.
  private mutating func readExtension(
    in view: ByteView, at offset: inout Int
  ) throws(ImagingError) {
    guard let label = view.uint8(at: offset) else { throw .truncated(.gif) }
    offset += 1
    var isFirst = true
    while let length = view.uint8(at: offset), length > 0 {
      if label == 0xF9, isFirst, let flags = view.uint8(at: offset + 1), flags & 1 != 0 {
        guard length >= 4 else {
          throw .damaged(.gif, detail: "a control block of \(length) bytes")
        }
        guard let index = view.uint8(at: offset + 4) else { throw .truncated(.gif) }
        transparentIndex = UInt8(index)
      }
      isFirst = false
      offset += 1 + length
    }
    offset += 1
  }

  private mutating func readFrame(in view: ByteView, at start: Int) throws(ImagingError) {
    guard let x = view.uint16(at: start), let y = view.uint16(at: start + 2),
      let frameWidth = view.uint16(at: start + 4), let frameHeight = view.uint16(at: start + 6),
      let flags = view.uint8(at: start + 8)
    else { throw .truncated(.gif) }
    guard frameWidth > 0, frameHeight > 0 else {
      throw .damaged(.gif, detail: "a frame of \(frameWidth) × \(frameHeight) pixels")
    }
    frame = (x, y, frameWidth, frameHeight)
    (width, height) = (max(width, x + frameWidth), max(height, y + frameHeight))
    isInterlaced = flags & 0x40 != 0
    var offset = start + 9
    try readColors(in: view, at: &offset, flags: flags)
    guard let bitCount = view.uint8(at: offset) else { throw .truncated(.gif) }
    guard bitCount <= 12 else { throw .damaged(.gif, detail: "colours of \(bitCount) bits") }
    self.bitCount = bitCount
    dataOffset = offset + 1
  }
}
