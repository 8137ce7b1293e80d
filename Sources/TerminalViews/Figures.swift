import Evaluation
import TerminalGrid
import Workbench

/// Numbers as people read them.
struct Figures {
  let glyphs: Glyphs

  /// A rate in percent with one decimal, without the sign: `92.5`.
  func percent(_ rate: Double?) -> String {
    guard let rate else { return String(glyphs.dash) }
    let tenths = Int((rate * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A probability in whole percent: `93 %`.
  func share(_ probability: Double) -> String { "\(wholePercent(probability)) %" }

  /// A rate in whole percent, without the sign: `93`.
  func wholePercent(_ rate: Double) -> String { "\(wholePercent(rate) as Int)" }

  /// A threshold with two decimals: `0.45`.
  func threshold(_ threshold: Double) -> String {
    let hundredths = Int((threshold * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
  }

  /// A change in points, with its sign: `+1.2`.
  func change(tenths: Int) -> String {
    guard tenths != 0 else { return "0.0" }
    let size = abs(tenths)
    return (tenths > 0 ? "+" : "-") + "\(size / 10).\(size % 10)"
  }

  /// An interval in whole percent: `79–97`.
  func interval(_ interval: RateInterval?) -> String {
    guard let interval else { return "" }
    return "\(wholePercent(interval.lower))\(glyphs.dash)\(wholePercent(interval.upper))"
  }

  /// A share of work in whole percent, which is 100 only at the end.
  func progress(_ fraction: Double) -> String {
    "\(max(0, min(100, Int((fraction * 100).rounded(.down))))) %"
  }

  private func wholePercent(_ rate: Double) -> Int { Int((rate * 100).rounded()) }

  /// A time in its two largest units: `8 s`, `3 min 20 s`, `2 h 5 min`.
  func time(_ duration: Duration) -> String {
    let (whole, fraction) = duration.components
    let seconds = max(0, fraction > 0 ? whole + 1 : whole)
    switch seconds {
    case ..<60: return "\(seconds) s"
    case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
    default: return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }
  }

  /// A time in seconds with one decimal where it is short: `4.2 s`.
  func time(seconds: Double) -> String {
    guard seconds < 60 else { return time(.seconds(seconds)) }
    let tenths = Int((seconds * 10).rounded())
    return "\(tenths / 10).\(tenths % 10) s"
  }

  /// How far a job is: `importing 31 of 90, 12/s, 5 s left`.
  func text(_ verb: String, _ done: Int, of total: Int, pace: Pace?) -> String {
    let text = "\(verb) \(done) of \(total)"
    guard let pace else { return text }
    return "\(text), \(rate(pace.rate)), \(time(pace.timeLeft)) left"
  }

  /// Things a second: `12/s`, `0.8/s`.
  func rate(_ rate: Double) -> String {
    guard rate < 9.95 else { return "\(Int(rate.rounded()))/s" }
    let tenths = Int((rate * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)/s"
  }

  /// A file's size in decimal units: `214 kB`, `3.1 MB`.
  func byteCount(_ count: Int) -> String {
    switch count {
    case ..<1000: return "\(count) B"
    case ..<1_000_000: return "\((count + 500) / 1000) kB"
    default:
      let tenths = (count + 50_000) / 100_000
      return "\(tenths / 10).\(tenths % 10) MB"
    }
  }
}

/// A number with its noun: `1 image`, `3 images`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
