import CZlib

@testable import Imaging

/// Small enough that a thousand pictures a second can be tried.
private let limits = DecodingLimits(byteCount: 1_000_000, pixelCount: 1_000_000)

/// Decodes bytes; the picture must be what the header announced, and its error not lack of memory.
@Sendable func decodePicture(_ bytes: [UInt8]) {
  let header: ImageHeader
  do { header = try imageHeader(of: bytes, limits: limits) } catch {
    precondition(!isLackOfMemory(error), "\(error)")
    return
  }
  precondition(header.width * header.height <= limits.pixelCount)
  do {
    let picture = try decodeImage(bytes, limits: limits)
    precondition(picture.width == header.width && picture.height == header.height)
    // What can be decoded in full can be at any part of its size.
    let reduced = try decodeImage(bytes, limits: limits, reducedTo: 3)
    precondition(reduced.width <= picture.width && reduced.height <= picture.height)
  } catch {
    precondition(!isLackOfMemory(error), "\(error)")
  }
}

private func isLackOfMemory(_ error: ImagingError) -> Bool {
  if case .outOfMemory = error { true } else { false }
}

/// Gives every chunk the checksum that it should have: hardly any change would get past it otherwise.
func withPNGChecksums(_ bytes: [UInt8]) -> [UInt8] {
  var mended = bytes
  let view = ByteView(bytes: bytes[...])
  var offset = PNGHeader.signature.count
  while let length = view.uint32(at: offset), length <= bytes.count,
    let chunk = view.slice(at: offset + 4, count: 4 + length),
    offset + 12 + length <= bytes.count
  {
    let checksum = chunk.withUnsafeBufferPointer { CZlib_crc32($0.baseAddress, $0.count) }
    for place in 0..<4 {
      mended[offset + 8 + length + place] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * place))
    }
    offset += 12 + length
  }
  return mended
}

/// Resizes a picture made of the bytes; both paths must give the same pixels.
@Sendable func resizePicture(_ bytes: [UInt8]) {
  guard bytes.count > 6 else { return }
  let (width, height) = (Int(bytes[0]) + 1, Int(bytes[1]) + 1)
  let (newWidth, newHeight) = (Int(bytes[2]) + 1, Int(bytes[3]) + 1)
  let columns = Int(bytes[4]) % newWidth..<newWidth
  let rows = 0..<Int(bytes[5]) % newHeight + 1
  let samples = bytes[6...]
  let picture = PixelImage(
    width: width, height: height,
    pixels: (0..<width * height * 3).map { samples[6 + ($0 * 7) % samples.count] })
  let results = ResamplingPath.allCases.filter(\.isAvailable).map { path in
    (
      picture.resized(
        toWidth: newWidth, height: newHeight, columns: columns, rows: rows, path: path),
      picture.halved(path: path)
    )
  }
  for result in results {
    precondition(result == results[0])
  }
}
