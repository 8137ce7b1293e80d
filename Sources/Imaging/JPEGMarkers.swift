import Glibc

/// Walks through a JPEG file from marker to marker, past the entropy-coded data between them.
struct JPEGMarkers: IteratorProtocol {
  enum Marker: Equatable {
    /// `0xC0...0xCF` without the three of them that are no frames.
    case startOfFrame(process: UInt8)
    case startOfScan
    case application1
    case endOfImage
    case other(UInt8)

    fileprivate init(_ code: UInt8) {
      self =
        switch code {
        case 0xC4, 0xC8, 0xCC: .other(code)
        case 0xC0...0xCF: .startOfFrame(process: code)
        case 0xD9: .endOfImage
        case 0xDA: .startOfScan
        case 0xE1: .application1
        default: .other(code)
        }
    }
  }

  private let bytes: [UInt8]
  private var offset = 2

  /// Begins after the start-of-image marker.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next marker and what its segment holds, without the two bytes of its length.
  ///
  /// Bytes between segments are skipped, as decoders do. `nil` once the file ends, within a
  /// segment or outside.
  mutating func next() -> (Marker, ArraySlice<UInt8>)? {
    guard let code = nextCode() else { return nil }
    let marker = Marker(code)
    if marker == .endOfImage || 0xD0...0xD7 ~= code || code == 0x01 { return (marker, []) }
    let view = ByteView(bytes: bytes[...])
    guard let length = view.uint16(at: offset), length >= 2,
      let segment = view.slice(at: offset + 2, count: length - 2)
    else { return nil }
    offset += length
    return (marker, segment)
  }

  /// Moves behind the next `0xFF` that is followed by neither a zero (a data byte) nor a fill byte.
  private mutating func nextCode() -> UInt8? {
    let start = offset
    let end = bytes.withUnsafeBytes { bytes in
      var place = start
      // The library's search is an order of magnitude faster than a loop.
      while place + 1 < bytes.count, let from = bytes.baseAddress,
        let found = memchr(from + place, 0xFF, bytes.count - 1 - place)
      {
        let next = from.distance(to: found) + 1
        if bytes[next] != 0, bytes[next] != 0xFF { return next + 1 }
        place = next
      }
      return bytes.count + 1
    }
    offset = end
    return end <= bytes.count ? bytes[end - 1] : nil
  }

  /// Whether the file has an end-of-image marker where a decoder would meet it.
  static func reachEnd(of bytes: [UInt8]) -> Bool {
    var markers = JPEGMarkers(bytes)
    while let (marker, _) = markers.next() {
      if marker == .endOfImage { return true }
    }
    return false
  }
}
