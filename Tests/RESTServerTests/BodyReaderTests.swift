import Testing

@testable import RESTServer

@Suite struct BodyReaderTests {
  private typealias Parts = AsyncThrowingStream<[UInt8], any Error>

  private struct ConnectionLost: Error {}

  private let reader = BodyReader(byteLimit: 10, patience: .seconds(3600))

  /// A body whose parts are there; without an end it goes on for ever.
  private func body(_ parts: [[UInt8]], end: Result<Void, any Error>? = .success(())) -> Parts {
    let (stream, continuation) = Parts.makeStream()
    for part in parts { continuation.yield(part) }
    switch end {
    case .success?: continuation.finish()
    case .failure(let error)?: continuation.finish(throwing: error)
    case nil: break
    }
    return stream
  }

  private func status(
    _ parts: Parts, length: Int? = nil, _ reader: BodyReader? = nil
  ) async -> Int? {
    do {
      _ = try await (reader ?? self.reader).bytes(of: parts, length: length)
      return nil
    } catch { return (error as? ServiceError)?.status }
  }

  @Test(arguments: [nil, 10])
  func partsAreOneBody(length: Int?) async throws {
    let bytes = try await reader.bytes(
      of: body([[1, 2, 3], [], [4, 5, 6, 7, 8, 9, 10]]), length: length)
    #expect(bytes == Array(1...10))
  }

  @Test func bodyThatIsTooLongIsRefused() async {
    #expect(await status(body([[1, 2, 3, 4, 5, 6], [7, 8, 9, 10, 11]])) == 413)
    // Before anything of it comes.
    #expect(await status(body([], end: nil), length: 11) == 413)
    #expect(await status(body([], end: nil), length: -1) == 413)
  }

  @Test func bodyThatBreaksOffIsRefused() async {
    #expect(await status(body([[1]], end: .failure(ConnectionLost())), length: 2) == 400)
    #expect(await status(body([[1]]), length: 2) == 400)
  }

  @Test func clientThatIsSilentIsNotWaitedFor() async {
    let reader = BodyReader(byteLimit: 10, patience: .milliseconds(5))
    #expect(await status(body([[1, 2, 3]], end: nil), length: 10, reader) == 408)
  }

  @Test func readingEndsWithItsTask() async {
    let body = body([[1]], end: nil)
    let task = Task { try await reader.bytes(of: body, length: 2) }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
