import Dataset

/// What an explanation shows, in words.
enum ExplanationWording {
  static func sentence(for explanation: Explanation) -> String {
    let words = probability(of: explanation)
    return switch explanation.region {
    case .everywhere: words + ", in all parts of the picture"
    case .left, .right: words + ", mostly on the \(place(of: explanation.region))"
    case .middleColumn, .middleRow: words + ", mostly \(place(of: explanation.region))"
    case nil: words + ", and no part of the picture speaks for it"
    default: words + ", mostly in the \(place(of: explanation.region))"
    }
  }

  /// The same for narrow places: what is cut off at the end is told elsewhere, too.
  static func caption(for explanation: Explanation) -> String {
    "\(place(of: explanation.region)): \(probability(of: explanation))"
  }

  private static func probability(of explanation: Explanation) -> String {
    "\(explanation.tag.name) \(Figures.percent(Double(explanation.probability)))"
  }

  /// Where what speaks for the tag lies.
  private static func place(of region: Explanation.Region?) -> String {
    switch region {
    case .upperLeft: "upper left"
    case .upperMiddle: "middle of the upper half"
    case .upperRight: "upper right"
    case .middleLeft: "middle of the left half"
    case .middle: "middle"
    case .middleRight: "middle of the right half"
    case .lowerLeft: "lower left"
    case .lowerMiddle: "middle of the lower half"
    case .lowerRight: "lower right"
    case .upper: "upper half"
    case .lower: "lower half"
    case .left: "left"
    case .right: "right"
    case .middleColumn: "halfway between left and right"
    case .middleRow: "halfway between top and bottom"
    case .everywhere: "everywhere"
    case nil: "nowhere"
    }
  }
}
