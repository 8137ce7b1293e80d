/// The parts of a JPEG file that matter before its pixels: size, components and orientation.
struct JPEGHeader {
  let width: Int
  let height: Int
  /// 1, 3 or 4.
  let componentCount: Int
  let orientation: ExifOrientation

  var imageHeader: ImageHeader {
    ImageHeader(
      format: .jpeg, storedWidth: width, storedHeight: height, orientation: orientation)
  }

  /// Reads a file that begins with a start-of-image marker, up to its first scan.
  init(_ bytes: [UInt8]) throws(ImagingError) {
    var markers = JPEGMarkers(bytes)
    var frame: (width: Int, height: Int, componentCount: Int)?
    var orientation: ExifOrientation?
    while let (marker, segment) = markers.next() {
      switch marker {
      case .startOfFrame(let process):
        frame = try Self.frame(of: segment, process: process)
      case .application1 where segment.starts(with: Self.exifPrefix):
        orientation = orientation ?? ExifOrientation(exif: segment.dropFirst(Self.exifPrefix.count))
      case .startOfScan:
        guard let frame else { throw .damaged(.jpeg, detail: "a scan before its frame") }
        (width, height, componentCount) = frame
        self.orientation = orientation ?? .upright
        return
      default: break
      }
    }
    throw .truncated(.jpeg)
  }

  static let exifPrefix: [UInt8] = [0x45, 0x78, 0x69, 0x66, 0, 0]  // "Exif\0\0"

  private static func frame(
    of segment: ArraySlice<UInt8>, process: UInt8
  ) throws(ImagingError) -> (width: Int, height: Int, componentCount: Int) {
    let view = ByteView(bytes: segment)
    guard let sampleBits = view.uint8(at: 0), let height = view.uint16(at: 1),
      let width = view.uint16(at: 3), let componentCount = view.uint8(at: 5)
    else { throw .damaged(.jpeg, detail: "a frame header of \(segment.count) bytes") }
    // Baseline, extended and progressive, with Huffman or arithmetic coding.
    guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(process) else {
      throw .unsupported(.jpeg, .jpegProcess(marker: process))
    }
    guard sampleBits == 8 else { throw .unsupported(.jpeg, .sampleBits(sampleBits)) }
    guard [1, 3, 4].contains(componentCount) else {
      throw .unsupported(.jpeg, .componentCount(componentCount))
    }
    guard width > 0, height > 0 else {
      throw .damaged(.jpeg, detail: "\(width) × \(height) pixels")
    }
    return (width, height, componentCount)
  }
}
