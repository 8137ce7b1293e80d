public import Dataset

/// One picture of a list to go through, and why it stands where it stands.
public struct ReviewItem: Hashable, Sendable {
  public let image: Image
  /// What the list is ordered by: rises with "look here first"; `nil` where it cannot be told.
  public let score: Double?
  public let reasons: [ReviewReason]
  /// The nearest picture that was given what this one was, and the nearest that was not.
  public let agreeing: Neighbour?
  public let disagreeing: Neighbour?

  public init(
    image: Image, score: Double?, reasons: [ReviewReason], agreeing: Neighbour? = nil,
    disagreeing: Neighbour? = nil
  ) {
    self.image = image
    self.score = score
    self.reasons = reasons
    self.agreeing = agreeing
    self.disagreeing = disagreeing
  }
}

/// A picture beside another.
public struct Neighbour: Hashable, Sendable {
  public let image: Image
  /// The cosine of the angle between the embeddings, less the mean of all; −1…1.
  public let similarity: Float
}

/// A fact about a picture that puts it on a list.
public enum ReviewReason: Hashable, Sendable {
  /// Another tag is more probable than the given one. Sure when it is as probable as it is for
  /// pictures of that tag.
  case another(Tag, probability: Float, insteadOf: Tag, givenProbability: Float, isSure: Bool)
  /// A tag that was not given is probable.
  case missing(Tag, probability: Float, isSure: Bool)
  /// A tag that was given is improbable.
  case unwarranted(Tag, probability: Float, isSure: Bool)
  /// So many of its tagged near-duplicates, which speak against what was given.
  case nearDuplicatesBear(Tag, count: Int, of: Int)
  /// What was given is the most probable; its probability, the least one among several.
  case fits(probability: Float)
  /// No picture but near-duplicates of it bears the tag, so that nothing can be said.
  case alone(Tag)
  /// Too few pictures lack the tag, so that nothing can be said.
  case unopposed(Tag)
  /// A person has said that the tag is right.
  case confirmed
  /// It is unlike all pictures, those of its own tag as of any other.
  case unlikeAll
  /// The picture itself looks broken.
  case looks(PictureFault)
  /// The most probable tags of a picture without one, the first first.
  case suggested([TagPrediction])
  /// What a picture bears that is like another; nothing where it is untagged.
  case bears([Tag])
  /// One of so many pictures of a group of near-duplicates, numbered from 1.
  case nearDuplicate(group: Int, imageCount: Int, tagsDiffer: Bool)
  /// What one iteration predicted and another predicts; whether that is what the picture bears.
  case repredicted(before: [Tag], after: [Tag], isRight: Bool)
}
