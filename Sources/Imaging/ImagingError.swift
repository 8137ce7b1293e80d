/// Why bytes did not become a picture, or a picture not bytes.
public enum ImagingError: Error, Equatable, Sendable {
  /// The bytes begin like none of the formats that can be decoded.
  case notAnImage
  /// An image of a known kind that is not decoded.
  case unread(UnreadFormat)
  /// The library that decodes the format is not installed.
  case decoderMissing(ImageFormat, library: String)
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
  /// BMP with a header of an unknown kind, by its length in bytes.
  case headerLength(Int)
  /// BMP with pixels of other than 1, 4, 8, 16, 24 or 32 bits, or in a compression without that.
  case pixelBits(Int)
  /// BMP compressed otherwise than by runs, by the number of the method.
  case compression(Int)
  /// BMP whose samples do not lie in bytes of their own, or in 5 or 6 of 16 bits.
  case channelMasks
}
