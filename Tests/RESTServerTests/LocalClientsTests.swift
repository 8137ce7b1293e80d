import Testing

@testable import RESTServer

/// Whom a server without keys serves.
@Suite struct LocalClientsTests {
  private let clients = LocalClients(host: "127.0.0.1")

  @Test(
    arguments: [
      nil, "localhost", "localhost:8080", "LOCALHOST:1", "127.0.0.1", "127.1.2.3:8080", "[::1]",
      "[::1]:8080",
    ])
  func programsOfThisComputerAreServed(authority: String?) {
    #expect(clients.admit(authority: authority, origin: nil))
    let page = authority.map { "http://\($0)" }
    #expect(clients.admit(authority: "localhost:8080", origin: page))
  }

  @Test(
    arguments: [
      "", "evil.example", "evil.example:8080", "localhost.evil.example", "127.0.0.1.evil.example",
      "evil127.0.0.1", "0.0.0.0:8080", "192.168.0.2", "[::2]:8080", "[::1",
      "localhost@evil.example",
    ])
  func nameOfAPageIsRefused(authority: String) {
    #expect(!clients.admit(authority: authority, origin: nil))
    #expect(!clients.admit(authority: "127.0.0.1:8080", origin: "http://\(authority)"))
    #expect(!clients.admit(authority: authority, origin: "http://localhost"))
  }

  @Test(arguments: ["null", "", "file://", "localhost", "chrome-extension://abcdef"])
  func pageThatIsNowhereIsRefused(origin: String) {
    #expect(!clients.admit(authority: "localhost", origin: origin))
  }

  @Test func nameThatTheServerListensOnIsItsOwn() {
    let clients = LocalClients(host: "Workstation")
    #expect(clients.admit(authority: "workstation:8080", origin: "http://workstation:8080"))
    #expect(!clients.admit(authority: "other:8080", origin: nil))
  }
}
