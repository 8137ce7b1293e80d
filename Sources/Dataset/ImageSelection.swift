/// Which of a project's images are meant, and in which order: what a list of images shows.
public struct ImageSelection: Hashable, Sendable {
  public var filter: ImageFilter
  /// What is asked for besides; an image passes when all of them hold.
  public var terms: [SearchTerm]
  public var order: ImageOrder
  /// Whether the last comes first.
  public var isReversed: Bool
  /// The images of a list that was made elsewhere: only these are meant, in its order; no image twice.
  public var listed: [ImageID]?

  public init(
    _ filter: ImageFilter = .all, terms: [SearchTerm] = [], order: ImageOrder = .imported,
    isReversed: Bool = false, listed: [ImageID]? = nil
  ) {
    self.filter = filter
    self.terms = terms
    self.order = order
    self.isReversed = isReversed
    self.listed = listed
  }

  /// Whether some term asks for what the iteration in use predicts.
  public var asksForPredictions: Bool {
    order == .certainty || terms.contains(where: \.asksForPredictions)
  }
}

/// What images are sorted by; equals stand in the order in which they were imported.
public enum ImageOrder: String, Hashable, Sendable, CaseIterable {
  /// Oldest first.
  case imported
  /// By file name, capitals like small letters.
  case name
  /// Largest file first.
  case size
  /// Those of whose tag the iteration in use is most certain first; images that it did not judge
  /// last.
  case certainty
}

/// One condition on images, as a person types it: `tag:daisy`, `wrong`, `p<0.6`.
///
/// Text is compared without regard to the case of ASCII letters.
public indirect enum SearchTerm: Hashable, Sendable {
  /// In the image's name, or in the name of a tag that it bears.
  case text(String)
  /// In the image's name.
  case name(String)
  /// Bears a tag of this name.
  case tag(NamePattern)
  /// Bears no tag.
  case untagged
  /// Was judged by the iteration in use, out of fold, and bears other tags than predicted; images
  /// that a person has looked at and found right are left out.
  case wrong
  /// The iteration in use predicts a tag of this name.
  case predicted(NamePattern)
  /// The probability of what is predicted, 0…1.
  case probability(Comparison, Double)
  /// The size of the file in bytes.
  case size(Comparison, Int)
  case not(SearchTerm)

  /// A name, or how it begins.
  public struct NamePattern: Hashable, Sendable {
    public let text: String
    /// Whether the whole name is meant.
    public let isWhole: Bool

    public init(_ text: String, isWhole: Bool = false) {
      self.text = text
      self.isWhole = isWhole
    }
  }

  public enum Comparison: String, Hashable, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  fileprivate var asksForPredictions: Bool {
    switch self {
    case .wrong, .predicted, .probability: true
    case .not(let term): term.asksForPredictions
    case .text, .name, .tag, .untagged, .size: false
    }
  }
}
