import Foundation
import Synchronization

/// One line on standard error that tells how far a job is; nothing where that is no terminal.
///
/// Safe to be called from any thread. Draws ten times a second at most.
final class ProgressLine: Sendable {
  private struct State {
    var lastDrawn = 0.0
    var isShown = false
    /// When the first thing was done.
    var start: Double?
  }

  private let state = Mutex(State())
  private let isTerminal: Bool

  init(isQuiet: Bool) { isTerminal = !isQuiet && isatty(STDERR_FILENO) == 1 }

  /// Shows how many of `total` things are done, with their rate and the time left.
  func show(_ verb: String, _ done: Int, of total: Int, unit: String, seconds: Double) {
    draw(isFinal: done == total) {
      let rate = seconds > 0.5 ? Double(done) / seconds : 0
      var text = "\(verb) \(done) of \(Figures.count(total, unit))"
      if rate > 0 {
        text += String(format: ", %.0f a second", rate)
        if done < total { text += ", \(Figures.seconds(Double(total - done) / rate)) left" }
      }
      return text
    }
  }

  /// Shows how many of `total` things are done, with their rate and the time left, counted from the
  /// first call.
  func show(_ verb: String, _ done: Int, of total: Int, unit: String) {
    let now = ProcessInfo.processInfo.systemUptime
    let start = state.withLock { state in
      if state.start == nil { state.start = now }
      return state.start ?? now
    }
    show(verb, done, of: total, unit: unit, seconds: now - start)
  }

  /// Shows a sentence.
  func show(_ text: @autoclosure () -> String) { draw(isFinal: false, text) }

  /// Removes the line, so that what is printed next stands alone.
  func clear() {
    state.withLock { state in
      if state.isShown { StandardStream.error.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private func draw(isFinal: Bool, _ text: () -> String) {
    guard isTerminal else { return }
    state.withLock { state in
      let now = ProcessInfo.processInfo.systemUptime
      guard isFinal || now - state.lastDrawn >= 0.1 else { return }
      state.lastDrawn = now
      state.isShown = true
      StandardStream.error.write("\r\(text().shown)\u{1B}[K")
    }
  }
}
