import CustomVisionAPI
import Foundation
import Synchronization
import WebAccess

/// Tells addresses what became of the trainings and exports that programs asked for.
///
/// Nobody waits for it: what an address does not take after some tries is said in the log.
final class Notifier: Sendable {
  private struct State {
    var lastNumber = 0
    var tasks: [Int: Task<Void, Never>] = [:]
    var isStopped = false
  }

  private let state = Mutex(State())
  private let client: WebClient
  private let pauses: [Duration]
  private let report: @Sendable (_ address: String, _ error: any Error) -> Void

  /// The answers are of no interest.
  private static let answerByteLimit = 1 << 16

  /// - Parameters:
  ///   - pauses: How long is waited before each further try.
  ///   - report: Told of what was not taken, without the address's query, which may hold a secret.
  init(
    client: WebClient, pauses: [Duration] = [.seconds(1), .seconds(5), .seconds(25)],
    report: @escaping @Sendable (_ address: String, _ error: any Error) -> Void
  ) {
    self.client = client
    self.pauses = pauses
    self.report = report
  }

  /// Posts a notification, behind.
  func tell(_ address: String, _ notification: NotificationModel) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    // Texts always encode.
    guard let body = try? encoder.encode(notification) else { return }
    state.withLock { state in
      guard !state.isStopped else { return }
      state.lastNumber += 1
      let number = state.lastNumber
      state.tasks[number] = Task {
        await post(Array(body), to: address)
        self.state.withLock { _ = $0.tasks.removeValue(forKey: number) }
      }
    }
  }

  /// Waits for what is being posted; what waits for another try is given up.
  func stop() async {
    let tasks = state.withLock { state in
      state.isStopped = true
      return Array(state.tasks.values)
    }
    for task in tasks { await task.value }
  }

  private func post(_ body: [UInt8], to address: String) async {
    for pause in pauses.map(Optional.some) + [nil] {
      do {
        let answer = try await client.post(body, to: address, byteLimit: Self.answerByteLimit)
        if (200..<300).contains(answer.status) { return }
        throw WebError.answered(status: answer.status)
      } catch {
        guard let pause, await isWorthWaiting(pause) else {
          report(String(address.prefix { $0 != "?" }), error)
          return
        }
      }
    }
  }

  /// Waits, in steps short enough that a server that ends is not kept.
  ///
  /// - Returns: `false` when the server ends.
  private func isWorthWaiting(_ pause: Duration) async -> Bool {
    let end = ContinuousClock.now + pause
    while ContinuousClock.now < end {
      if state.withLock({ $0.isStopped }) { return false }
      // Nobody cancels these tasks.
      try? await Task.sleep(for: min(.milliseconds(100), end - .now))
    }
    return true
  }
}
