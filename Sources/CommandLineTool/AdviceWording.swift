import Dataset
import Evaluation
import Foundation
import ProjectLibrary

/// What would help, in words.
enum AdviceWording {
  /// What would help most, in a sentence; `nil` where nothing is tagged.
  ///
  /// - Parameter advice: The tags that would gain most first.
  static func sentence(for advice: [TagAdvice]) -> String? {
    guard advice.contains(where: { $0.advice.pictureCount > 0 }),
      let most = advice.first
    else { return nil }
    let name = most.tag.name
    switch most.advice.remedy {
    case .morePictures: return "More pictures of \(name) would help most."
    case .cleanerTags:
      return "Checking the tags of \(name) would help most: \(most.advice.suspiciousCount) of "
        + "\(most.advice.pictureCount) look wrong."
    case .neither: return "Neither more pictures nor cleaner tags would help much."
    }
  }

  static func remedy(_ remedy: ClassAdvice.Remedy) -> String {
    switch remedy {
    case .morePictures: "more pictures"
    case .cleanerTags: "cleaner tags"
    case .neither: "neither much"
    }
  }

  /// Points with their interval; a dash for what cannot be told.
  static func gain(_ gain: ExpectedGain?) -> String {
    guard let gain else { return "–" }
    return String(
      format: "%+.1f (%+.1f to %+.1f)", 100 * gain.mean, 100 * gain.lower, 100 * gain.upper)
  }
}
