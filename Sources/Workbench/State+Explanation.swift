public import Dataset

/// A picture whose parts are shown by how much they speak for a tag.
public struct ExplainedPicture: Equatable, Sendable {
  public let image: ImageID
  /// `nil` until it is there.
  public internal(set) var explanation: Explanation?
  /// What it says, in words.
  public internal(set) var words = ""

  public init(image: ImageID) { self.image = image }
}

extension State {
  /// Shows which parts of the picture under the cursor speak for what it is taken for, or ends that.
  mutating func explain() -> [Effect] {
    guard let image = images.current?.id, explanation?.image != image else {
      explanation = nil
      return []
    }
    explanation = ExplainedPicture(image: image)
    return [.loadExplanation(image)]
  }

  /// Takes the answer, unless the cursor has moved on.
  mutating func accept(_ explanation: Explanation, of image: ImageID, words: String) {
    guard self.explanation?.image == image else { return }
    self.explanation?.explanation = explanation
    self.explanation?.words = words
  }

  /// Ends the explanation of a picture that the cursor has left.
  mutating func leaveExplanation() {
    if let image = images.current?.id, explanation?.image != image { explanation = nil }
  }
}
