import WebAccess

/// Fetches the pictures that requests name by their addresses.
struct PictureFetcher: Sendable {
  let client: WebClient

  /// How many pictures of one request are fetched at once.
  private static let width = 8

  /// One result an address, in their order.
  func pictures(
    at addresses: [String], byteLimit: Int
  ) async -> [Result<[UInt8], WebError>] {
    await withTaskGroup(of: (Int, Result<[UInt8], WebError>).self) { group in
      var pictures = [Result<[UInt8], WebError>](
        repeating: .failure(.addressInvalid("")), count: addresses.count)
      var next = 0
      func begin() {
        guard next < addresses.count else { return }
        let (index, address) = (next, addresses[next])
        group.addTask { (index, await picture(at: address, byteLimit: byteLimit)) }
        next += 1
      }
      for _ in 0..<Self.width { begin() }
      while let (index, picture) = await group.next() {
        pictures[index] = picture
        begin()
      }
      return pictures
    }
  }

  private func picture(
    at address: String, byteLimit: Int
  ) async -> Result<[UInt8], WebError> {
    do {
      let answer = try await client.get(address, byteLimit: byteLimit)
      guard answer.status == 200 else { return .failure(.answered(status: answer.status)) }
      return .success(answer.body)
    } catch let error as WebError {
      return .failure(error)
    } catch {
      // What is left is cancelling: whoever asked is gone.
      return .failure(.unreachable(host: "", reason: "\(error)"))
    }
  }
}
