import Dataset

/// What an explanation shows, in words.
enum ExplanationWording {
  static func sentence(for explanation: Explanation) -> String {
    "\(explanation.tag.name) \(Figures.percent(Double(explanation.probability))), "
      + words(for: explanation.region)
  }

  /// Where what speaks for the tag lies.
  private static func words(for region: Explanation.Region?) -> String {
    switch region {
    case .upperLeft: "mostly in the upper left"
    case .upperMiddle: "mostly in the middle of the upper half"
    case .upperRight: "mostly in the upper right"
    case .middleLeft: "mostly in the middle of the left half"
    case .middle: "mostly in the middle"
    case .middleRight: "mostly in the middle of the right half"
    case .lowerLeft: "mostly in the lower left"
    case .lowerMiddle: "mostly in the middle of the lower half"
    case .lowerRight: "mostly in the lower right"
    case .upper: "mostly in the upper half"
    case .lower: "mostly in the lower half"
    case .left: "mostly on the left"
    case .right: "mostly on the right"
    case .middleColumn: "mostly halfway between left and right"
    case .middleRow: "mostly halfway between top and bottom"
    case .everywhere: "in all parts of the picture"
    case nil: "and no part of the picture speaks for it"
    }
  }
}
