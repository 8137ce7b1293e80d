/// What an iteration thinks of one image.
public struct Judgement: Hashable, Sendable {
  /// Calibrated probabilities, 0…1, in the order of the iteration's classes; deleted tags are left
  /// out.
  public let probabilities: [Entry]
  /// Whether it comes from a head that never saw the image; only such a judgement can tell that a
  /// tag is wrong.
  public let isOutOfFold: Bool

  public struct Entry: Hashable, Sendable {
    public let tag: TagID
    public let probability: Float

    public init(_ tag: TagID, _ probability: Float) {
      self.tag = tag
      self.probability = probability
    }
  }

  public init(_ probabilities: [Entry], isOutOfFold: Bool) {
    self.probabilities = probabilities
    self.isOutOfFold = isOutOfFold
  }

  /// The most probable tag, the first among equals; `nil` with no tag.
  public var top: Entry? { probabilities.max { $0.probability < $1.probability } }

  public func probability(of tag: TagID) -> Float? {
    probabilities.first { $0.tag == tag }?.probability
  }

  /// The tags that it predicts: the most probable one where an image bears one tag, else all that
  /// reach one half.
  public func predictedTags(_ type: ClassificationType) -> [TagID] {
    switch type {
    case .multiclass: top.map { [$0.tag] } ?? []
    case .multilabel: probabilities.filter { $0.probability >= 0.5 }.map(\.tag)
    }
  }
}
