import Foundation

/// Threads of the server's own for work that blocks or computes, so that accepting and reading
/// requests never waits for it.
final class WorkPool: Sendable {
  private let queue: OperationQueue

  /// - Parameter width: How many pieces of work are done at once.
  init(_ name: String, width: Int) {
    queue = OperationQueue()
    queue.name = name
    queue.maxConcurrentOperationCount = width
  }

  func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result { try work() }) }
    }
  }
}
