import Evaluation
import Foundation

/// How numbers are written for people.
enum Figures {
  /// A rate as a percentage with one decimal; an unknown one as a dash.
  static func percent(_ rate: Double?) -> String {
    rate.map { String(format: "%.1f %%", 100 * $0) } ?? "–"
  }

  /// The bounds of an interval in whole percent.
  static func interval(_ interval: RateInterval?) -> String {
    interval.map { String(format: "%.0f–%.0f", 100 * $0.lower, 100 * $0.upper) } ?? ""
  }

  static func decimal(_ value: Double?, places: Int) -> String {
    value.map { String(format: "%.\(places)f", $0) } ?? "–"
  }

  static func seconds(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: String(format: "%.2f s", seconds)
    case ..<10: String(format: "%.1f s", seconds)
    case ..<90: String(format: "%.0f s", seconds)
    case ..<5_400: String(format: "%.0f min", seconds / 60)
    default: String(format: "%.1f h", seconds / 3_600)
    }
  }

  static func bytes(_ count: Int) -> String {
    switch count {
    case ..<1_000: "\(count) B"
    case ..<1_000_000: String(format: "%.0f KB", Double(count) / 1e3)
    default: String(format: "%.1f MB", Double(count) / 1e6)
    }
  }

  /// A point in time in the local zone.
  static func time(_ secondsSince1970: Double) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return formatter.string(from: Date(timeIntervalSince1970: secondsSince1970))
  }

  /// `1 image`, `2 images`.
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
