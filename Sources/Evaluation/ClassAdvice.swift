/// How much the probability of a class would rise for its pictures, if something were done.
public struct ExpectedGain: Equatable, Sendable {
  /// −1…1
  public let mean: Double
  /// The bounds of the 95 % interval.
  public let lower: Double
  public let upper: Double

  public init(mean: Double, lower: Double, upper: Double) {
    self.mean = mean
    self.lower = lower
    self.upper = upper
  }

  /// From one number a picture, each multiplied by `factor`; `nil` for fewer than three.
  public init?(_ gains: [Double], factor: Double) {
    guard gains.count >= 3 else { return nil }
    let mean = gains.reduce(0, +) / Double(gains.count)
    let squares = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / Double(gains.count * (gains.count - 1))).squareRoot()
    let reach = normalQuantile * error
    self.init(
      mean: factor * mean, lower: factor * (mean - reach), upper: factor * (mean + reach))
  }
}

/// What more pictures and cleaner labels of a class would bring.
public struct ClassAdvice: Equatable, Sendable {
  /// What pictures would help most.
  public enum Remedy: String, Sendable {
    case morePictures, cleanerTags
    /// Neither would bring a hundredth.
    case neither
  }

  public let pictureCount: Int
  /// How many of its pictures probably bear it wrongly.
  public let suspiciousCount: Int
  /// With twice as many pictures of every class; `nil` where too few tell.
  public let morePictures: ExpectedGain?
  /// Without what is suspicious, of all classes; `nil` where too few tell.
  public let cleanerTags: ExpectedGain?

  public init(
    pictureCount: Int, suspiciousCount: Int, morePictures: ExpectedGain?,
    cleanerTags: ExpectedGain?
  ) {
    self.pictureCount = pictureCount
    self.suspiciousCount = suspiciousCount
    self.morePictures = morePictures
    self.cleanerTags = cleanerTags
  }

  /// A class that is too small to tell needs pictures before all else.
  public var remedy: Remedy {
    guard let gain else { return .morePictures }
    if gain.mean < Self.smallestGain { return .neither }
    return gain == cleanerTags ? .cleanerTags : .morePictures
  }

  /// What the remedy would bring; `nil` where too few pictures tell.
  public var gain: ExpectedGain? {
    guard let morePictures, let cleanerTags else { return nil }
    return cleanerTags.mean > morePictures.mean ? cleanerTags : morePictures
  }

  private static let smallestGain = 0.01
}
