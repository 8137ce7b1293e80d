import Testing

@testable import WebAccess

@Suite struct WebClientTests {
  private static let here = NetworkAddress("127.0.0.1")!  // It is one.
  private static let there = NetworkAddress("127.0.0.2")!

  /// A client that may connect to 127.0.0.1 alone.
  private func client(
    seconds: Double = 20, names: [String: [NetworkAddress]] = [:]
  ) -> WebClient {
    WebClient(seconds: seconds, redirectLimit: 3, names: names) { $0 == Self.here }
  }

  private func text(_ answer: WebAnswer) -> String {
    String(decoding: answer.body, as: UTF8.self)
  }

  @Test func whatIsThereIsFetched() async throws {
    let server = try LocalServer { path in LocalServer.ok("at \(path)") }
    let answer = try await client().get("http://127.0.0.1:\(server.port)/a?b=c", byteLimit: 100)
    #expect(answer.status == 200 && text(answer) == "at /a?b=c")
  }

  /// Once: what was posted is for the one that it was posted to, wherever that says to go.
  @Test func whatIsPostedArrives() async throws {
    let server = try LocalServer { path in
      path == "/moved" ? LocalServer.redirect(to: "/elsewhere") : LocalServer.ok("taken")
    }
    let origin = "http://127.0.0.1:\(server.port)"
    let answer = try await client().post(Array(#"{"a":1}"#.utf8), to: "\(origin)/b", byteLimit: 100)
    #expect(answer.status == 200 && text(answer) == "taken")
    let request = try #require(server.requests.first)
    #expect(request.hasPrefix("POST /b HTTP/1.1\r\n"))
    #expect(request.contains("Content-Type: application/json; charset=utf-8\r\n"))
    #expect(request.hasSuffix("\r\n\r\n" + #"{"a":1}"#))
    let moved = try await client().post([], to: "\(origin)/moved", byteLimit: 100)
    #expect(moved.status == 302 && server.requests.count == 2)
    #expect(server.requests.last?.hasPrefix("POST /moved HTTP/1.1\r\n") == true)
    await #expect(throws: WebError.addressForbidden(host: "127.0.0.2")) {
      try await client().post([], to: "http://127.0.0.2:\(server.port)/", byteLimit: 100)
    }
  }

  @Test(arguments: [
    "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1", "", "http://", "http:///a",
    "http://user@127.0.0.1/", "http://user:word@127.0.0.1/", "http://a b/", "http://127.0.0.1:0/",
    "http://127.0.0.1:70000/", "gopher://127.0.0.1/", "http+unix://%2Ftmp%2Fsocket/",
  ])
  func otherAddressesAreRefused(_ address: String) async {
    await #expect(throws: WebError.addressInvalid(address)) {
      try await client().get(address, byteLimit: 100)
    }
  }

  @Test func forbiddenAddressesAreNotConnectedTo() async throws {
    let server = try LocalServer(on: "127.0.0.2") { _ in LocalServer.ok("secret") }
    await #expect(throws: WebError.addressForbidden(host: "127.0.0.2")) {
      try await client().get("http://127.0.0.2:\(server.port)/", byteLimit: 100)
    }
    let named = client(names: ["picture.test": [Self.there]])
    await #expect(throws: WebError.addressForbidden(host: "picture.test")) {
      try await named.get("http://picture.test:\(server.port)/", byteLimit: 100)
    }
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: [
    "http://127.0.0.1/", "http://127.1/", "http://0x7f000001/", "http://2130706433/",
    "http://017700000001/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://localhost/",
  ])
  func publicAddressesAloneAreReached(_ address: String) async {
    let error = await #expect(throws: WebError.self) {
      try await WebClient(reach: .publicAddresses).get(address, byteLimit: 100)
    }
    switch error {
    // Where the system reads a number as no address, it is a name that nobody knows.
    case .addressForbidden?, .hostUnknown?: break
    default: Issue.record("\(address): \(String(describing: error))")
    }
  }

  @Test func redirectsAreFollowedAndCheckedAnew() async throws {
    let forbidden = try LocalServer(on: "127.0.0.2") { _ in LocalServer.ok("secret") }
    let port = forbidden.port
    let server = try LocalServer { path in
      switch path {
      case "/one": LocalServer.redirect(to: "two?x=1")
      case "/two?x=1": LocalServer.ok("found")
      case "/away": LocalServer.redirect(to: "http://127.0.0.2:\(port)/")
      case "/file": LocalServer.redirect(to: "file:///etc/passwd")
      default: LocalServer.redirect(to: "/round")
      }
    }
    let base = "http://127.0.0.1:\(server.port)"
    #expect(text(try await client().get("\(base)/one", byteLimit: 100)) == "found")
    await #expect(throws: WebError.addressForbidden(host: "127.0.0.2")) {
      try await client().get("\(base)/away", byteLimit: 100)
    }
    await #expect(throws: WebError.addressInvalid("file:///etc/passwd")) {
      try await client().get("\(base)/file", byteLimit: 100)
    }
    await #expect(throws: WebError.tooManyRedirects(limit: 3)) {
      try await client().get("\(base)/round", byteLimit: 100)
    }
    #expect(forbidden.requests.isEmpty)
  }

  @Test func theNextAddressOfAHostIsTriedWhereOneIsForbidden() async throws {
    let forbidden = try LocalServer(on: "127.0.0.2") { _ in LocalServer.ok("secret") }
    let server = try LocalServer(port: forbidden.port) { _ in LocalServer.ok("found") }
    let named = client(names: ["picture.test": [Self.there, Self.here]])
    let answer = try await named.get("http://Picture.test:\(server.port)/", byteLimit: 100)
    #expect(text(answer) == "found" && forbidden.requests.isEmpty)
    #expect(server.requests[0].lowercased().contains("host: picture.test:\(server.port)"))
  }

  @Test func headersAreForTheFirstServerOnly() async throws {
    let other = try LocalServer { _ in LocalServer.ok("found") }
    let port = other.port
    let server = try LocalServer { _ in LocalServer.redirect(to: "http://127.0.0.1:\(port)/") }
    _ = try await client().get(
      "http://127.0.0.1:\(server.port)/", headers: [("Training-Key", "secret")], byteLimit: 100)
    #expect(server.requests[0].contains("secret"))
    #expect(!other.requests[0].contains("secret"))
  }

  @Test func largeAnswersAreCutShort() async throws {
    let body = String(repeating: "x", count: 2_000)
    let server = try LocalServer { path in
      path == "/told"
        ? LocalServer.ok(body)
        : Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(body)".utf8)
    }
    for path in ["told", "untold"] {
      await #expect(throws: WebError.tooLarge(limit: 1_999)) {
        try await client().get("http://127.0.0.1:\(server.port)/\(path)", byteLimit: 1_999)
      }
    }
    let answer = try await client().get(
      "http://127.0.0.1:\(server.port)/untold", byteLimit: 2_000)
    #expect(answer.body.count == 2_000)
  }

  @Test func silentServersAreGivenUp() async throws {
    let server = try LocalServer { _ in nil }
    await #expect(throws: WebError.tooSlow(seconds: 0.2)) {
      try await client(seconds: 0.2).get("http://127.0.0.1:\(server.port)/", byteLimit: 100)
    }
  }

  @Test func whoeverWaitsCanStopWaiting() async throws {
    let server = try LocalServer { _ in nil }
    let address = "http://127.0.0.1:\(server.port)/"
    let task = Task { try await client(seconds: 3600).get(address, byteLimit: 100) }
    while server.requests.isEmpty { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
