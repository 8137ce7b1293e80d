/// What is known of a project's pictures without a training.
public enum LiveState: Equatable, Sendable {
  /// There is more than may be followed.
  case resting(LiveRest)
  case live(LiveFigures)
}

/// Why nothing is learned from tags as they are given.
public enum LiveRest: Hashable, Sendable {
  /// Nothing has been looked at yet.
  case notBegun
  case tooManyTagged(count: Int, limit: Int)
  /// Tagged and untagged ones together.
  case tooManyImages(count: Int, limit: Int)
}

/// What is said of a project's pictures at one moment, from the tags that they bore then.
public struct LiveFigures: Equatable, Sendable {
  /// The tags that are told apart, in the order of the project's list: those of which pictures with and
  /// without were learned from.
  public let tags: [Tag]
  public let taggedCount: Int
  /// Pictures of which nothing is said, since their embeddings are not made yet.
  public let unembeddedCount: Int
  /// The share of tagged pictures that are judged as they are tagged by a head that never saw them nor
  /// their near-duplicates; `nil` where none can be judged.
  public let accuracy: Double?
  private let rowOfImage: [ImageID: Int]
  private let isTagged: [Bool]
  /// One row a picture, one column a tag.
  private let probabilities: [Float]
  private let labelQualities: [Double?]

  /// - Parameters:
  ///   - rowOfImage: Where a picture stands in what follows.
  ///   - isTagged: For each row whether the picture was learned from.
  ///   - probabilities: Row by row, as many numbers each as there are tags.
  ///   - labelQualities: For each row.
  public init(
    tags: [Tag], taggedCount: Int, unembeddedCount: Int, accuracy: Double?,
    rowOfImage: [ImageID: Int], isTagged: [Bool], probabilities: [Float],
    labelQualities: [Double?]
  ) {
    precondition(
      probabilities.count == isTagged.count * tags.count
        && labelQualities.count == isTagged.count,
      "\(probabilities.count) probabilities of \(isTagged.count) pictures and \(tags.count) tags")
    self.tags = tags
    self.taggedCount = taggedCount
    self.unembeddedCount = unembeddedCount
    self.accuracy = accuracy
    self.rowOfImage = rowOfImage
    self.isTagged = isTagged
    self.probabilities = probabilities
    self.labelQualities = labelQualities
  }

  /// What is said of a picture: out of fold where it is tagged, a suggestion where not; `nil` for a
  /// picture without an embedding, and for all while no tag is told apart.
  public func judgement(of image: ImageID) -> Judgement? {
    guard !tags.isEmpty, let row = rowOfImage[image] else { return nil }
    return Judgement(
      zip(tags, probabilities[row * tags.count..<(row + 1) * tags.count])
        .map { Judgement.Entry($0.id, $1) },
      isOutOfFold: isTagged[row])
  }

  /// How much speaks for the tags of a picture, 0…1, low means look again; `nil` where nothing can be
  /// said.
  public func labelQuality(of image: ImageID) -> Double? {
    rowOfImage[image].flatMap { labelQualities[$0] }
  }
}
