import Synchronization

/// Reads the bodies of requests, each within its limits.
struct BodyReader: Sendable {
  /// Bytes of a body at most.
  let byteLimit: Int
  /// How long the client may be silent before its end.
  let patience: Duration

  /// How much memory is taken for a body before it comes.
  private static let trustedByteCount = 32_000_000

  /// The bytes of all parts together.
  ///
  /// - Parameter length: What the client says of it.
  /// - Throws: `ServiceError`: 413 for too long a body, 408 for a client that is silent too long, 400 for a
  ///   body that ends before its time; `CancellationError`.
  func bytes<Parts: AsyncSequence & Sendable>(
    of parts: Parts, length: Int?
  ) async throws -> [UInt8] where Parts.Element: Collection<UInt8> {
    if let length, length < 0 || length > byteLimit { throw tooLarge }
    let client = Client()
    return try await withThrowingTaskGroup(of: [UInt8].self) { group in
      defer { group.cancelAll() }
      group.addTask {
        try await read(parts, length: length) { client.heard.withLock { $0 = .now } }
      }
      group.addTask {
        while true {
          let end = client.heard.withLock { $0 } + patience
          if end <= .now {
            throw ServiceError(
              408, "BadRequestInvalid", "Nothing more of the body came for \(patience).")
          }
          try await Task.sleep(until: end, clock: .continuous)
        }
      }
      // There are two, and neither ends without a result.
      return try await group.next()!
    }
  }

  private final class Client: Sendable {
    /// When something of the body came last.
    let heard = Mutex(ContinuousClock.now)
  }

  private func read<Parts: AsyncSequence>(
    _ parts: Parts, length: Int?, heard: () -> Void
  ) async throws -> [UInt8] where Parts.Element: Collection<UInt8> {
    var bytes: [UInt8] = []
    // What a client says of the length is no reason to take any amount of memory.
    bytes.reserveCapacity(min(length ?? 0, Self.trustedByteCount))
    do {
      for try await part in parts {
        heard()
        guard part.count <= byteLimit - bytes.count else { throw tooLarge }
        bytes.append(contentsOf: part)
      }
    } catch let error as ServiceError {
      throw error
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      throw Self.brokenOff
    }
    // A connection that was closed may look like the end of the body.
    try Task.checkCancellation()
    if let length, bytes.count < length { throw Self.brokenOff }
    return bytes
  }

  private var tooLarge: ServiceError {
    ServiceError(413, "BadRequestInvalid", "The request has more than \(byteLimit) bytes.")
  }

  /// Whoever sends a body that ends before its time is no longer there, or made a mistake.
  private static let brokenOff = ServiceError.badRequest("The body broke off before its end.")
}
