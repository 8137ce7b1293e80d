public import ProjectLibrary

/// What a request may hold. The contract's numbers, unless a program starts the server with others.
public struct ServiceLimits: Sendable {
  /// Bytes of a request's body: a batch of 64 pictures of the largest size in base64 passes.
  public var bodyByteCount = 640_000_000
  /// How long a client may be silent within a body.
  public var bodyPatience = Duration.seconds(60)
  /// Bytes of a picture to train with or to try.
  public var pictureByteCount = 6 * 1024 * 1024
  /// Bytes of a picture to classify.
  public var predictionByteCount = 4 * 1024 * 1024
  public var bounds = PictureBounds(side: 10_240, ratio: 25, metadataCount: 50)
  public var batchCount = 64
  public var tagCount = 20
  /// Images of one reading or deletion.
  public var listCount = 256

  /// Characters of the keys and values of an image's metadata.
  public var metadataKeyLength = 256
  public var metadataValueLength = 512
  /// For how many seconds what was asked is kept: 30 days.
  public var predictionLifetime = 30.0 * 24 * 3600

  public init() {}
}
