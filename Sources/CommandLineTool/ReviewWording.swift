import Dataset
import ProjectLibrary

/// Why a picture stands on a list, in words.
enum ReviewWording {
  /// All reasons of a picture in one line.
  static func sentence(for reasons: [ReviewReason]) -> String {
    reasons.map(phrase).joined(separator: "; ")
  }

  private static func phrase(for reason: ReviewReason) -> String {
    switch reason {
    case .another(let tag, let probability, let given, let givenProbability, let isSure):
      isSure
        ? "probably \(tag.name) (\(percent(probability))), not \(given.name) (\(percent(givenProbability)))"
        : "more like \(tag.name) (\(percent(probability))) than \(given.name) (\(percent(givenProbability)))"
    case .missing(let tag, let probability, let isSure):
      "\(isSure ? "probably" : "perhaps") \(tag.name), too (\(percent(probability)))"
    case .unwarranted(let tag, let probability, let isSure):
      "\(isSure ? "probably" : "perhaps") no \(tag.name) (\(percent(probability)))"
    case .nearDuplicatesBear(let tag, let count, let total):
      switch (count, total) {
      case (0, 1): "a near-duplicate is not tagged \(tag.name)"
      case (1, 1): "a near-duplicate is tagged \(tag.name)"
      case (0, _): "none of \(total) near-duplicates is tagged \(tag.name)"
      case (total, _): "all of \(total) near-duplicates are tagged \(tag.name)"
      default: "\(count) of \(total) near-duplicates are tagged \(tag.name)"
      }
    case .fits(let probability): "fits (\(percent(probability)))"
    case .alone(let tag): "cannot be judged: no other picture is tagged \(tag.name)"
    case .unopposed(let tag):
      "cannot be judged: too few pictures are tagged otherwise than \(tag.name)"
    case .confirmed: "said to be right"
    case .unlikeAll: "unlike all others, whatever their tag"
    case .looks(let fault): phrase(for: fault)
    case .suggested(let predictions):
      predictions.map { "\($0.tag.name) (\(percent($0.probability)))" }.joined(separator: ", ")
    case .bears(let tags):
      tags.isEmpty ? "untagged" : "tagged \(tags.map(\.name).joined(separator: ", "))"
    case .nearDuplicate(let group, let imageCount, let tagsDiffer):
      "group \(group), \(Figures.count(imageCount, "near-duplicate"))"
        + (tagsDiffer ? ", tagged differently" : "")
    case .repredicted(let before, let after, let isRight):
      "became \(isRight ? "right" : "wrong"): \(names(after)), before \(names(before))"
    }
  }

  private static func phrase(for fault: PictureFault) -> String {
    switch fault {
    case .nearlyOneColor: "nearly one colour"
    case .tooDark: "too dark"
    case .tooBright: "too bright"
    case .blurred: "blurred"
    case .oddShape(let ratio): "one side is \(Int(ratio.rounded())) times the other"
    case .tiny(let side): "only \(side) pixels on one side"
    }
  }

  private static func names(_ tags: [Tag]) -> String {
    tags.isEmpty ? "nothing" : tags.map(\.name).joined(separator: ", ")
  }

  private static func percent(_ probability: Float) -> String {
    "\(Int((100 * Double(probability)).rounded())) %"
  }
}
