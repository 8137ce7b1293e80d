/// Why bytes did not become a picture, or a picture not bytes.
public enum ImagingError: Error, Equatable, Sendable {
  /// The bytes begin like none of the formats that can be decoded.
  case notAnImage
  /// A sound file, as far as is known, of a variant that is not decoded.
  case unsupported(ImageFormat, UnsupportedVariant)
  /// The file ends before the picture does.
  case truncated(ImageFormat)
  /// The file breaks the rules of its format; `detail` is the decoder's own reason, in English.
  case damaged(ImageFormat, detail: String)
  /// The file is larger than the limit, in bytes.
  case tooManyBytes(found: Int, limit: Int)
  /// The picture has more pixels than the limit, by its header.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// There is no memory for the picture.
  case outOfMemory(ImageFormat)
  /// The encoder refused the picture; `detail` is its own reason, in English.
  case notEncoded(ImageFormat, detail: String)
}

/// What a file makes use of that is not decoded here.
public enum UnsupportedVariant: Equatable, Sendable {
  /// JPEG samples of other than 8 bits.
  case sampleBits(Int)
  /// JPEG with other than 1, 3 or 4 components.
  case componentCount(Int)
  /// Lossless or hierarchical JPEG, by the number of its start-of-frame marker (`0xC3` is lossless).
  case jpegProcess(marker: UInt8)
}
