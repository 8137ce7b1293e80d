import CPNG

/// Decodes a PNG file whose size has been judged; pixels as they lie in the file.
func decodePNG(_ bytes: [UInt8], header: ImageHeader) throws(ImagingError) -> PixelImage {
  let (width, height) = (header.storedWidth, header.storedHeight)
  var result = (status: CPNG_OK, detail: "")
  let pixels = [UInt8](unsafeUninitializedCapacity: width * height * 3) { buffer, count in
    result = withPNGMessage { message in
      cpng_decode(
        bytes, bytes.count, UInt32(width), UInt32(height), transparentBackground,
        buffer.baseAddress, message)
    }
    count = result.status == CPNG_OK ? width * height * 3 : 0
  }
  switch result.status {
  case CPNG_OK: return PixelImage(width: width, height: height, pixels: pixels)
  case CPNG_TRUNCATED: throw .truncated(.png)
  case CPNG_OUT_OF_MEMORY: throw .outOfMemory(.png)
  default: throw .damaged(.png, detail: result.detail)
  }
}

/// Calls a function of CPNG and returns what it says about failure, in both of its ways.
func withPNGMessage(
  _ call: (UnsafeMutablePointer<CChar>) -> cpng_status
) -> (status: cpng_status, detail: String) {
  withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(CPNG_MESSAGE_SIZE)) { message in
    // A temporary allocation of more than no bytes has an address.
    let start = message.baseAddress!
    let status = call(start)
    return (status, String(cString: start))
  }
}
