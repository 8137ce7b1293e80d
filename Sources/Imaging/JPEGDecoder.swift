import CTurboJPEG

/// Decodes a JPEG file whose size has been judged; pixels as they lie in the file.
///
/// - Parameter shortSide: As for `decodeImage`.
func decodeJPEG(_ bytes: [UInt8], reducedTo shortSide: Int?) throws(ImagingError) -> PixelImage {
  let header = try JPEGHeader(bytes)
  // TurboJPEG paints what is missing gray and words only its first warning, so that a file cut short
  // could not be told from one with a wrong bit in it.
  guard JPEGMarkers.reachEnd(of: bytes) else { throw .truncated(.jpeg) }
  let (width, height) = header.size(reducedTo: shortSide)
  let decompressor = try JPEGDecompressor()
  let pixels =
    if header.componentCount == 4 {
      rgb(
        fromInvertedInks: try decompressor.decode(
          bytes, width: width, height: height, to: TJPF_CMYK))
    } else {
      try decompressor.decode(bytes, width: width, height: height, to: TJPF_RGB)
    }
  return PixelImage(width: width, height: height, pixels: pixels)
}

extension JPEGHeader {
  /// Pixels across and down at the smallest part of its size that libjpeg's transform can give,
  /// down to an eighth, whose shorter side has `shortSide` pixels; all of them for `nil`.
  fileprivate func size(reducedTo shortSide: Int?) -> (width: Int, height: Int) {
    guard let shortSide else { return (width, height) }
    func part(_ divisor: Int) -> (width: Int, height: Int) {
      ((width + divisor - 1) / divisor, (height + divisor - 1) / divisor)
    }
    return [8, 4, 2].lazy.map(part).first { min($0.width, $0.height) >= shortSide }
      ?? (width, height)
  }
}

/// One decompressor of TurboJPEG, for one picture.
private struct JPEGDecompressor: ~Copyable {
  private let handle: tjhandle

  init() throws(ImagingError) {
    guard let handle = tjInitDecompress() else { throw .outOfMemory(.jpeg) }
    self.handle = handle
  }

  deinit { tjDestroy(handle) }

  /// Returns samples row after row from the top, as Pillow asks libjpeg for them: the accurate
  /// transform and smooth upsampling, which are what TurboJPEG does when no flag asks for less. It
  /// scales by as much as the picture must be to fit into the width and the height.
  ///
  /// A warning is no failure: bits may be wrong, but there is a picture.
  func decode(
    _ bytes: [UInt8], width: Int, height: Int, to format: TJPF
  ) throws(ImagingError) -> [UInt8] {
    let rowLength = width * (format == TJPF_CMYK ? 4 : 3)
    let count = rowLength * height
    var isComplete = false
    let samples = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      func run() -> CInt {
        tjDecompress2(
          handle, bytes, UInt(bytes.count), buffer.baseAddress, CInt(width), CInt(rowLength),
          CInt(height),
          CInt(format.rawValue), TJFLAG_LIMITSCANS)
      }
      isComplete = run() == 0
      if !isComplete, tjGetErrorCode(handle) == CInt(TJERR_WARNING.rawValue) {
        // After a warning TurboJPEG calls errors warnings too, though rows are missing then. Rows
        // are written from the top: a second run writes the same last row again, or none.
        let lastRow = count - rowLength..<count
        let written = Array(buffer[lastRow])
        for index in lastRow { buffer[index] = ~buffer[index] }
        _ = run()
        isComplete = buffer[lastRow].elementsEqual(written)
      }
      initializedCount = isComplete ? count : 0
    }
    guard isComplete else {
      throw .damaged(.jpeg, detail: String(cString: tjGetErrorStr2(handle)))
    }
    return samples
  }
}

/// Mixes red, green and blue from cyan, magenta, yellow and black as Adobe stores them: inverted,
/// 255 being no ink. There are files that store them the other way round; nothing in them tells.
private func rgb(fromInvertedInks inks: [UInt8]) -> [UInt8] {
  let pixelCount = inks.count / 4
  return [UInt8](unsafeUninitializedCapacity: pixelCount * 3) { rgb, count in
    inks.withUnsafeBufferPointer { inks in
      for pixel in 0..<pixelCount {
        let light = UInt32(inks[4 * pixel + 3])
        for channel in 0..<3 {
          let ink = 255 - UInt32(inks[4 * pixel + channel])
          rgb[3 * pixel + channel] = UInt8(light - product(ink, light))
        }
      }
    }
    count = pixelCount * 3
  }
}

/// `a * b / 255`, rounded, for factors up to 255; at most the smaller of them.
private func product(_ a: UInt32, _ b: UInt32) -> UInt32 {
  let sum = a * b + 128
  return (sum >> 8 + sum) >> 8
}
