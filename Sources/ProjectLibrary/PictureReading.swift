import Dataset
import Glibc
import Imaging

/// Reads a file that should hold a picture.
///
/// - Throws: `Refusal`.
func readPicture(_ path: FilePath, limits: DecodingLimits) throws -> [UInt8] {
  let limit = limits.byteCount
  do {
    // A pipe that was renamed into place would block for ever.
    let file = try FileDescriptor(path, O_RDONLY | O_NONBLOCK)
    let status = try file.status()
    guard status.isRegular else { throw Refusal.notAFile }
    let bytes = try file.readAll(expecting: status.byteCount, limit: limit + 1)
    if bytes.count <= limit {
      if let format = unreadFormat(of: bytes) { throw Refusal.unreadable(.unread(format)) }
      return bytes
    }
    if imageFormat(of: bytes) == nil { throw Refusal.notAnImage }
    throw Refusal.unreadable(.tooManyBytes(found: status.byteCount, limit: limit))
  } catch LibraryError.system(_, _, let number) {
    throw Refusal.system(number: number)
  }
}

/// Decodes a picture's bytes.
///
/// - Parameter shortSide: As for `decodeImage`.
/// - Throws: `Refusal`.
func decodePicture(
  _ bytes: [UInt8], limits: DecodingLimits, reducedTo shortSide: Int? = nil
) throws -> PixelImage {
  guard imageFormat(of: bytes) != nil else { throw Refusal.notAnImage }
  do {
    return try decodeImage(bytes, limits: limits, reducedTo: shortSide)
  } catch {
    throw Refusal.unreadable(error)
  }
}

/// What a picture's bytes say about themselves: its size, before it is decoded.
///
/// - Throws: `Refusal`.
func pictureHeader(of bytes: [UInt8], limits: DecodingLimits) throws -> ImageHeader {
  guard imageFormat(of: bytes) != nil else { throw Refusal.notAnImage }
  do { return try imageHeader(of: bytes, limits: limits) } catch { throw Refusal.unreadable(error) }
}

func contentHash(of bytes: [UInt8]) -> ContentHash {
  // A SHA-256 has 32 bytes, which is all that `ContentHash` asks for.
  ContentHash(bytes: sha256(bytes))!
}
