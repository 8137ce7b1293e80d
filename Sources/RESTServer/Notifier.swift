import CustomVisionAPI
import Dataset
import Foundation
import ProjectLibrary
import Synchronization
import WebAccess

/// Tells the addresses that projects name what became of the trainings and exports that programs
/// asked for.
///
/// Nobody waits for it: what an address does not take after some tries is said in the log.
final class Notifier: Sendable {
  private struct State {
    var lastNumber = 0
    var tasks: [Int: Task<Void, Never>] = [:]
  }

  private let state = Mutex(State())
  private let library: Library
  private let client: WebClient
  private let pauses: [Duration]
  private let report: @Sendable (_ subject: String, _ error: any Error) -> Void

  /// The answers are of no interest.
  private static let answerByteLimit = 1 << 16

  /// - Parameters:
  ///   - pauses: How long is waited before each further try.
  ///   - report: Told of what was not taken, with the address up to its query, which may hold a secret.
  init(
    library: Library, client: WebClient,
    pauses: [Duration] = [.seconds(1), .seconds(5), .seconds(25)],
    report: @escaping @Sendable (_ subject: String, _ error: any Error) -> Void
  ) {
    self.library = library
    self.client = client
    self.pauses = pauses
    self.report = report
  }

  /// Posts a notification behind, where the project names an address for it.
  func tell(of project: ProjectID, _ notification: NotificationModel) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.withoutEscapingSlashes]
    do {
      let address = try library.programSettings(of: project).notificationAddress
      guard let address else { return }
      begin(try Array(encoder.encode(notification)), to: address)
    } catch {
      report(project.description, error)
    }
  }

  /// Gives up what is on its way or waits for another try.
  func stop() async {
    let tasks = state.withLock { Array($0.tasks.values) }
    for task in tasks { task.cancel() }
    for task in tasks { await task.value }
  }

  private func begin(_ body: [UInt8], to address: String) {
    state.withLock { state in
      state.lastNumber += 1
      let number = state.lastNumber
      state.tasks[number] = Task {
        do {
          try await post(body, to: address)
        } catch {
          report(String(address.prefix { $0 != "?" }), error)
        }
        self.state.withLock { _ = $0.tasks.removeValue(forKey: number) }
      }
    }
  }

  private func post(_ body: [UInt8], to address: String) async throws {
    for pause in pauses {
      // Why it was not taken is told of the last try.
      if (try? await postOnce(body, to: address)) != nil { return }
      try await Task.sleep(for: pause)
    }
    try await postOnce(body, to: address)
  }

  private func postOnce(_ body: [UInt8], to address: String) async throws {
    let answer = try await client.post(body, to: address, byteLimit: Self.answerByteLimit)
    guard (200..<300).contains(answer.status) else {
      throw WebError.answered(status: answer.status)
    }
  }
}
