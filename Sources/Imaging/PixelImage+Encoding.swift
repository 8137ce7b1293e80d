import CPNG
import CTurboJPEG

extension PixelImage {
  /// Encodes as baseline JPEG with chroma at half the resolution both ways.
  ///
  /// - Parameter quality: From 1 (small) to 100 (true), on libjpeg's scale.
  /// - Throws: `.notEncoded` when a side is longer than the 65,500 pixels that JPEG allows;
  ///   `.outOfMemory`.
  public func jpegData(quality: Int) throws(ImagingError) -> [UInt8] {
    precondition(1...100 ~= quality, "quality \(quality) is not in 1...100")
    guard let handle = tjInitCompress() else { throw .outOfMemory(.jpeg) }
    defer { tjDestroy(handle) }
    var data: UnsafeMutablePointer<UInt8>?
    var count: UInt = 0
    defer { tjFree(data) }
    let status = tjCompress2(
      handle, pixels, CInt(width), 0, CInt(height), CInt(TJPF_RGB.rawValue), &data, &count,
      CInt(TJSAMP_420.rawValue), CInt(quality), 0)
    guard status == 0, let data else {
      throw .notEncoded(.jpeg, detail: String(cString: tjGetErrorStr2(handle)))
    }
    return Array(UnsafeBufferPointer(start: data, count: Int(count)))
  }

  /// Encodes as PNG with 8 bits a channel, losing nothing.
  ///
  /// - Throws: `.notEncoded` when libpng refuses; `.outOfMemory`.
  public func pngData() throws(ImagingError) -> [UInt8] {
    var data: UnsafeMutablePointer<UInt8>?
    var count = 0
    defer { cpng_free(data) }
    let result = withPNGMessage { message in
      cpng_encode(pixels, UInt32(width), UInt32(height), &data, &count, message)
    }
    switch result.status {
    case CPNG_OK: return Array(UnsafeBufferPointer(start: data, count: count))
    case CPNG_OUT_OF_MEMORY: throw .outOfMemory(.png)
    default: throw .notEncoded(.png, detail: result.detail)
    }
  }
}
